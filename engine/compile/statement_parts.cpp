#include "engine/compile/statement_parts.h"

#include <utility>

namespace proviso::compile {

std::uint32_t role_index(check::RoleId role) {
    return role == check::no_role ? none : static_cast<std::uint32_t>(role);
}

std::uint32_t approval_index(check::ApprovalId approval) {
    return approval == check::no_approval ? none : static_cast<std::uint32_t>(approval);
}

std::vector<bytecode::ObligationUse> obligation_uses(
    Emitter& emitter, const std::vector<check::ObligationUse>& uses) {
    std::vector<bytecode::ObligationUse> result;
    for (const check::ObligationUse& use : uses) {
        bytecode::ObligationUse one{static_cast<std::uint32_t>(use.obligation), {}};
        for (const NodeId argument : use.arguments) {
            one.arguments.push_back(emitter.value_ref(argument));
        }
        result.push_back(std::move(one));
    }
    return result;
}

std::vector<bytecode::TextPart> text_parts(Emitter& emitter,
                                           const std::vector<check::TextPart>& parts) {
    std::vector<bytecode::TextPart> result;
    for (const check::TextPart& part : parts) {
        const bool is_value = part.node != check::no_node;
        result.push_back(
            {part.text, is_value ? emitter.value_ref(part.node) : bytecode::ValueRef{}, is_value});
    }
    return result;
}

std::uint32_t add_patterns(Emitter& emitter, std::uint32_t targets) {
    const check::TargetSet& set = emitter.set().target_sets[targets];
    if (set.patterns.empty()) return none;
    bytecode::PatternSet result;
    for (const auto& pattern : set.patterns) {
        (pattern.except ? result.except : result.include).push_back(pattern.glob);
    }
    auto& all = emitter.program().pattern_sets;
    all.push_back(std::move(result));
    return static_cast<std::uint32_t>(all.size() - 1);
}

}  // namespace proviso::compile
