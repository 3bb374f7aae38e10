// Mapping files: YAML to a Mapping. All errors of a file in one go, each with its place.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

#include <yaml-cpp/yaml.h>

#include "simulator/mapping.h"
#include "simulator/mapping_words.h"
#include "simulator/yaml_json.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t file_bytes = 1u << 20;

/// One field of a mapping, as it is written.
struct Written {
    std::string pointer;
    std::optional<std::string> fallback;
    std::vector<std::pair<std::string, std::string>> words;
    TimeForm time_form = TimeForm::rfc3339;
};

std::string quoted(std::string_view word) {
    return "`" + std::string{word} + "`";
}

class Reader {
  public:
    explicit Reader(const std::string& name) : name_(name) {}

    MappingResult read(const std::string& text) {
        try {
            if (is_text(text)) read_document(YAML::Load(text));
        } catch (const YAML::Exception& problem) {
            report(problem.mark, problem.msg, "");
        }
        if (!errors_.empty()) return {std::nullopt, all_errors()};
        return {std::move(mapping_), {}};
    }

  private:
    // YAML's library passes bytes on as they come, into layouts and reports.
    bool is_text(std::string_view text) {
        if (is_utf8(text)) return true;
        int line = 1;
        while (is_utf8(text.substr(0, text.find('\n')))) {
            text.remove_prefix(text.find('\n') + 1);
            ++line;
        }
        errors_.emplace_back(line, 1, "this line is not valid UTF-8");
        return false;
    }

    void report(const YAML::Mark& mark, const std::string& message, const std::string& help) {
        std::string text = message;
        if (!help.empty()) text += "\n  help: " + help;
        errors_.emplace_back(mark.line + 1, mark.column + 1, std::move(text));
    }

    void unknown_word(const YAML::Node& node, std::string_view what,
                      std::span<const std::string_view> known) {
        const std::string_view near = nearest(node.Scalar(), known);
        report(node.Mark(), quoted(node.Scalar()) + " is no " + std::string{what},
               near.empty() ? "there is " + listed(known) : "did you mean " + quoted(near) + "?");
    }

    std::string all_errors() {
        std::stable_sort(errors_.begin(), errors_.end(), [](const auto& a, const auto& b) {
            return std::tie(std::get<0>(a), std::get<1>(a)) <
                   std::tie(std::get<0>(b), std::get<1>(b));
        });
        std::string text;
        for (const auto& [line, column, message] : errors_) {
            if (!text.empty()) text += '\n';
            text +=
                name_ + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " + message;
        }
        return text;
    }

    /// Calls `each(key, value)` for the entries of a map; a key that stands twice is an error.
    template <typename Each>
    void entries(const YAML::Node& node, std::string_view what, Each each) {
        if (!node.IsMap()) {
            report(node.Mark(), std::string{what} + " is a map of names to fields", "");
            return;
        }
        std::set<std::string> seen;
        for (const auto& entry : node) {
            if (!entry.first.IsScalar()) {
                report(entry.first.Mark(), "a key is a word", "");
            } else if (!seen.insert(entry.first.Scalar()).second) {
                report(entry.first.Mark(), quoted(entry.first.Scalar()) + " stands here twice", "");
            } else {
                each(entry.first, entry.second);
            }
        }
    }

    void read_document(const YAML::Node& document) {
        if (!document.IsDefined() || document.IsNull()) {
            errors_.emplace_back(1, 1,
                                 "the mapping is empty\n"
                                 "  help: it needs at least `tool: /pointer` under `call:`");
            return;
        }
        entries(document, "a mapping",
                [&](const YAML::Node& key, const YAML::Node& value) { read_section(key, value); });
        if (errors_.empty() && !mapping_.tool.used()) {
            report(document.Mark(), "the mapping does not say where the tool's name stands",
                   "write `tool: /pointer` under `call:`");
        }
        if (!mapping_.receipt.used()) share("id", mapping_.receipt);
        if (!mapping_.run.used()) share("workflow.run", mapping_.run);
    }

    /// What the call has anyway serves the report as well.
    void share(std::string_view target, Taken& taken) const {
        for (const LayoutField& one : mapping_.fields) {
            if (one.target != target) continue;
            taken.pointer = one.pointer;
            taken.fallback = one.fallback.value_or("");
            taken.words = one.words;
        }
    }

