#include "simulator/mapping/mapping.h"

#include <algorithm>
#include <array>

#include "simulator/mapping/mapping_places.h"

namespace proviso::simulator {
namespace {

LayoutField field(std::string pointer, std::string target) {
    LayoutField made;
    made.pointer = std::move(pointer);
    made.target = std::move(target);
    return made;
}

/// Every value that a mapping takes, with a name that no other capture has.
std::vector<std::pair<std::string, Taken*>> all_taken(Mapping& mapping) {
    std::vector<std::pair<std::string, Taken*>> all;
    const std::size_t labels = mapping.labels.size();
    const std::vector<Taken*> taken = all_of(mapping);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        const bool is_label = i + labels >= taken.size();
        all.emplace_back((is_label ? "capture.label." : "capture.") + taken[i]->name, taken[i]);
    }
    std::erase_if(all, [](const auto& entry) { return entry.second->pointer.empty(); });
    return all;
}

}  // namespace

Mapping receipt_mapping() {
    Mapping mapping;
    for (const char* part : {"tool", "stage", "id", "time", "principal", "agent", "environment",
                             "attributes", "facts", "unknown", "undoing", "approvals", "args"}) {
        mapping.fields.push_back(field(std::string{"/"} + part, part));
    }
    // One by one, and not as an object: a run's name is taken for the report as well.
    for (const char* part : {"name", "version", "run"}) {
        mapping.fields.push_back(
            field(std::string{"/workflow/"} + part, std::string{"workflow."} + part));
    }
    mapping.tool.pointer = "/tool";
    mapping.receipt.pointer = "/id";
    mapping.run.pointer = "/workflow/run";
    mapping.intent.pointer = "/intent";
    mapping.outcome.pointer = "/recorded/outcome";
    mapping.verdict.pointer = "/recorded/verdict";
    mapping.status.pointer = "/result/status";
    mapping.workflow.pointer = "/workflow/name";
    mapping.approvals.pointer = "/recorded/approvals";
    mapping.escalated.pointer = "/recorded/escalated";
    mapping.escalated_to.pointer = "/exception/escalated_to";
    return mapping;
}

std::vector<Taken*> all_of(Mapping& mapping) {
    std::vector<Taken*> all{&mapping.tool,   &mapping.receipt,   &mapping.run,
                            &mapping.intent, &mapping.outcome,   &mapping.verdict,
                            &mapping.status, &mapping.workflow,  &mapping.approvals,
                            &mapping.asked,  &mapping.decided,   &mapping.by,
                            &mapping.work,   &mapping.escalated, &mapping.escalated_to};
    for (Taken& label : mapping.labels) all.push_back(&label);
    return all;
}

std::string shown_place(const Mapping& mapping, const std::string& pointer) {
    if (!mapping.adapter || pointer.size() < 2) return pointer;
    const Choices& choices = mapping.adapter->slots[std::stoul(pointer.substr(1))];
    std::string shown;
    for (const Choice& choice : choices) {
        if (!choice.place) continue;
        if (!shown.empty()) shown += ", ";
        shown += choice.place->text;
    }
    return shown;
}

std::vector<std::string> add_places(Mapping& mapping, const std::vector<std::string>& places) {
    if (!mapping.adapter) return places;
    Adapter& adapter = *mapping.adapter;
    std::vector<std::string> pointers;
    for (const std::string& text : places) {
        auto place = place_of(text, PlaceBase::call);
        if (!place) return {};
        Choice choice;
        choice.place = std::move(place);
        pointers.push_back('/' + std::to_string(adapter.slots.size()));
        adapter.slots.push_back({std::move(choice)});
    }
    apply_readings(adapter);
    return pointers;
}

LayoutResult make_layout(Mapping& mapping) {
    std::vector<LayoutField> fields = mapping.fields;
    const auto all = all_taken(mapping);
    for (const auto& [target, taken] : all) fields.push_back(field(taken->pointer, target));
    Layout::MakeResult made = Layout::make(std::move(fields));
    if (!made.layout) return {std::nullopt, std::move(made.error)};
    const std::vector<std::string>& names = made.layout->captures();
    for (const auto& [target, taken] : all) {
        const std::string_view wanted = std::string_view{target}.substr(sizeof "capture." - 1);
        const auto place = std::find(names.begin(), names.end(), wanted);
        if (place == names.end()) continue;
        taken->capture = static_cast<std::size_t>(place - names.begin());
    }
    return {std::move(made.layout), {}};
}

std::string_view translated(const std::vector<std::pair<std::string, std::string>>& words,
                            std::string_view word) {
    for (const auto& [from, to] : words) {
        if (word == from) return to;
    }
    return word;
}

}  // namespace proviso::simulator
