#include "engine/decide/observe.h"

#include <algorithm>

#include "engine/model/pattern.h"
#include "engine/model/type.h"

namespace proviso::decide {

using bytecode::none;

namespace {

constexpr std::uint32_t approve_stage = 3;

bool has(const std::vector<std::uint64_t>& bits, std::uint32_t at) {
    return at / 64 < bits.size() && (bits[at / 64] >> (at % 64) & 1U) != 0;
}

class Observer {
  public:
    Observer(Decider& decider, const Bound& bound, Outcome outcome, const GrantTools& grants,
             Seen& seen)
        : decider_(decider),
          program_(decider.program()),
          bound_(bound),
          outcome_(outcome),
          grants_(grants),
          seen_(seen) {}

    void run() {
        const PlanView& plan = decider_.plan();
        for (const std::uint32_t index : plan.raises) conditions(program_.raises[index].explain);
        for (const std::uint32_t index : plan.grants) conditions(program_.grants[index].explain);
        granted();
        if (decider_.lacks_authority()) return;  // no rule was asked
        for (const Session::Part& part : decider_.parts()) rule(part);
        for (const std::uint32_t index : plan.matrices) allowing_cell(program_.matrices[index]);
        entries(plan.allows);
        entries(plan.restrictions);
        switches(plan.allow_switches);
        switches(plan.restriction_switches);
        for (const std::uint32_t index : plan.limits) {
            conditions(program_.limits[index].measure.explain);
            conditions(program_.limits[index].explain);
        }
        for (const std::uint32_t index : plan.counters) {
            conditions(program_.counters[index].measure.explain);
        }
        approvers();
    }

  private:
    [[nodiscard]] bool holds_now(std::uint32_t index) const {
        return (program_.rules[index].stages >> bound_.stage & 1U) != 0;
    }

    void rule(const Session::Part& part) {
        SeenRule& seen = seen_.rules[part.rule];
        if (!part.sure) {
            ++seen.unsure;
        } else if (part.on_trial) {
            ++seen.trial;
        } else {
            ++seen.sure;
            const Outcome effect =
                holds_now(part.rule) ? decider_.facts()[part.rule].effect : Outcome::allow;
            seen.decided += effect == outcome_ ? 1 : 0;
        }
    }

    /// A cell that allows restricts nothing, and so is none of the parts.
    void allowing_cell(const bytecode::Matrix& matrix) {
        std::uint32_t cell = 0;
        for (const bytecode::Axis& axis : matrix.axes) {
            const std::uint32_t label = axis.size == 1 ? 0 : decider_.machine().label(axis);
            if (label == none) return;
            cell = cell * axis.size + label;
        }
        const std::uint32_t index = matrix.first_rule + cell;
        if (decider_.facts()[index].effect != Outcome::allow || !holds_now(index)) return;
        ++seen_.rules[index].sure;
        seen_.rules[index].decided += outcome_ == Outcome::allow ? 1 : 0;
    }

    // ------------------------------------------------------------ conditions

    void entries(std::span<const bytecode::Entry> entries) {
        for (const bytecode::Entry& entry : entries) {
            conditions(program_.rules[entry.rule].explain);
        }
    }

    void switches(bytecode::Range range) {
        for (std::uint32_t i = 0; i < range.count; ++i) {
            const bytecode::Range of = program_.switches[range.begin + i].entries;
            entries(std::span(program_.entries).subspan(of.begin, of.count));
        }
    }

    void conditions(bytecode::Range explain) {
        for (std::uint32_t i = explain.begin; i < explain.begin + explain.count; ++i) {
            const bytecode::ExplainNode& node = program_.explain_nodes[i];
            if (!is_condition(program_, node)) continue;
            SeenCondition& seen = seen_.conditions[i];
            switch (truth(node)) {
                case vm::Truth::yes: ++seen.yes; break;
                case vm::Truth::no: ++seen.no; break;
                case vm::Truth::unknown: ++seen.unknown; break;
            }
        }
    }