    void read_section(const YAML::Node& key, const YAML::Node& value) {
        const std::string& section = key.Scalar();
        const std::string what = quoted(section);
        const auto each = [&](auto member) {
            entries(value, what, [&, member](const YAML::Node& k, const YAML::Node& v) {
                (this->*member)(k, v);
            });
        };
        if (section == "call") return each(&Reader::read_call);
        if (section == "keys") return each(&Reader::read_key);
        if (section == "recorded") return each(&Reader::read_recorded);
        if (section == "labels") return each(&Reader::read_label);
        if (section == "only") return read_filters(value);
        if (section != "attributes") {
            return unknown_word(key, "section of a mapping", mapping_sections());
        }
        if (value.IsScalar()) return add_field(key, value);
        each(&Reader::read_attribute);
    }

    void read_call(const YAML::Node& key, const YAML::Node& value) {
        const std::string& target = key.Scalar();
        const bool is_argument = target.starts_with("args.") && target.size() > 5;
        if (!is_argument && !is_one_of(target, call_keys())) return unknown_call_key(key);
        add_field(key, value);
        if (target != "tool") return;
        share("tool", mapping_.tool);
    }

    void unknown_call_key(const YAML::Node& key) {
        const std::string_view near = nearest(key.Scalar(), call_keys());
        report(key.Mark(), quoted(key.Scalar()) + " is no part of a call",
               near.empty() ? "an attribute stands under `attributes:`, an argument is `args.NAME`"
                            : "did you mean " + quoted(near) + "?");
    }

    void read_attribute(const YAML::Node& key, const YAML::Node& value) { add_field(key, value); }

    void add_field(const YAML::Node& key, const YAML::Node& value) {
        std::optional<Written> written = read_field(value);
        if (!written) return;
        LayoutField made;
        made.pointer = std::move(written->pointer);
        made.target = key.Scalar();
        made.fallback = std::move(written->fallback);
        made.words = std::move(written->words);
        made.time_form = written->time_form;
        mapping_.fields.push_back(std::move(made));
    }

    void read_key(const YAML::Node& key, const YAML::Node& value) {
        Taken* const taken = key.Scalar() == "id"       ? &mapping_.receipt
                             : key.Scalar() == "run"    ? &mapping_.run
                             : key.Scalar() == "intent" ? &mapping_.intent
                                                        : nullptr;
        if (taken == nullptr) return unknown_word(key, "key of a call", report_keys());
        take(value, *taken);
    }

    void read_label(const YAML::Node& key, const YAML::Node& value) {
        Taken label;
        label.name = key.Scalar();
        take(value, label);
        mapping_.labels.push_back(std::move(label));
    }

    void read_recorded(const YAML::Node& key, const YAML::Node& value) {
        if (key.Scalar() == "outcome") {
            take(value, mapping_.outcome);
            check_words(value, mapping_.outcome, "outcome", outcome_words());
        } else if (key.Scalar() == "verdict") {
            take(value, mapping_.verdict);
            check_words(value, mapping_.verdict, "verdict", verdict_words());
        } else {
            unknown_word(key, "recorded value", recorded_keys());
        }
    }

    void take(const YAML::Node& value, Taken& taken) {
        std::optional<Written> written = read_field(value);
        if (!written) return;
        taken.pointer = std::move(written->pointer);
        taken.fallback = written->fallback.value_or("");
        taken.words = std::move(written->words);
    }

    /// What the words and the default stand for has to be an outcome, or a verdict.
    void check_words(const YAML::Node& value, const Taken& taken, std::string_view what,
                     std::span<const std::string_view> known) {
        if (!value.IsMap()) return;
        if (const YAML::Node words = value["words"]; words.IsDefined() && words.IsMap()) {
            for (const auto& entry : words) {
                if (entry.second.IsScalar() && !is_one_of(entry.second.Scalar(), known)) {
                    unknown_word(entry.second, what, known);
                }
            }
        }
        const YAML::Node constant = value["value"].IsDefined() ? value["value"] : value["default"];
        if (!constant.IsDefined() || !constant.IsScalar()) return;
        if (is_one_of(translated(taken.words, constant.Scalar()), known)) return;
        unknown_word(constant, what, known);
    }

