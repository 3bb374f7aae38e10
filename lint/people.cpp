// People whom nobody can be: approvals with more places than people (P1750), approvers whose grants
// hold elsewhere (P1751), tools that no role may call (P1752), roles that are told and empty
// (P1755). Covered by tests/golden/lint/people.
//
// The host may send roles beside those that are bound, so people are counted only where every role
// in question has a `bind`: then the set is written as if it knew them all. A list of a data file
// may name nobody at all.
#include <algorithm>
#include <map>
#include <set>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Approval;
using check::RoleId;
using check::Rule;

using People = std::set<std::string_view>;

bool holds(const check::Role& holder, RoleId role) {
    return std::binary_search(holder.inherits.begin(), holder.inherits.end(), role);
}

class MissingPeople {
  public:
    MissingPeople(Subject& subject, Conditions& conditions, const RuleTable& rules)
        : subject_(subject),
          conditions_(conditions),
          rules_(rules) {
        for (const ast::File& file : subject.files) {
            for (const ast::Bind& bind : file.binds) binds_.insert(bind.role.text);
        }
    }

    void run() {
        for (const Approval& approval : subject_.set.approvals) count_people(approval);
        for (std::uint32_t i = 0; i < subject_.set.rules.size(); ++i) {
            const Rule& rule = subject_.set.rules[i];
            if (rule.effect == check::Effect::gate) look_at_gate(i);
            if (rule.effect == check::Effect::notify && has_nobody(rule.role)) {
                report_nobody_told(rule.name_span, rule.name, rule.role);
            }
        }
        for (const check::Matrix& matrix : subject_.set.matrices) {
            look_at_outcomes(matrix.name, matrix.cells);
        }
        for (const check::Limit& limit : subject_.set.limits) {
            std::vector<check::Outcome> outcomes;
            for (const check::LimitStep& step : limit.steps) outcomes.push_back(step.outcome);
            look_at_outcomes(limit.name, outcomes);
        }
        look_at_outcomes("default", {subject_.set.default_outcome});
        if (!subject_.set.authority.empty()) find_tools_without_grant();
    }

  private:
    /// All who are bound to the role or to one that extends it; none where nobody is.
    People bound_to(RoleId role) const {
        People people;
        for (const check::Role& holder : subject_.set.roles) {
            if (holds(holder, role))
                people.insert(holder.bound_ids.begin(), holder.bound_ids.end());
        }
        return people;
    }

    /// Whether the role, or one that extends it, has a `bind`.
    bool is_bound(RoleId role) const {
        return std::any_of(subject_.set.roles.begin(), subject_.set.roles.end(),
                           [&](const check::Role& holder) {
                               return holds(holder, role) && binds_.contains(holder.name);
                           });
    }

    /// Nothing where one of the roles has no `bind`, so that the host must know.
    std::optional<People> bound_to(const std::vector<RoleId>& roles) const {
        People all;
        for (const RoleId role : roles) {
            const People people = bound_to(role);
            if (!is_bound(role)) return std::nullopt;
            all.insert(people.begin(), people.end());
        }
        return all;
    }

    static std::string people(std::size_t count) {
        return count == 1 ? "1 person" : std::to_string(count) + " people";
    }

    void report_too_few(Span span, std::string_view name, std::size_t asked,
                        const std::string& bound) {
        subject_.sink.report(DiagnosticId::too_few_people, span, {name, people(asked), bound},
                             "bind more people, or ask for fewer; if the host sends roles, "
                             "silence this");
    }

    void report_nobody_told(Span span, std::string_view name, RoleId role) {
        subject_.sink.report(DiagnosticId::nobody_told, span,
                             {name, subject_.set.roles[index_of(role)].name},
                             "bind somebody; if the host sends roles, silence this");
    }

    /// Different people fill the places; those of an escalation may fill any.
    void count_people(const Approval& approval) {
        std::vector<RoleId> helpers;
        for (const check::Escalation& also : approval.escalations) helpers.push_back(also.role);
        const auto late = bound_to(helpers);
        if (!late) return;
        People all = *late;
        std::size_t places = 0;
        for (const check::Need& need : approval.needs) {
            if (need.principal) continue;
            const auto own = need.approvers ? std::nullopt : bound_to(need.roles);
            if (!own) return;
            People able = *own;
            able.insert(late->begin(), late->end());
            if (able.size() < need.count) {
                return report_too_few(need.span, approval.name, need.count,
                                      std::to_string(able.size()));
            }
            all.insert(own->begin(), own->end());
            places += need.count;
        }
        if (all.size() < places)
            report_too_few(approval.span, approval.name, places, std::to_string(all.size()));
    }

    void look_at_gate(std::uint32_t i) {
        const Rule& rule = subject_.set.rules[i];
        const check::TargetSet& targets = subject_.set.target_sets[rule.targets];
        for (const check::ToolId tool : targets.tools) {
            if (stages_at(subject_, rule, tool) == 0) continue;
            if (has_nobody(rule.role)) {
                return report_too_few(rule.name_span, rule.name, 1, "nobody");
            }
            if (is_own_approver(rule, tool)) {
                return report_too_few(rule.name_span, rule.name, 1, "none but who asks");
            }
            if (asks_approvers(rule) && nobody_approves(i, tool)) {
                subject_.sink.report(DiagnosticId::approvers_elsewhere, rule.name_span, {rule.name},
                                     "no grant of `can approve: " + subject_.set.tool(tool).name +
                                         " when …` holds where this gate does");
                return;
            }
        }
    }