    [[nodiscard]] vm::Truth truth(const bytecode::ExplainNode& node) {
        if (node.condition) return decider_.machine().truth(node.value.block);
        const model::Value value = decider_.machine().value(node.value);
        if (!value.known()) return vm::Truth::unknown;
        return value.integer != 0 ? vm::Truth::yes : vm::Truth::no;
    }

    // ------------------------------------------------------------ grants

    void granted() {
        for (std::uint32_t i = 0; i < grants_.size(); ++i) {
            const bytecode::Grant& grant = program_.grants[i];
            const bool by_principal = program_.asks_principal && holds(0, grant.role);
            const bool by_agent = program_.asks_agent && holds(1, grant.role);
            if (!by_principal && !by_agent) continue;
            if ((grant.stages >> bound_.stage & 1U) == 0 || !names_tool(i)) continue;
            if (decider_.machine().truth(grant.block) == vm::Truth::yes) ++seen_.grants[i];
        }
    }

    [[nodiscard]] bool holds(std::uint32_t party, std::uint32_t role) const {
        return bound_.roles[party].has_id && has(bound_.roles[party].bits, role);
    }

    [[nodiscard]] bool names_tool(std::uint32_t index) const {
        const std::uint32_t tool = bound_.context.tool;
        const std::uint32_t patterns = program_.grants[index].patterns;
        if (tool != none)
            return std::binary_search(grants_[index].begin(), grants_[index].end(), tool);
        if (patterns == none) return false;
        const bytecode::PatternSet& set = program_.pattern_sets[patterns];
        const auto fits = [&](const std::string& glob) {
            return model::glob_matches(glob, bound_.tool_name);
        };
        return std::none_of(set.except.begin(), set.except.end(), fits) &&
               std::any_of(set.include.begin(), set.include.end(), fits);
    }

    /// A grant to approve shows where a gate that the call meets asks for those who hold it.
    void approvers() {
        if (decider_.approvals().gates().empty()) return;
        for (std::uint32_t i = 0; i < grants_.size(); ++i) {
            const bytecode::Grant& grant = program_.grants[i];
            if ((grant.stages >> approve_stage & 1U) == 0 || !names_tool(i)) continue;
            if (!is_asked(grant.role)) continue;
            if (bound_.stage != approve_stage) conditions(grant.explain);
            if (decider_.machine().truth(grant.block) == vm::Truth::yes) ++seen_.grants[i];
        }
    }

    [[nodiscard]] bool is_asked(std::uint32_t role) {
        const auto by_need = [&](const bytecode::ApprovalNeed& need) {
            return need.approvers ||
                   std::find(need.roles.begin(), need.roles.end(), role) != need.roles.end();
        };
        const auto later = [&](const bytecode::Escalation& also) { return also.role == role; };
        const auto& gates = decider_.approvals().gates();
        return std::any_of(gates.begin(), gates.end(), [&](const GateCheck& gate) {
            const auto& needs = gate.approval->needs;
            const auto& added = gate.approval->escalations;
            return std::any_of(needs.begin(), needs.end(), by_need) ||
                   std::any_of(added.begin(), added.end(), later);
        });
    }

    Decider& decider_;
    const bytecode::Program& program_;
    const Bound& bound_;
    Outcome outcome_;
    const GrantTools& grants_;
    Seen& seen_;
};

}  // namespace

Seen::Seen(const bytecode::Program& program)
    : rules(program.rules.size()),
      grants(program.grants.size()),
      conditions(program.explain_nodes.size()) {}

bool is_condition(const bytecode::Program& program, const bytecode::ExplainNode& node) {
    if (node.condition) return true;
    if (node.value.type == model::no_type) return false;
    const model::Type& type = program.types.type(node.value.type);
    return type.kind == model::Kind::boolean && !type.optional;
}

void observe(Decider& decider, const Bound& bound, Outcome outcome, const GrantTools& grants,
             Seen& seen) {
    if (!decider.evaluated()) return;
    Observer(decider, bound, outcome, grants, seen).run();
}

}  // namespace proviso::decide