    std::optional<Written> read_field(const YAML::Node& node) {
        Written written;
        if (node.IsScalar()) {
            if (!read_pointer(node, written.pointer)) return std::nullopt;
            return written;
        }
        const std::size_t errors_before = errors_.size();
        entries(node, "a field", [&](const YAML::Node& key, const YAML::Node& value) {
            read_part(key, value, written);
        });
        if (errors_.size() != errors_before) return std::nullopt;
        const bool constant = node["value"].IsDefined();
        if (constant != written.pointer.empty()) {
            report(node.Mark(), "a field has either a `pointer` or a `value`", "");
            return std::nullopt;
        }
        if (constant && node["default"].IsDefined()) {
            report(node["default"].Mark(), "a constant needs no `default`", "");
            return std::nullopt;
        }
        return written;
    }

    void read_part(const YAML::Node& key, const YAML::Node& value, Written& written) {
        const std::string& part = key.Scalar();
        if (part == "pointer") {
            read_pointer(value, written.pointer);
        } else if (part == "value" || part == "default") {
            written.fallback = json_of(value);
            if (!written.fallback) {
                report(value.Mark(), quoted(part) + " is too large or too deep", "");
            }
        } else if (part == "words") {
            entries(value, "`words`", [&](const YAML::Node& from, const YAML::Node& to) {
                if (!to.IsScalar()) return report(to.Mark(), "a word stands for a word", "");
                written.words.emplace_back(from.Scalar(), to.Scalar());
            });
        } else if (part == "time") {
            read_time(value, written.time_form);
        } else {
            unknown_word(key, "part of a field", field_keys());
        }
    }

    bool read_pointer(const YAML::Node& node, std::string& pointer) {
        if (node.IsScalar() && node.Scalar().starts_with('/')) {
            pointer = node.Scalar();
            return true;
        }
        const std::string word = node.IsScalar() ? node.Scalar() : "";
        report(
            node.Mark(),
            word.empty() ? "a JSON pointer is wanted here" : quoted(word) + " is no JSON pointer",
            word.empty()
                ? "`/request/tool` is one"
                : "write `/" + word + "` for a field, `{value: " + word + "}` for a constant");
        return false;
    }

    void read_time(const YAML::Node& node, TimeForm& form) {
        const auto known = time_words();
        const auto found =
            node.IsScalar() ? std::find(known.begin(), known.end(), node.Scalar()) : known.end();
        if (found == known.end()) return unknown_word(node, "form of time", known);
        form = static_cast<TimeForm>(found - known.begin());
    }

    void read_filters(const YAML::Node& node) {
        if (node.IsMap()) return read_filter(node);
        if (!node.IsSequence()) {
            return report(node.Mark(), "`only` is a filter or a list of filters",
                          "write `only: {pointer: /suite, equals: banking}`");
        }
        for (const YAML::Node& one : node) read_filter(one);
    }

    void read_filter(const YAML::Node& node) {
        Filter filter;
        entries(node, "a filter", [&](const YAML::Node& key, const YAML::Node& value) {
            if (key.Scalar() == "pointer") {
                read_pointer(value, filter.pointer);
            } else if (key.Scalar() == "equals") {
                read_equals(value, filter.equals);
            } else {
                unknown_word(key, "part of a filter", filter_keys());
            }
        });
        if (!errors_.empty()) return;
        if (filter.pointer.empty() || filter.equals.empty()) {
            return report(node.Mark(), "a filter has a `pointer` and what it `equals`", "");
        }
        mapping_.only.push_back(std::move(filter));
    }

    void read_equals(const YAML::Node& node, std::vector<std::string>& equals) {
        if (node.IsScalar()) {
            equals.push_back(node.Scalar());
        } else if (node.IsSequence()) {
            for (const YAML::Node& one : node) read_equals(one, equals);
        } else {
            report(node.Mark(), "`equals` is a word or a list of words", "");
        }
    }

    const std::string& name_;
    Mapping mapping_;
    std::vector<std::tuple<int, int, std::string>> errors_;
};

}  // namespace

MappingResult parse_mapping(const std::string& text, const std::string& name) {
    MappingResult result = Reader{name}.read(text);
    if (result.mapping) result.mapping->path = name;
    return result;
}

MappingResult read_mapping(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return {std::nullopt, path + ": the mapping file cannot be read"};
    }
    if (text.view().size() > file_bytes) {
        return {std::nullopt, path + ": the mapping file is larger than 1 MiB"};
    }
    return parse_mapping(std::move(text).str(), path);
}

}  // namespace proviso::simulator
