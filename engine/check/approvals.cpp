// See approvals.h.

#include "engine/check/approvals.h"

#include <algorithm>
#include <utility>

#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

bool is_word(const ast::Name& name, std::string_view word) {
    return !name.quoted && name.text == word;
}

/// Roles of a `needs` line, each once, ascending.
std::vector<RoleId> needed_roles(Context& context, const ast::Need& node) {
    std::vector<RoleId> roles;
    for (const ast::Name& name : node.roles) {
        if (is_word(name, "approvers")) {
            context.report(DiagnosticId::approvers_beside_roles, name.span, {},
                           "write a line of its own: `needs 1 of approvers`");
            continue;
        }
        const RoleId role = find_role(context, name);
        if (role != no_role) roles.push_back(role);
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return roles;
}

Need need_of(Context& context, const ast::Need& node) {
    Need need;
    need.span = node.span;
    need.principal = node.principal;
    const auto most = static_cast<std::int64_t>(context.limits.approval_places);
    if (node.count < 1) {
        context.report(DiagnosticId::needs_nobody, node.span, {std::to_string(node.count)},
                       "leave the line out, or ask for one person or more");
    } else if (node.count <= most) {
        need.count = static_cast<std::uint32_t>(node.count);
    } else {
        need.count = static_cast<std::uint32_t>(most) + 1;  // reported with the sum
    }
    need.approvers = node.roles.size() == 1 && is_word(node.roles[0], "approvers");
    if (!need.approvers) need.roles = needed_roles(context, node);
    return need;
}

void check_places(Context& context, const ast::Approval& node, const Approval& approval) {
    std::size_t places = 0;
    for (const Need& need : approval.needs) places += need.count;
    if (places == 0) {
        context.report(DiagnosticId::approval_without_needs, node.name.span, {node.name.text},
                       "say who gives it: `needs 1 of approvers`");
    }
    within_limit(context, places, context.limits.approval_places, node.name.span, "an approval",
                 "places");
}

std::int64_t seconds_of(Context& context, const std::optional<ast::Duration>& written,
                        std::string_view word, std::int64_t otherwise) {
    if (!written) return otherwise;
    if (written->seconds <= 0) {
        context.report(DiagnosticId::no_time_at_all, written->span, {word},
                       "an approval takes some time: `" + std::string(word) + " 4h`");
    }
    return written->seconds;
}

void add_escalations(Context& context, const ast::Approval& node, Approval& approval) {
    within_limit(context, node.escalations.size(), context.limits.approval_places, node.name.span,
                 "an approval", "escalations");
    for (const ast::Escalation& also : node.escalations) {
        Escalation escalation;
        escalation.role = find_role(context, also.role);
        escalation.after_seconds = also.after.seconds;
        escalation.span = also.role.span;
        approval.escalations.push_back(escalation);
        if (also.after.seconds <= approval.within_seconds) continue;
        context.report(DiagnosticId::escalates_too_late, also.after.span,
                       {also.role.text, approval.name}, "add them sooner, or give `within` more");
    }
}

/// Whether the name stands for something that the host tells of any call. Facts are of one thing,
/// which an argument names.
bool is_host_value(const Resolved& resolved) {
    if (resolved.kind == NameKind::builtin) {
        return static_cast<BuiltinSlot>(resolved.index) != BuiltinSlot::agent_confidence;
    }
    return resolved.kind == NameKind::symbol && resolved.symbol->kind == SymbolKind::attribute;
}

bool holds_ids(const Context& context, TypeId type) {
    const model::Type& of = context.type(type);
    if (of.kind == Kind::string) return true;
    return of.kind == Kind::list && context.kind(of.element) == Kind::string;
}

NodeId excluded_by(Context& context, const ast::File& file, const ast::Name& path) {
    Reads reads;
    Scope scope;
    scope.file = &file;
    scope.reads = &reads;
    const Resolved resolved = resolve(context, scope, path.text);
    if (resolved.kind != NameKind::nothing && !is_host_value(resolved)) {
        const bool fact =
            resolved.kind == NameKind::symbol && resolved.symbol->kind == SymbolKind::facts;
        context.report(DiagnosticId::never_of_other, path.span, {path.text},
                       fact ? "facts are of what an arg names: have the host send an attribute"
                            : "name an attribute that holds ids of people");
        return no_node;
    }
    ast::Expr expr;
    expr.kind = ast::ExprKind::path;
    expr.text = path.text;
    expr.span = path.span;
    const Typed value = elaborate_path(context, scope, expr, model::no_type);
    if (value.bad()) return no_node;
    if (!holds_ids(context, value.type)) {
        context.report(DiagnosticId::type_mismatch, path.span,
                       {"a string or a list of strings", described(context, value.type)},
                       "`never` excludes people by their ids");
        return no_node;
    }
    return value.node;
}

Approval approval_of(Context& context, const ast::File& file, const ast::Approval& node) {
    Approval approval;
    approval.name = node.name.text;
    approval.doc = node.head.doc;
    approval.span = node.head.span;
    approval.within_seconds = seconds_of(context, node.within, "within", approval.within_seconds);
    approval.valid_seconds = seconds_of(context, node.valid, "valid", approval.valid_seconds);
    for (const ast::Need& need : node.needs) approval.needs.push_back(need_of(context, need));
    check_places(context, node, approval);
    add_escalations(context, node, approval);
    within_limit(context, node.never.size(), context.limits.approval_places, node.name.span,
                 "an approval", "paths of `never`");
    for (const ast::Name& path : node.never) {
        const NodeId value = excluded_by(context, file, path);
        if (value != no_node) approval.never.push_back(value);
    }
    return approval;
}

// ---------------------------------------------------------------- warnings

/// Which roles may approve a tool, of the whole set.
class Approvers {
  public:
    explicit Approvers(const PolicySet& set) : set_(set), tools_(set.tools.size()) {
        for (std::uint32_t role = 0; role < set.roles.size(); ++role) {
            for (const Grant& grant : set.roles[role].grants) {
                if ((grant.stages & stage_bit(3)) != 0) add(role, set.target_sets[grant.targets]);
            }
        }
    }
    [[nodiscard]] bool any() const { return any_; }
    [[nodiscard]] bool anybody(ToolId tool) const { return !tools_[index_of(tool)].empty(); }
    /// Whether the role, or one that it extends, may approve the tool.
    [[nodiscard]] bool can(RoleId role, ToolId tool) const {
        const std::vector<RoleId>& granted = tools_[index_of(tool)];
        const std::vector<RoleId>& held = set_.role(role).inherits;
        return std::any_of(granted.begin(), granted.end(), [&](RoleId one) {
            return std::binary_search(held.begin(), held.end(), one);
        });
    }

  private:
    void add(std::uint32_t role, const TargetSet& targets) {
        any_ = true;
        for (const ToolId tool : targets.tools) tools_[index_of(tool)].push_back(RoleId{role});
    }

    const PolicySet& set_;
    std::vector<std::vector<RoleId>> tools_;
    bool any_ = false;
};

/// A gate, for messages: what opens it, and the tools that it may hold.
struct GateUse {
    std::string_view name;
    Span span;
    RoleId role = no_role;
    ApprovalId approval = no_approval;
    const TargetSet* targets = nullptr;
    bool holds_each = true;  // each of the tools; false: a cell may be for some of them
};

/// Tools outside the catalogue are not known, so what holds for all tools cannot be told.
bool tells_all(const TargetSet& targets) {
    return targets.patterns.empty() && !targets.tools.empty();
}

void warn_nobody(Context& context, const Approvers& approvers, const GateUse& gate) {
    const Approval& approval = context.set.approvals[index_of(gate.approval)];
    const bool asks = std::any_of(approval.needs.begin(), approval.needs.end(),
                                  [](const Need& need) { return need.approvers; });
    const std::vector<ToolId>& tools = gate.targets->tools;
    const auto nobody = [&](ToolId tool) { return !approvers.anybody(tool); };
    const auto found = std::find_if(tools.begin(), tools.end(), nobody);
    if (!asks || found == tools.end()) return;
    if (!gate.holds_each && !std::all_of(tools.begin(), tools.end(), nobody)) return;
    add_note(
        context.report(
            DiagnosticId::nobody_approves, gate.span, {gate.name, context.set.tool(*found).name},
            "grant it: `role NAME { can approve: " + context.set.tool(*found).name + " }`"),
        approval.span, "any role that can approve the tool is asked here");
}

void warn_role(Context& context, const Approvers& approvers, const GateUse& gate, RoleId role) {
    const std::vector<ToolId>& tools = gate.targets->tools;
    if (!approvers.any() || std::any_of(tools.begin(), tools.end(),
                                        [&](ToolId tool) { return approvers.can(role, tool); })) {
        return;
    }
    context.report(DiagnosticId::approver_without_grant, gate.span,
                   {gate.name, context.set.role(role).name},
                   "grant it `can approve: …`, or ask for `approvers`");
}

void warn_gate(Context& context, const Approvers& approvers, const GateUse& gate) {
    if (!tells_all(*gate.targets)) return;
    if (gate.role != no_role) warn_role(context, approvers, gate, gate.role);
    if (gate.approval == no_approval) return;
    warn_nobody(context, approvers, gate);
    for (const Need& need : context.set.approvals[index_of(gate.approval)].needs) {
        for (const RoleId role : need.roles) warn_role(context, approvers, gate, role);
    }
}

/// Outcomes of one statement: who is asked in several of them is told of once.
void warn_outcomes(Context& context, const Approvers& approvers, GateUse gate,
                   const std::vector<Outcome>& outcomes) {
    std::vector<std::pair<RoleId, ApprovalId>> asked;
    for (const Outcome& outcome : outcomes) {
        if (outcome.effect != Effect::gate) continue;
        const std::pair by{outcome.role, outcome.approval};
        if (std::find(asked.begin(), asked.end(), by) != asked.end()) continue;
        asked.push_back(by);
        gate.span = outcome.span;
        gate.role = outcome.role;
        gate.approval = outcome.approval;
        warn_gate(context, approvers, gate);
    }
}

/// One place that only one person may fill, wanted more than once.
void warn_second_principal(Context& context, std::size_t index) {
    const Approval& approval = context.set.approvals[index];
    std::uint32_t places = 0;
    for (const Need& need : approval.needs) places += need.principal ? need.count : 0;
    if (places < 2) return;
    context.report(DiagnosticId::one_principal, context.approvals[index].node->name.span,
                   {approval.name, std::to_string(places)}, "ask for `needs principal` once");
}

}  // namespace

