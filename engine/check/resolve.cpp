// What the front of a dotted path is: a variable, an arg, what every call has, or a declared value.

#include <algorithm>
#include <array>

#include "engine/check/arguments.h"
#include "engine/check/expressions.h"
#include "engine/check/names.h"

namespace proviso::check {
namespace {

struct Builtin {
    std::string_view name;
    BuiltinSlot slot;
};

constexpr std::array<Builtin, 15> builtins{{
    {"tool", BuiltinSlot::tool},
    {"stage", BuiltinSlot::stage},
    {"tier", BuiltinSlot::tier},
    {"time", BuiltinSlot::time},
    {"principal.id", BuiltinSlot::principal_id},
    {"agent.id", BuiltinSlot::agent_id},
    {"agent.model", BuiltinSlot::agent_model},
    {"agent.version", BuiltinSlot::agent_version},
    {"agent.confidence", BuiltinSlot::agent_confidence},
    {"workflow.name", BuiltinSlot::workflow_name},
    {"workflow.version", BuiltinSlot::workflow_version},
    {"workflow.run", BuiltinSlot::workflow_run},
    {"has_undo", BuiltinSlot::has_undo},
    {"undoing", BuiltinSlot::undoing},
    {"call.id", BuiltinSlot::call_id},
}};

std::string_view first_segment(std::string_view path) {
    return path.substr(0, path.find('.'));
}

/// The longest front of the path that `accept` takes.
template <class Accept>
std::size_t longest_front(std::string_view path, Accept accept) {
    for (std::size_t end = path.size(); end != std::string_view::npos && end > 0;
         end = path.rfind('.', end - 1)) {
        if (accept(path.substr(0, end))) return end;
    }
    return 0;
}

Resolved resolve_builtin(std::string_view path) {
    Resolved result;
    result.length = longest_front(path, [&](std::string_view front) {
        for (const Builtin& builtin : builtins) {
            if (builtin.name != front) continue;
            result.kind = NameKind::builtin;
            result.index = static_cast<std::uint32_t>(builtin.slot);
            return true;
        }
        return false;
    });
    return result;
}

Resolved resolve_declared(const Context& context, std::string_view path) {
    const Resolved builtin = resolve_builtin(path);
    Resolved result;
    result.length = longest_front(path, [&](std::string_view front) {
        result.symbol = find_value(context, front);
        return result.symbol != nullptr;
    });
    // `time.zone` may be declared beside the built-in `time`.
    if (builtin.kind != NameKind::nothing && result.length <= builtin.length) return builtin;
    if (result.symbol == nullptr) {
        result.symbol = find_symbol(context, path);
        result.length = path.size();
    }
    result.kind = result.symbol == nullptr ? NameKind::nothing : NameKind::symbol;
    return result;
}

}  // namespace

Resolved resolve(Context& context, const Scope& scope, std::string_view path) {
    const std::string_view first = first_segment(path);
    for (std::uint32_t i = scope.depth; i > 0; --i) {
        if (scope.variables[i - 1].name != first) continue;
        return {NameKind::variable, i - 1, nullptr, first.size()};
    }
    if (scope.limit != nullptr && (first == "total" || first == "cap")) {
        return {NameKind::limit_value, first == "cap" ? 1U : 0U, nullptr, first.size()};
    }
    if (first == "args" && path.size() > 5) {
        const std::size_t length = 5 + argument_length(context, path.substr(5));
        return {NameKind::argument, 0, nullptr, length};
    }
    const auto [place, added] = context.declared_paths.try_emplace(path);
    if (added) place->second = resolve_declared(context, path);
    return place->second;
}

std::vector<std::string_view> value_names(const Context& context, const Scope& scope) {
    std::vector<std::string_view> names;
    if (!suggests(context)) return names;
    for (const auto& [name, symbol] : context.symbols) {
        if (names_value(symbol.kind)) names.push_back(name);
    }
    for (const auto& [path, symbol] : context.attribute_symbols) names.push_back(path);
    for (const Builtin& builtin : builtins) names.push_back(builtin.name);
    for (std::uint32_t i = 0; i < scope.depth; ++i) names.push_back(scope.variables[i].name);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace proviso::check
