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

bool is_host(bytecode::SlotSource source) {
    switch (source) {
        case bytecode::SlotSource::builtin:
        case bytecode::SlotSource::attribute:
        case bytecode::SlotSource::fact: return true;
        case bytecode::SlotSource::argument:
        case bytecode::SlotSource::memory: break;
    }
    return false;
}

void add_path(const model::TypeTable& types, const std::string& path, model::TypeId id,
              std::vector<std::string>& names) {
    const model::Type* type = &types.type(id);
    while (type->kind == model::Kind::list) type = &types.type(type->element);
    names.push_back(path);
    if (type->kind == model::Kind::opaque || type->record_open) names.push_back(path + ".*");
    if (type->kind == model::Kind::money) {
        names.insert(names.end(), {path + ".amount", path + ".currency"});
    }
    for (const model::Field& field : type->fields) {
        add_path(types, path + "." + field.name, field.type, names);
    }
}

std::vector<std::string> args_of(const bytecode::Program& program, const bytecode::Tool& tool) {
    std::vector<std::string> names;
    if (tool.open_args) names.emplace_back("*");
    for (std::uint32_t i = 0; i < tool.arguments.count; ++i) {
        const bytecode::Argument& one = program.arguments[tool.arguments.begin + i];
        if (one.declared) add_path(program.types, one.name, one.type, names);
    }
    std::sort(names.begin(), names.end());
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
    for (const bytecode::Slot& slot : program.slots) {
        if (is_host(slot.source)) add_path(program.types, slot.path, slot.type, names.host_parts);
    }
    std::sort(names.host_parts.begin(), names.host_parts.end());
    for (const bytecode::Facts& one : program.facts) names.facts.push_back(one.name);
    std::sort(names.attributes.begin(), names.attributes.end());
    std::sort(names.declared.begin(), names.declared.end());
    std::sort(names.facts.begin(), names.facts.end());
    names.roles = names_of(program.roles);
    names.obligations = names_of(program.obligations);
    names.limits = names_of(program.limits);
    names.tools = names_of(program.tools);
    for (const bytecode::Tool& tool : program.tools) {
        names.args.emplace(tool.name, args_of(program, tool));
    }
    names.catalogue_open = program.catalogue_open;
    names.missing = may_be_missing(policy.impl());
    return names;
}

}  // namespace proviso::engine
