#include "simulator/mapping/mapped_fields.h"

#include <algorithm>
#include <set>

#include "engine/observed.h"
#include "engine/set_names.h"
#include "simulator/mapping/mapping_words.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::string_view args_prefix = "args.";
constexpr std::string_view facts_prefix = "facts.";
constexpr std::size_t nanosecond_digits = 3;  // that microseconds have not

bool is_group(std::string_view target) {
    return target == "attributes" || target == "facts" || is_one_of(target, call_keys());
}

std::string field_of_target(const std::string& target) {
    if (target == "attributes" || target == "facts" || target.starts_with(facts_prefix)) {
        return target;
    }
    const bool of_call = target.starts_with(args_prefix) || is_one_of(target, call_keys());
    return (of_call ? "call." : "attributes.") + target;
}

std::string field_of_taken(const Mapping& mapping, const Taken& taken) {
    const bool is_label = std::any_of(mapping.labels.begin(), mapping.labels.end(),
                                      [&](const Taken& label) { return &label == &taken; });
    if (is_label) return "labels." + taken.name;
    if (&taken == &mapping.status) return "result.status";
    return (is_one_of(taken.name, report_keys()) ? "keys." : "recorded.") + taken.name;
}

/// All names that mapping files may have for what the policies declare.
std::set<std::string> declared_of(std::span<const Policy* const> policies) {
    std::set<std::string> all;
    for (const Policy* policy : policies) {
        const engine::SetNames names = engine::names_of_set(*policy);
        all.insert(names.attributes.begin(), names.attributes.end());
        for (const std::string& fact : names.facts) {
            const std::size_t dot = fact.find('.');
            const std::string thing = fact.substr(0, dot);
            for (const char* part : {"", ".key", ".values"}) {
                all.insert(std::string{facts_prefix} + thing + part);
            }
            if (dot != std::string::npos)
                all.insert(std::string{facts_prefix} + thing + ".values" + fact.substr(dot));
        }
        for (const auto& [tool, args] : names.args) {
            for (const std::string& arg : args) all.insert(std::string{args_prefix} + arg);
        }
    }
    return all;
}

}  // namespace

std::vector<MappedPlace> mapped_places(const Mapping& mapping) {
    std::vector<MappedPlace> places;
    if (mapping.path.empty()) return places;
    std::set<std::string> met;
    const auto add = [&](std::string field, const std::string& pointer) {
        if (pointer.empty() || !met.insert(pointer).second) return;
        places.push_back({std::move(field), shown_place(mapping, pointer), pointer});
    };
    for (const LayoutField& field : mapping.fields) {
        add(field_of_target(field.target), field.pointer);
    }
    Mapping copy = mapping;
    for (const Taken* taken : all_of(copy)) add(field_of_taken(copy, *taken), taken->pointer);
    for (const Filter& filter : mapping.only) places.push_back({"only", filter.pointer, {}});
    if (!mapping.adapter) return places;
    for (const PlaceFilter& filter : mapping.adapter->only) {
        places.push_back({"only", filter.place.text, {}});
    }
    return places;
}

std::vector<MappedField> unknown_fields(const Mapping& mapping,
                                        std::span<const Policy* const> policies) {
    std::vector<MappedField> unknown;
    if (mapping.path.empty()) return unknown;
    const std::set<std::string> declared = declared_of(policies);
    const std::vector<std::string_view> known(declared.begin(), declared.end());
    const bool has_open_args = declared.contains(std::string{args_prefix} + '*');
    for (const LayoutField& field : mapping.fields) {
        const std::string& target = field.target;
        const auto below = declared.lower_bound(target + '.');
        const bool has_parts = below != declared.end() && below->starts_with(target + '.');
        if (is_group(target) || declared.contains(target) || has_parts) continue;
        if (has_open_args && target.starts_with(args_prefix)) continue;
        const std::string_view near = nearest(target, known);
        unknown.push_back(
            {field_of_target(target), near.empty() ? "" : field_of_target(std::string{near})});
    }
    return unknown;
}

std::string_view likely_time_form(std::string_view raw) {
    std::string scratch;
    const std::string_view text = plain_text(trimmed(raw), scratch);
    const auto is_likely = [&](std::string_view written, TimeForm form) {
        const auto time = observed::read_time(written, form);
        return time && *time >= first_likely_time && *time < end_of_likely_times;
    };
    const std::span<const std::string_view> words = time_words();
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (is_likely(text, static_cast<TimeForm>(i))) return words[i];
    }
    const bool has_digits = text.size() > nanosecond_digits &&
                            text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!has_digits) return {};
    const auto microseconds = text.substr(0, text.size() - nanosecond_digits);
    return is_likely(microseconds, TimeForm::unix_microseconds) ? words.back() : std::string_view{};
}

const LayoutField* time_field(const Mapping& mapping) {
    const auto found = std::find_if(mapping.fields.begin(), mapping.fields.end(),
                                    [](const LayoutField& one) { return one.target == "time"; });
    const bool is_read = found != mapping.fields.end() && !found->pointer.empty();
    return is_read ? &*found : nullptr;
}

bool is_of_nanoseconds(const Mapping& mapping, const LayoutField& field) {
    if (!mapping.adapter) return false;
    const Choices& choices = mapping.adapter->slots[std::stoul(field.pointer.substr(1))];
    return std::any_of(choices.begin(), choices.end(), [](const Choice& choice) {
        return choice.form == ChoiceForm::unix_nanoseconds;
    });
}

}  // namespace proviso::simulator
