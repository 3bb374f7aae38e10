// Mapping files: YAML to a Mapping. All errors of a file in one go, each with its place.

#include <filesystem>
#include <map>
#include <optional>

#include <yaml-cpp/yaml.h>

#include "simulator/mapping/mapping.h"
#include "simulator/mapping/mapping_fields.h"
#include "simulator/mapping/mapping_places.h"
#include "simulator/mapping/mapping_words.h"
#include "simulator/mapping/shipped_mappings.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"

namespace proviso::simulator {
namespace {

class Reader {
  public:
    explicit Reader(const std::string& name) : yaml_(name), fields_(yaml_) {}

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
        if (yaml_.errors() == 0 && asks_answer_ && !adapter_.answer) {
            yaml_.report(document.Mark(), "a place after `answer:` needs the section `answer`", "");
        }
        if (!mapping_.receipt.used()) share("id", mapping_.receipt);
        if (!mapping_.run.used()) share("workflow.run", mapping_.run);
        share("workflow.name", mapping_.workflow);
        if (yaml_.errors() == 0) resolve();
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
        const auto each = [&](auto member) { read_entries(section, value, member); };
        if (section == "call") return each(&Reader::read_call);
        if (section == "keys") return each(&Reader::read_key);
        if (section == "recorded") return each(&Reader::read_recorded);
        if (section == "result") return each(&Reader::read_result);
        if (section == "labels") return each(&Reader::read_label);
        if (section == "only") return read_filters(value, PlaceBase::call, only_);
        if (section == "each") return read_each(value);
        if (section == "masked") return read_masked(value);
        if (section == "read") return each(&Reader::read_reading);
        if (section == "answer") return read_answer(value);
        if (section == "facts" && !value.IsScalar()) return each(&Reader::read_fact);
        if (section != "attributes" && section != "facts") {
            return yaml_.unknown_word(key, "section of a mapping", mapping_sections());
        }
        if (value.IsScalar()) return add_field(key, value);
        each(&Reader::read_attribute);
    }

    void read_entries(const std::string& section, const YAML::Node& value,
                      void (Reader::*member)(const YAML::Node&, const YAML::Node&)) {
        yaml_.entries(value, in_ticks(section),
                      [&](const YAML::Node& k, const YAML::Node& v) { (this->*member)(k, v); });
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
        const std::optional<Written> written = read_field(value);
        if (!written) return;
        const WrittenChoice& first = written->choices.front();
        LayoutField made;
        made.pointer = last_key(*written);
        made.target = std::move(target);
        if (written->choices.size() == 1) {
            made.fallback = first.fallback;
            made.words = first.words;
        }
        made.time_form = time_form_of(*written).value_or(TimeForm::rfc3339);
        // Arguments are as the agent wrote them.
        made.number_as_text = made.target != "args" && !made.target.starts_with("args.");
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
            fields_.check_words(value, "outcome", outcome_words());
        } else if (key.Scalar() == "verdict") {
            take(value, mapping_.verdict);
            fields_.check_words(value, "verdict", verdict_words());
        } else if (Taken* const taken = answer_part(key.Scalar()); taken != nullptr) {
            take(value, *taken);
        } else {
            yaml_.unknown_word(key, "recorded value", recorded_keys());
        }
    }

    void read_result(const YAML::Node& key, const YAML::Node& value) {
        if (key.Scalar() != "status") {
            return yaml_.unknown_word(key, "part of a result", result_keys());
        }
        take(value, mapping_.status);
        fields_.check_words(value, "status of a result", status_words());
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
        const std::optional<Written> written = read_field(value);
        if (!written) return;
        taken.pointer = last_key(*written);
        taken.time_form = time_form_of(*written).value_or(TimeForm::rfc3339);
        if (written->choices.size() > 1) return;
        taken.fallback = written->choices.front().fallback.value_or("");
        taken.words = written->choices.front().words;
    }

    /// Kept until all of the file is known; a pointer is the field's number meanwhile.
    std::optional<Written> read_field(const YAML::Node& node) {
        std::optional<Written> written = fields_.read(node);
        if (!written) return written;
        for (const WrittenChoice& choice : written->choices) {
            asks_answer_ = asks_answer_ || choice.pointer.starts_with("answer:");
        }
        needs_adapter_ = needs_adapter_ || written->needs_adapter();
        written_.push_back(*written);
        return written;
    }

    [[nodiscard]] std::string last_key(const Written& written) const {
        const bool is_constant =
            written.choices.size() == 1 && written.choices.front().pointer.empty();
        return is_constant ? std::string{} : std::to_string(written_.size() - 1);
    }

    void read_filters(const YAML::Node& node, PlaceBase base, std::vector<PlaceFilter>& only) {
        if (node.IsMap()) return read_filter(node, base, only);
        if (!node.IsSequence()) {
            return yaml_.report(node.Mark(), "`only` is a filter or a list of filters",
                                "write `only: {pointer: /suite, equals: banking}`");
        }
        for (const YAML::Node& one : node) read_filter(one, base, only);
    }

    void read_filter(const YAML::Node& node, PlaceBase base, std::vector<PlaceFilter>& only) {
        const std::size_t errors_before = yaml_.errors();
        std::string pointer;
        PlaceFilter filter;
        yaml_.entries(node, "a filter", [&](const YAML::Node& key, const YAML::Node& value) {
            if (key.Scalar() == "pointer") {
                fields_.read_pointer(value, pointer);
            } else if (key.Scalar() == "equals") {
                read_equals(value, filter.equals);
            } else if (key.Scalar() == "present") {
                read_present(value, filter.present);
            } else {
                yaml_.unknown_word(key, "part of a filter", filter_keys());
            }
        });
        if (yaml_.errors() != errors_before) return;
        auto place = place_of(pointer, base);
        if (!place || filter.equals.empty() != filter.present.has_value()) {
            return yaml_.report(node.Mark(), "a filter has a `pointer` and what it `equals`",
                                "or `present: true` or `false`");
        }
        if (place->base == PlaceBase::answer && base == PlaceBase::call) {
            return yaml_.report(node.Mark(), "calls are not chosen by their answers", "");
        }
        needs_adapter_ = needs_adapter_ || place->base != PlaceBase::call || filter.present;
        filter.place = std::move(*place);
        only.push_back(std::move(filter));
    }

