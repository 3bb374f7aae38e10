// Mapping files: YAML to a Mapping. All errors of a file in one go, each with its place.

#include <algorithm>

#include <yaml-cpp/yaml.h>

#include "simulator/mapping.h"
#include "simulator/mapping_words.h"
#include "simulator/yaml_json.h"
#include "simulator/yaml_reader.h"

namespace proviso::simulator {
namespace {

/// One field of a mapping, as it is written.
struct Written {
    std::string pointer;
    std::optional<std::string> fallback;
    std::vector<std::pair<std::string, std::string>> words;
    TimeForm time_form = TimeForm::rfc3339;
};

class Reader {
  public:
    explicit Reader(const std::string& name) : yaml_(name) {}

    MappingResult read(const std::string& text) {
        yaml_.load(text, [&](const YAML::Node& document) { read_document(document); });
        if (yaml_.errors() > 0) return {std::nullopt, yaml_.all_errors()};
        return {std::move(mapping_), {}};
    }

  private:
    void read_document(const YAML::Node& document) {
        if (!document.IsDefined() || document.IsNull()) {
            return yaml_.report({}, "the mapping is empty",
                                "it needs at least `tool: /pointer` under `call:`");
        }
        yaml_.entries(document, "a mapping", [&](const YAML::Node& key, const YAML::Node& value) {
            read_section(key, value);
        });
        if (yaml_.errors() == 0 && !mapping_.tool.used()) {
            yaml_.report(document.Mark(), "the mapping does not say where the tool's name stands",
                         "write `tool: /pointer` under `call:`");
        }
        if (!mapping_.receipt.used()) share("id", mapping_.receipt);
        if (!mapping_.run.used()) share("workflow.run", mapping_.run);
        share("workflow.name", mapping_.workflow);
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
        const std::string what = in_ticks(section);
        const auto each = [&](auto member) {
            yaml_.entries(value, what, [&, member](const YAML::Node& k, const YAML::Node& v) {
                (this->*member)(k, v);
            });
        };
        if (section == "call") return each(&Reader::read_call);
        if (section == "keys") return each(&Reader::read_key);
        if (section == "recorded") return each(&Reader::read_recorded);
        if (section == "labels") return each(&Reader::read_label);
        if (section == "only") return read_filters(value);
        if (section == "facts" && !value.IsScalar()) return each(&Reader::read_fact);
        if (section != "attributes" && section != "facts") {
            return yaml_.unknown_word(key, "section of a mapping", mapping_sections());
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
        yaml_.report(key.Mark(), in_ticks(key.Scalar()) + " is no part of a call",
                     near.empty()
                         ? "an attribute stands under `attributes:`, an argument is `args.NAME`"
                         : "did you mean " + in_ticks(near) + "?");
    }

    void read_attribute(const YAML::Node& key, const YAML::Node& value) { add_field(key, value); }

    void read_fact(const YAML::Node& key, const YAML::Node& value) {
        add_target(value, "facts." + key.Scalar());
    }

    void add_field(const YAML::Node& key, const YAML::Node& value) {
        add_target(value, key.Scalar());
    }

    void add_target(const YAML::Node& value, std::string target) {
        std::optional<Written> written = read_field(value);
        if (!written) return;
        LayoutField made;
        made.pointer = std::move(written->pointer);
        made.target = std::move(target);
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
        if (taken == nullptr) return yaml_.unknown_word(key, "key of a call", report_keys());
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
        } else if (Taken* const taken = answer_part(key.Scalar()); taken != nullptr) {
            take(value, *taken);
        } else {
            yaml_.unknown_word(key, "recorded value", recorded_keys());
        }
    }

    /// Of how people answered; null for what is none of it.
    Taken* answer_part(std::string_view key) {
        for (Taken* taken : {&mapping_.approvals, &mapping_.asked, &mapping_.decided, &mapping_.by,
                             &mapping_.work, &mapping_.escalated}) {
            if (taken->name == key) return taken;
        }
        return nullptr;
    }

    void take(const YAML::Node& value, Taken& taken) {
        std::optional<Written> written = read_field(value);
        if (!written) return;
        taken.pointer = std::move(written->pointer);
        taken.fallback = written->fallback.value_or("");
        taken.words = std::move(written->words);
        taken.time_form = written->time_form;
    }

