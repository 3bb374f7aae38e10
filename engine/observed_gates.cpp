#include "engine/observed_gates.h"

#include <algorithm>
#include <set>

#include "engine/bytecode/program.h"
#include "engine/decide/approvals.h"
#include "engine/decide/bound.h"
#include "engine/observed.h"
#include "engine/policy_impl.h"

namespace proviso::observed {
namespace {

using bytecode::none;
using bytecode::Program;

constexpr unsigned approve_stage = 3;

const Program& gates_program(const Policy& policy) {
    return policy.impl().image->program();
}

std::vector<std::uint32_t> approver_roles(const Program& program, std::optional<std::size_t> tool) {
    std::set<std::uint32_t> roles;
    if (tool) {
        const bytecode::Range grants = program.tools[*tool].approve_grants;
        for (std::uint32_t i = 0; i < grants.count; ++i) {
            roles.insert(program.grants[program.plan_grants[grants.begin + i]].role);
        }
    } else {
        for (const bytecode::Grant& grant : program.grants) {
            const bool approves = (grant.stages >> approve_stage & 1U) != 0;
            if (approves && grant.patterns != none) roles.insert(grant.role);
        }
    }
    return {roles.begin(), roles.end()};
}

GateAsks asks_of(const Program& program, const bytecode::Approval& approval,
                 std::optional<std::size_t> tool) {
    GateAsks asks;
    asks.within_seconds = approval.within_seconds;
    for (const bytecode::ApprovalNeed& need : approval.needs) {
        asks.people.push_back({need.count,
                               need.approvers ? approver_roles(program, tool) : need.roles,
                               need.principal});
    }
    for (const bytecode::Escalation& one : approval.escalations) {
        asks.added.push_back({one.role, one.after_seconds});
    }
    std::sort(asks.added.begin(), asks.added.end(), [](const AddedRole& a, const AddedRole& b) {
        return a.role != b.role ? a.role < b.role : a.after_seconds < b.after_seconds;
    });
    return asks;
}

/// Those that approvals which came with the call have opened are named in the full record alone.
void drop_open(Session& session, std::vector<std::uint32_t>& rules) {
    const std::vector<RuleInfo>& infos = session.policy()->rules();
    const Decision decision = session.decision();
    std::erase_if(rules, [&](std::uint32_t rule) {
        return std::any_of(decision.gates.begin(), decision.gates.end(), [&](const Gate& gate) {
            return gate.open && gate.rule == infos[rule].name;
        });
    });
}

}  // namespace

RoleNames role_names(const Policy& policy) {
    RoleNames made;
    for (const bytecode::Role& role : gates_program(policy).roles) {
        made.names.push_back(role.name);
        made.holds.push_back(role.inherits);
    }
    return made;
}

GateAsks gate_asks(const Policy& policy, std::uint32_t rule, std::optional<std::size_t> tool) {
    const Program& program = gates_program(policy);
    const bytecode::Rule& gate = program.rules[rule];
    if (gate.approval != none) return asks_of(program, program.approvals[gate.approval], tool);
    return asks_of(program, decide::approval_by_role(program, gate.role), tool);
}

void closed_gates(Session& session, std::vector<std::uint32_t>& rules) {
    rules.clear();
    const decide::Bound& bound = bound_of(session);
    const Program& program = gates_program(*session.policy());
    for (const Session::Part& part : session.parts()) {
        if (part.on_trial || part.rule >= program.rules.size()) continue;
        const bytecode::Rule& rule = program.rules[part.rule];
        const bool now = (rule.stages >> bound.stage & 1U) != 0;
        if (now && rule.effect == bytecode::Effect::gate) rules.push_back(part.rule);
    }
    std::sort(rules.begin(), rules.end());
    if (!bound.approvals.empty()) drop_open(session, rules);
}

}  // namespace proviso::observed