    void read_present(const YAML::Node& node, std::optional<bool>& present) {
        const std::string word = node.IsScalar() ? node.Scalar() : "";
        if (word != "true" && word != "false") {
            return yaml_.report(node.Mark(), "`present` of a filter is `true` or `false`", "");
        }
        present = word == "true";
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

    void read_each(const YAML::Node& node) {
        needs_adapter_ = true;
        fields_.read_line_places(node, adapter_.each);
    }

    void read_masked(const YAML::Node& node) {
        needs_adapter_ = true;
        std::vector<Place> places;
        fields_.read_line_places(node, places);
        if (places.size() == 1) adapter_.masked = std::move(places.front());
    }

    void read_reading(const YAML::Node& key, const YAML::Node& value) {
        needs_adapter_ = true;
        std::string text;
        if (!fields_.read_pointer(key, text)) return;
        auto place = place_of(text, PlaceBase::call);
        if (place->steps.empty()) {
            return yaml_.report(key.Mark(), in_ticks(text) + " names no member", "");
        }
        const auto known = reading_words();
        if (!value.IsScalar() || !is_one_of(value.Scalar(), known)) {
            return yaml_.unknown_word(value, "way to read", known);
        }
        adapter_.readings.emplace_back(
            std::move(*place), value.Scalar() == "json" ? Reading::json : Reading::key_values);
    }

    void read_answer(const YAML::Node& node) {
        needs_adapter_ = true;
        AnswerRule& rule = adapter_.answer.emplace();
        const std::size_t errors_before = yaml_.errors();
        yaml_.entries(node, "`answer`", [&](const YAML::Node& key, const YAML::Node& value) {
            const std::string& part = key.Scalar();
            if (part == "in") return read_answer_line(value, rule);
            if (part == "each") return fields_.read_line_places(value, rule.each);
            if (part == "only") return read_filters(value, PlaceBase::answer, rule.only);
            if (part == "key") return fields_.read_places(value, PlaceBase::answer, rule.key);
            if (part == "of") return fields_.read_places(value, PlaceBase::call, rule.of);
            yaml_.unknown_word(key, "part of an answer", answer_keys());
        });
        if (yaml_.errors() != errors_before) return;
        if (rule.key.empty() || rule.key.size() != rule.of.size()) {
            yaml_.report(node.Mark(), "an answer has a `key`, and as many places `of` its call",
                         "");
        }
    }

    void read_answer_line(const YAML::Node& node, AnswerRule& rule) {
        const auto known = answer_lines();
        if (!node.IsScalar() || !is_one_of(node.Scalar(), known)) {
            return yaml_.unknown_word(node, "line of an answer", known);
        }
        rule.same_line = node.Scalar() == "same_line";
    }

    // ------------------------------------------------------------ once all of the file is known

    void resolve() {
        adapter_.only = needs_adapter_ ? only_ : std::vector<PlaceFilter>{};
        for (LayoutField& field : mapping_.fields) {
            const bool words_done = resolve(field.pointer);
            if (words_done) field.words.clear();
        }
        for (Taken* taken : all_of(mapping_)) {
            if (resolve(taken->pointer)) taken->words.clear();
        }
        if (!needs_adapter_) {
            for (PlaceFilter& filter : only_) {
                mapping_.only.push_back({filter.place.text, std::move(filter.equals)});
            }
            return;
        }
        apply_readings(adapter_);
        mapping_.adapter = std::move(adapter_);
    }

    /// A field's number to its pointer, or to that of its slot. True where the words were put
    /// already when the line was taken apart.
    bool resolve(std::string& pointer) {
        if (pointer.empty()) return false;
        const std::size_t number = std::stoul(pointer);
        const Written& written = written_[number];
        if (!needs_adapter_) {
            pointer = written.choices.front().pointer;
            return false;
        }
        const auto [slot, is_new] = slots_.try_emplace(number, adapter_.slots.size());
        if (is_new) adapter_.slots.push_back(choices_of(written));
        pointer = '/' + std::to_string(slot->second);
        return !adapter_.slots[slot->second].front().words.empty() || written.choices.size() > 1;
    }

    YamlReader yaml_;
    FieldReader fields_;
    Mapping mapping_;
    Adapter adapter_;
    std::vector<PlaceFilter> only_;
    std::vector<Written> written_;
    std::map<std::size_t, std::size_t> slots_;  // by number of what is written
    bool needs_adapter_ = false;
    bool asks_answer_ = false;
};

}  // namespace

MappingResult parse_mapping(const std::string& text, const std::string& name) {
    MappingResult result = Reader{name}.read(text);
    if (result.mapping) result.mapping->path = name;
    return result;
}

MappingResult read_mapping(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        for (const ShippedMapping& shipped : shipped_mappings()) {
            if (shipped.name == path) return parse_mapping(std::string{shipped.text}, path);
        }
    }
    YamlText read = read_yaml_file(path, "the mapping file");
    if (!read.text) return {std::nullopt, std::move(read.error)};
    return parse_mapping(*read.text, path);
}

}  // namespace proviso::simulator
