#include "simulator/text/json_outline.h"

#include <array>

#include <nlohmann/json.hpp>

#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

bool is_json_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool ends_word(char c) {
    return c == ',' || c == ']' || c == '}' || is_json_blank(c);
}

bool is_name_text(std::string_view raw, std::string_view name) {
    if (raw.find('\\') != std::string_view::npos) return unescaped(raw) == name;
    return raw.substr(1, raw.size() - 2) == name;
}

}  // namespace

/// One run over a text, with the containers that are open.
class JsonOutline::Reader {
  public:
    Reader(std::string_view text, std::vector<JsonNode>& nodes) : text_(text), nodes_(nodes) {}

    std::string_view read() {
        while (error_.empty() && step()) {
        }
        if (!error_.empty()) return error_;
        blanks();
        return at_ == text_.size() ? "" : "there is more than one value";
    }

  private:
    /// A value, or the end of a container; false where the outermost value is done.
    bool step() {
        blanks();
        if (at_ == text_.size()) return fail("the text ends within a value");
        if (depth_ > 0 && closes()) return close();
        if (!separator()) return false;
        JsonNode made;
        if (in_object() && !name(made)) return false;
        return value(made) && (depth_ > 0);
    }

    [[nodiscard]] bool in_object() const {
        return depth_ > 0 && nodes_[open_[depth_ - 1]].kind == JsonNode::Kind::object;
    }
    [[nodiscard]] bool closes() const { return text_[at_] == (in_object() ? '}' : ']'); }

    bool close() {
        JsonNode& node = nodes_[open_[--depth_]];
        node.end = static_cast<std::uint32_t>(++at_);
        node.next = static_cast<std::uint32_t>(nodes_.size());
        filled_ = true;
        return depth_ > 0;
    }

    /// The comma between two members or elements.
    bool separator() {
        if (depth_ == 0) return true;
        if (filled_) {
            if (text_[at_] != ',') return fail("a comma is missing");
            ++at_;
            blanks();
            filled_ = false;
            if (at_ == text_.size()) return fail("the text ends within a value");
            if (closes()) return fail("there is a comma at the end");
        }
        return true;
    }

    bool name(JsonNode& made) {
        if (text_[at_] != '"') return fail("a member has no name");
        made.name_begin = static_cast<std::uint32_t>(at_);
        if (!string()) return false;
        made.name_end = static_cast<std::uint32_t>(at_);
        blanks();
        if (at_ == text_.size() || text_[at_] != ':') return fail("a colon is missing");
        ++at_;
        blanks();
        return at_ < text_.size() || fail("the text ends within a value");
    }

    bool value(JsonNode made) {
        if (nodes_.size() == outline_values) return fail("there are too many values");
        made.begin = static_cast<std::uint32_t>(at_);
        const char c = text_[at_];
        if (c == '{' || c == '[') return opened(made, c == '{');
        made.kind = c == '"' ? JsonNode::Kind::string : JsonNode::Kind::other;
        if (!(c == '"' ? string() : word())) return false;
        made.end = static_cast<std::uint32_t>(at_);
        made.next = static_cast<std::uint32_t>(nodes_.size() + 1);
        nodes_.push_back(made);
        filled_ = true;
        return true;
    }

    bool opened(JsonNode& made, bool object) {
        if (depth_ == outline_depth) return fail("the values are nested too deeply");
        made.kind = object ? JsonNode::Kind::object : JsonNode::Kind::list;
        open_[depth_++] = static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back(made);
        ++at_;
        filled_ = false;
        return true;
    }

    bool string() {
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) return fail("a text has a control character");
            if (c == '\\') ++at_;
        }
        at_ = text_.size();
        return fail("a text has no end");
    }

    bool word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !ends_word(text_[at_])) ++at_;
        const std::string_view raw = text_.substr(begin, at_ - begin);
        const bool known = raw == "true" || raw == "false" || raw == "null" || is_json_number(raw);
        return known || fail("a value is no JSON");
    }

    void blanks() {
        while (at_ < text_.size() && is_json_blank(text_[at_])) ++at_;
    }

    bool fail(std::string_view why) {
        error_ = why;
        return false;
    }

    std::string_view text_;
    std::vector<JsonNode>& nodes_;
    std::size_t at_ = 0;
    std::array<std::uint32_t, outline_depth> open_{};
    std::size_t depth_ = 0;
    bool filled_ = false;  // the container at hand has something behind which a comma is due
    std::string_view error_;
};

std::string_view JsonOutline::read(std::string_view text) {
    text_ = text;
    nodes_.clear();
    return Reader{text, nodes_}.read();
}

JsonOutline::Found JsonOutline::member(std::uint32_t object, std::string_view name) const {
    Found found;
    if (nodes_[object].kind != JsonNode::Kind::object) return found;
    for (std::uint32_t at = object + 1; at < nodes_[object].next; at = nodes_[at].next) {
        if (!is_name_text(raw_name(at), name)) continue;
        if (found.node) return {found.node, true};
        found.node = at;
    }
    return found;
}

std::optional<std::string> unescaped(std::string_view raw) {
    const auto value = nlohmann::json::parse(raw, nullptr, false);
    if (!value.is_string()) return std::nullopt;
    return value.get<std::string>();
}

}  // namespace proviso::simulator
