#include "engine/set_names.h"

#include <algorithm>

#include "engine/policy_impl.h"

namespace proviso::engine {

namespace {

template <class Items>
std::vector<std::string> names_of(const Items& items) {
    std::vector<std::string> names;
    names.reserve(items.size());
    for (const auto& one : items) names.push_back(one.name);
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> may_be_missing(const Policy::Impl& impl) {
    const bytecode::Program& program = impl.image->program();
    std::vector<std::string> names{"agent.roles", "id", "principal.roles", "rejections", "store"};
    for (const bytecode::Slot& slot : program.slots) names.push_back(slot.path);
    for (const bytecode::ExplainNode& node : program.explain_nodes) {
        names.emplace_back(impl.lines.text(node.place));
    }
    for (const bytecode::Obligation& one : program.obligations) {
        for (const model::Field& param : one.params) names.push_back(one.name + "." + param.name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace

SetNames names_of_set(const Policy& policy) {
    const bytecode::Program& program = policy.impl().image->program();
    SetNames names;
    for (const bytecode::Slot& slot : program.slots) {
        switch (slot.source) {
            case bytecode::SlotSource::builtin: names.attributes.push_back(slot.path); break;
            case bytecode::SlotSource::attribute:
                names.attributes.push_back(slot.path);
                names.declared.push_back(slot.path);
                break;
            case bytecode::SlotSource::fact: names.facts.push_back(slot.path); break;
            case bytecode::SlotSource::argument:
            case bytecode::SlotSource::memory: break;
        }
    }
    for (const bytecode::Facts& one : program.facts) names.facts.push_back(one.name);
    std::sort(names.attributes.begin(), names.attributes.end());
    std::sort(names.declared.begin(), names.declared.end());
    std::sort(names.facts.begin(), names.facts.end());
    names.roles = names_of(program.roles);
    names.obligations = names_of(program.obligations);
    names.limits = names_of(program.limits);
    names.tools = names_of(program.tools);
    names.catalogue_open = program.catalogue_open;
    names.missing = may_be_missing(policy.impl());
    return names;
}

}  // namespace proviso::engine
