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

}  // namespace

SetNames names_of_set(const Policy& policy) {
    const bytecode::Program& program = policy.impl().image->program();
    SetNames names;
    for (const bytecode::Slot& slot : program.slots) {
        switch (slot.source) {
            case bytecode::SlotSource::builtin:
            case bytecode::SlotSource::attribute: names.attributes.push_back(slot.path); break;
            case bytecode::SlotSource::fact: names.facts.push_back(slot.path); break;
            case bytecode::SlotSource::argument:
            case bytecode::SlotSource::memory: break;
        }
    }
    for (const bytecode::Facts& one : program.facts) names.facts.push_back(one.name);
    std::sort(names.attributes.begin(), names.attributes.end());
    std::sort(names.facts.begin(), names.facts.end());
    names.roles = names_of(program.roles);
    names.obligations = names_of(program.obligations);
    names.limits = names_of(program.limits);
    return names;
}

}  // namespace proviso::engine