Gatekeeper find_gatekeeper(Context& context, const ast::Name& name) {
    const Symbol* symbol = find_symbol(context, name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::role) {
        return {RoleId{symbol->index}, no_approval};
    }
    if (symbol != nullptr && symbol->kind == SymbolKind::approval) {
        return {no_role, ApprovalId{symbol->index}};
    }
    if (symbol != nullptr) {
        report_wrong_name(context, name, SymbolKind::role, "an approval or a role");
    } else if (!is_lost(context, name.text)) {
        std::vector<std::string_view> names = names_of(context, SymbolKind::approval);
        for (const std::string_view role : names_of(context, SymbolKind::role)) {
            names.push_back(role);
        }
        context.report(DiagnosticId::unknown_name, name.span, {"approval or role", name.text},
                       suggestion(context, name.text, names));
    }
    return {};
}

void declare_approvals(Context& context) {
    for (const auto& [file, node] : context.approvals) {
        context.set.approvals.push_back(approval_of(context, *file, *node));
    }
}

void warn_approvals(Context& context) {
    const PolicySet& set = context.set;
    const Approvers approvers(set);
    for (std::size_t i = 0; i < set.approvals.size(); ++i) warn_second_principal(context, i);
    for (const Rule& rule : set.rules) {
        if (rule.effect != Effect::gate) continue;
        warn_gate(context, approvers,
                  {rule.name, rule.name_span, rule.role, rule.approval,
                   &set.target_sets[rule.targets], true});
    }
    for (const Matrix& matrix : set.matrices) {
        GateUse cell{.name = matrix.name, .targets = &set.target_sets[matrix.targets]};
        cell.holds_each = false;
        warn_outcomes(context, approvers, cell, matrix.cells);
    }
    for (const Limit& limit : set.limits) {
        std::vector<Outcome> outcomes;
        for (const LimitStep& step : limit.steps) outcomes.push_back(step.outcome);
        const GateUse step{.name = limit.name, .targets = &set.target_sets[limit.measure.targets]};
        warn_outcomes(context, approvers, step, outcomes);
    }
}

}  // namespace proviso::check
