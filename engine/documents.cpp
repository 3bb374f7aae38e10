// See documents.h. yaml-cpp gives events, not a tree: nothing is expanded, and what is not taken
// ends the reading where it stands. JSON has a reader of its own (json_document.h).
#include "engine/documents.h"

#include <algorithm>
#include <sstream>
#include <string>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "engine/json_document.h"
#include "engine/model/text.h"
#include "grammar/encoding.h"

namespace proviso::engine {

using grammar::Document;
using grammar::DocumentNode;

namespace {

struct Refusal {
    std::size_t at = 0;
    std::string why;
};

std::size_t quoted_end(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            return i + 1;
        }
    }
    return std::min(text.find('\n', at), text.size());
}

class Builder : public YAML::EventHandler {
  public:
    Builder(std::string_view text, grammar::SourceId source, const Limits& limits)
        : text_(text),
          source_(source),
          limits_(limits) {}

    Document take() { return std::move(document_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        scalar(mark, "?", anchor, "null");
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        throw Refusal{place(mark), "aliases are not taken: write the value again"};
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        scalar(mark, tag, anchor, value);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, anchor, DocumentNode::Kind::list);
    }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, anchor, DocumentNode::Kind::map);
    }
    void OnMapEnd() override { open_.pop_back(); }

  private:
    [[nodiscard]] std::size_t place(const YAML::Mark& mark) const {
        return mark.pos < 0 ? 0 : std::min(static_cast<std::size_t>(mark.pos), text_.size());
    }

    DocumentNode& add(const YAML::Mark& mark, YAML::anchor_t anchor, DocumentNode::Kind kind) {
        const std::size_t at = place(mark);
        if (anchor != YAML::NullAnchor) throw Refusal{at, "anchors are not taken"};
        if (document_.nodes.size() >= limits_.data_values) {
            throw Refusal{at, "more than " + std::to_string(limits_.data_values) + " values"};
        }
        const auto number = static_cast<std::uint32_t>(document_.nodes.size());
        if (!open_.empty()) document_.nodes[open_.back()].items.push_back(number);
        DocumentNode& node = document_.nodes.emplace_back();
        node.kind = kind;
        node.span = {source_, static_cast<std::uint32_t>(at),
                     static_cast<std::uint32_t>(std::min(at + 1, text_.size()))};
        return node;
    }

    void scalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) {
        if (tag != "?" && tag != "!" && !tag.empty()) {
            throw Refusal{place(mark), "tags are not taken"};
        }
        DocumentNode& node = add(mark, anchor, DocumentNode::Kind::scalar);
        const std::size_t at = node.span.begin;
        const char first = at < text_.size() ? text_[at] : '\0';
        if (first == '!' && tag == "!") throw Refusal{at, "tags are not taken"};
        node.quoted = tag == "!";
        node.text = value;
        if (first == '"' || first == '\'') {
            node.span.end = static_cast<std::uint32_t>(quoted_end(text_, at));
        } else if (text_.substr(at, value.size()) == value) {
            node.span.end = static_cast<std::uint32_t>(at + value.size());
        }
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
              DocumentNode::Kind kind) {
        if (tag != "?" && !tag.empty()) throw Refusal{place(mark), "tags are not taken"};
        add(mark, anchor, kind);
        open_.push_back(static_cast<std::uint32_t>(document_.nodes.size() - 1));
        if (open_.size() <= limits_.data_nesting) return;
        throw Refusal{place(mark),
                      "nested more than " + std::to_string(limits_.data_nesting) + " deep"};
    }

    std::string_view text_;
    grammar::SourceId source_;
    const Limits& limits_;
    Document document_;
    std::vector<std::uint32_t> open_;
};

/// Of YAML: a tab would be a blank of unknown width.
void check_tabs(std::string_view text) {
    for (std::size_t line = 0; line < text.size();) {
        const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
        const std::size_t tab = text.substr(0, first).find('\t', line);
        const bool empty = first == text.size() || text[first] == '\n' || text[first] == '\r';
        if (tab != std::string_view::npos && !empty) throw Refusal{tab, "a tab before a line"};
        line = std::min(text.find('\n', line), text.size() - 1) + 1;
    }
}

Document read(std::string_view text, grammar::SourceId source, bool json, const Limits& limits) {
    if (text.size() > limits.data_bytes) {
        throw Refusal{0, "more than " + std::to_string(limits.data_bytes) + " bytes"};
    }
    if (!model::is_utf8(text)) throw Refusal{grammar::valid_utf8_prefix(text), "not valid UTF-8"};
    if (json) return read_json(text, source, limits);
    check_tabs(text);
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(text, source, limits);
    if (!parser.HandleNextDocument(builder)) throw Refusal{0, "there is nothing in it"};
    if (parser.HandleNextDocument(builder)) {
        throw Refusal{text.size(), "there is a second document in it"};
    }
    return builder.take();
}

Document read_or_tell(const grammar::SourceMap& sources, grammar::SourceId source, bool json,
                      const Limits& limits, grammar::DiagnosticSink& sink) {
    const grammar::SourceFile& file = sources.file(source);
    Refusal refusal;
    try {
        return read(file.text, source, json, limits);
    } catch (const YAML::Exception& error) {
        refusal = {error.mark.pos < 0 ? 0 : static_cast<std::size_t>(error.mark.pos), error.msg};
    } catch (const Refusal& told) {
        refusal = told;
    } catch (const JsonMistake& told) {
        refusal = {told.at, told.why};
    }
    const auto at = static_cast<std::uint32_t>(std::min(refusal.at, file.text.size()));
    sink.report(grammar::DiagnosticId::data_broken, {source, at, at}, {file.name, refusal.why});
    return {};
}

}  // namespace

Document read_document(const grammar::SourceMap& sources, grammar::SourceId source,
                       const Limits& limits, grammar::DiagnosticSink& sink) {
    const bool json = sources.file(source).name.ends_with(".json");
    return read_or_tell(sources, source, json, limits, sink);
}

Document read_json_document(const grammar::SourceMap& sources, grammar::SourceId source,
                            const Limits& limits, grammar::DiagnosticSink& sink) {
    return read_or_tell(sources, source, true, limits, sink);
}

}  // namespace proviso::engine
