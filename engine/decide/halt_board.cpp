#include "engine/decide/halt_board.h"

#include <algorithm>
#include <tuple>

#include "engine/model/pattern.h"
#include "engine/model/text.h"

namespace proviso::decide {

namespace {

using bytecode::Builtin;

bool named(const Bound& bound, Builtin slot, const std::string& name) {
    const model::Value& value = bound.frame[bytecode::slot_of(slot)];
    return !value.known() || value.view() == name;
}

bool holds(const HaltScope& scope, const Bound& bound) {
    switch (scope.kind) {
        case HaltScope::Kind::everything: return true;
        case HaltScope::Kind::tool:
            return bound.tool_name.empty() || model::glob_matches(scope.name, bound.tool_name);
        case HaltScope::Kind::agent: return named(bound, Builtin::agent_id, scope.name);
        case HaltScope::Kind::workflow: return named(bound, Builtin::workflow_name, scope.name);
        case HaltScope::Kind::principal: return named(bound, Builtin::principal_id, scope.name);
    }
    return true;
}

}  // namespace

std::string_view refused_halt(const HaltScope& scope, std::string_view reason,
                              const Limits& limits) {
    const bool everything = scope.kind == HaltScope::Kind::everything;
    if (everything != scope.name.empty()) {
        return everything ? "a halt of everything goes by no name" : "a halt goes by a name";
    }
    if (scope.name.size() > limits.store_halt_bytes) return "the name is too long";
    if (reason.size() > limits.store_halt_bytes) return "the reason is too long";
    if (!model::is_utf8(scope.name)) return "the name is not valid UTF-8";
    if (!model::is_utf8(reason)) return "the reason is not valid UTF-8";
    return {};
}

bool before(const HaltScope& a, const HaltScope& b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
}

const Halt* halt_of(const std::vector<Halt>& halts, const Bound& bound) {
    const auto found = std::find_if(halts.begin(), halts.end(),
                                    [&](const Halt& halt) { return holds(halt.scope, bound); });
    return found == halts.end() ? nullptr : &*found;
}

}  // namespace proviso::decide