    /// What the words and the default stand for has to be an outcome, or a verdict.
    void check_words(const YAML::Node& value, const Taken& taken, std::string_view what,
                     std::span<const std::string_view> known) {
        if (!value.IsMap()) return;
        if (const YAML::Node words = value["words"]; words.IsDefined() && words.IsMap()) {
            for (const auto& entry : words) {
                if (entry.second.IsScalar() && !is_one_of(entry.second.Scalar(), known)) {
                    yaml_.unknown_word(entry.second, what, known);
                }
            }
        }
        const YAML::Node constant = value["value"].IsDefined() ? value["value"] : value["default"];
        if (!constant.IsDefined() || !constant.IsScalar()) return;
        if (is_one_of(translated(taken.words, constant.Scalar()), known)) return;
        yaml_.unknown_word(constant, what, known);
    }

    std::optional<Written> read_field(const YAML::Node& node) {
        Written written;
        if (node.IsScalar()) {
            if (!read_pointer(node, written.pointer)) return std::nullopt;
            return written;
        }
        const std::size_t errors_before = yaml_.errors();
        yaml_.entries(node, "a field", [&](const YAML::Node& key, const YAML::Node& value) {
            read_part(key, value, written);
        });
        if (yaml_.errors() != errors_before) return std::nullopt;
        const bool constant = node["value"].IsDefined();
        if (constant != written.pointer.empty()) {
            yaml_.report(node.Mark(), "a field has either a `pointer` or a `value`", "");
            return std::nullopt;
        }
        if (constant && node["default"].IsDefined()) {
            yaml_.report(node["default"].Mark(), "a constant needs no `default`", "");
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
                yaml_.report(value.Mark(), in_ticks(part) + " is too large or too deep", "");
            }
        } else if (part == "words") {
            yaml_.entries(value, "`words`", [&](const YAML::Node& from, const YAML::Node& to) {
                if (!to.IsScalar()) return yaml_.report(to.Mark(), "a word stands for a word", "");
                written.words.emplace_back(from.Scalar(), to.Scalar());
            });
        } else if (part == "time") {
            read_time(value, written.time_form);
        } else {
            yaml_.unknown_word(key, "part of a field", field_keys());
        }
    }

    bool read_pointer(const YAML::Node& node, std::string& pointer) {
        if (node.IsScalar() && node.Scalar().starts_with('/')) {
            pointer = node.Scalar();
            return true;
        }
        const std::string word = node.IsScalar() ? node.Scalar() : "";
        yaml_.report(
            node.Mark(),
            word.empty() ? "a JSON pointer is wanted here" : in_ticks(word) + " is no JSON pointer",
            word.empty()
                ? "`/request/tool` is one"
                : "write `/" + word + "` for a field, `{value: " + word + "}` for a constant");
        return false;
    }

    void read_time(const YAML::Node& node, TimeForm& form) {
        const auto known = time_words();
        const auto found =
            node.IsScalar() ? std::find(known.begin(), known.end(), node.Scalar()) : known.end();
        if (found == known.end()) return yaml_.unknown_word(node, "form of time", known);
        form = static_cast<TimeForm>(found - known.begin());
    }

    void read_filters(const YAML::Node& node) {
        if (node.IsMap()) return read_filter(node);
        if (!node.IsSequence()) {
            return yaml_.report(node.Mark(), "`only` is a filter or a list of filters",
                                "write `only: {pointer: /suite, equals: banking}`");
        }
        for (const YAML::Node& one : node) read_filter(one);
    }

    void read_filter(const YAML::Node& node) {
        Filter filter;
        yaml_.entries(node, "a filter", [&](const YAML::Node& key, const YAML::Node& value) {
            if (key.Scalar() == "pointer") {
                read_pointer(value, filter.pointer);
            } else if (key.Scalar() == "equals") {
                read_equals(value, filter.equals);
            } else {
                yaml_.unknown_word(key, "part of a filter", filter_keys());
            }
        });
        if (yaml_.errors() != 0) return;
        if (filter.pointer.empty() || filter.equals.empty()) {
            return yaml_.report(node.Mark(), "a filter has a `pointer` and what it `equals`", "");
        }
        mapping_.only.push_back(std::move(filter));
    }

    void read_equals(const YAML::Node& node, std::vector<std::string>& equals) {
        if (node.IsScalar()) {
            equals.push_back(node.Scalar());
        } else if (node.IsSequence()) {
            for (const YAML::Node& one : node) read_equals(one, equals);
        } else {
            yaml_.report(node.Mark(), "`equals` is a word or a list of words", "");
        }
    }

    YamlReader yaml_;
    Mapping mapping_;
};

}  // namespace

MappingResult parse_mapping(const std::string& text, const std::string& name) {
    MappingResult result = Reader{name}.read(text);
    if (result.mapping) result.mapping->path = name;
    return result;
}

MappingResult read_mapping(const std::string& path) {
    YamlText read = read_yaml_file(path, "the mapping file");
    if (!read.text) return {std::nullopt, std::move(read.error)};
    return parse_mapping(*read.text, path);
}

}  // namespace proviso::simulator