    /// Cells of a matrix or steps of a limit: each role that is nobody is told of once.
    void look_at_outcomes(std::string_view name, const std::vector<check::Outcome>& outcomes) {
        std::set<RoleId> told;
        for (const check::Outcome& one : outcomes) {
            if (!has_nobody(one.role) || !told.insert(one.role).second) continue;
            if (one.effect == check::Effect::gate) {
                report_too_few(one.span, name, 1, "nobody");
            } else {
                report_nobody_told(one.span, name, one.role);
            }
        }
    }

    /// Whether the role is bound, to an empty list.
    bool has_nobody(RoleId role) const {
        if (role == check::no_role) return false;
        const auto people = bound_to(std::vector<RoleId>{role});
        return people && people->empty();
    }

    /// Whether the one person who may ask is the one person who may approve.
    bool is_own_approver(const Rule& rule, check::ToolId tool) const {
        const auto& parties = subject_.set.authority;
        const bool asked =
            std::find(parties.begin(), parties.end(), check::Party::principal) != parties.end();
        if (!asked || rule.role == check::no_role) return false;
        const People approvers = bound_to(rule.role);
        if (approvers.size() != 1) return false;
        const auto callers = bound_to(granting(tool, stages_at(subject_, rule, tool)));
        return callers && *callers == approvers;
    }

    std::vector<RoleId> granting(check::ToolId tool, check::StageMask stages) const {
        std::vector<RoleId> roles;
        for (std::uint32_t i = 0; i < subject_.set.roles.size(); ++i) {
            for (const check::Grant& grant : subject_.set.roles[i].grants) {
                if (!subject_.comparisons.take()) return {};
                const auto& tools = subject_.set.target_sets[grant.targets].tools;
                if ((grant.stages & stages) == 0) continue;
                if (!std::binary_search(tools.begin(), tools.end(), tool)) continue;
                roles.push_back(RoleId{i});
                break;
            }
        }
        return roles;
    }

    bool asks_approvers(const Rule& rule) const {
        if (rule.approval == check::no_approval) return false;
        const Approval& approval = subject_.set.approvals[index_of(rule.approval)];
        return std::any_of(approval.needs.begin(), approval.needs.end(),
                           [](const check::Need& need) { return need.approvers; });
    }

    /// There are grants, and each excludes the gate: without any the checker tells (P1522).
    bool nobody_approves(std::uint32_t gate, check::ToolId tool) {
        const Place place{tool, stages_at(subject_, subject_.set.rules[gate], tool)};
        bool any = false;
        for (const check::Role& role : subject_.set.roles) {
            for (const check::Grant& grant : role.grants) {
                if (!subject_.comparisons.take()) return false;
                const auto& tools = subject_.set.target_sets[grant.targets].tools;
                if ((grant.stages & check::stage_bit(3)) == 0) continue;
                if (!std::binary_search(tools.begin(), tools.end(), tool)) continue;
                any = true;
                const Alternatives grants = conditions_.of(grant.when, check::no_node);
                if (!conditions_.refutes(grants, rules_.conditions[gate], place)) return false;
            }
        }
        return any;
    }

    void find_tools_without_grant() {
        std::vector<check::StageMask> granted(subject_.set.tools.size());
        bool any = false;
        for (const check::Role& role : subject_.set.roles) {
            for (const check::Grant& grant : role.grants) {
                any = true;
                const auto& tools = subject_.set.target_sets[grant.targets].tools;
                if (!subject_.comparisons.take(tools.size())) return;
                for (const check::ToolId tool : tools) {
                    granted[index_of(tool)] |= grant.stages;
                }
            }
        }
        if (!any) return;
        const std::map<std::string_view, Span> names = names_of_tools();
        for (std::uint32_t i = 0; i < granted.size(); ++i) {
            const check::Tool& tool = subject_.set.tools[i];
            if ((granted[i] & tool.stages) != 0 || is_blocked(i)) continue;
            subject_.sink.report(
                DiagnosticId::tool_without_grant, names.at(tool.name), {tool.name},
                "a rule allows it, and authority is asked: grant it, `can " + tool.name + "`");
        }
    }

    /// Whether the set says that nobody is to call it.
    bool is_blocked(std::uint32_t tool) const {
        const std::vector<std::uint32_t>& rules = rules_.of_tool[tool];
        return std::none_of(rules.begin(), rules.end(), [&](std::uint32_t i) {
            return subject_.set.rules[i].effect == check::Effect::allow;
        });
    }

    /// Where the set's own text, or a list, names the tools.
    std::map<std::string_view, Span> names_of_tools() const {
        std::map<std::string_view, Span> names;
        for (const ast::File& file : subject_.files) {
            for (const ast::Tool& tool : file.tools) names.emplace(tool.name.text, tool.name.span);
        }
        return names;
    }

    Subject& subject_;
    Conditions& conditions_;
    const RuleTable& rules_;
    std::set<std::string_view> binds_;  // roles that have one
};

}  // namespace

void find_missing_people(Subject& subject, Conditions& conditions, const RuleTable& rules) {
    MissingPeople(subject, conditions, rules).run();
}

}  // namespace proviso::lint
