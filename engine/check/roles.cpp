// See roles.h.

#include "engine/check/roles.h"

#include <algorithm>

#include "engine/check/approvals.h"
#include "engine/check/conditions.h"
#include "engine/check/data.h"
#include "engine/check/graph.h"
#include "engine/check/names.h"
#include "engine/check/targets.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

constexpr std::int64_t review_seconds = 24 * 60 * 60;

std::vector<std::vector<std::uint32_t>> parents_of(Context& context) {
    std::vector<std::vector<std::uint32_t>> parents(context.roles.size());
    for (std::size_t i = 0; i < parents.size(); ++i) {
        for (const ast::Name& name : context.roles[i].node->extends) {
            const RoleId parent = find_role(context, name);
            if (parent != no_role) parents[i].push_back(index_of(parent));
        }
    }
    return parents;
}

void report_role_cycle(Context& context, const std::vector<std::uint32_t>& cycle) {
    std::string path;
    for (const std::uint32_t member : cycle) {
        path += std::string(context.roles[member].node->name.text) + " → ";
    }
    const ast::Name& first = context.roles[cycle.front()].node->name;
    context.report(DiagnosticId::role_cycle, first.span, {path + std::string(first.text)},
                   "a role cannot extend itself");
}

/// Ancestors and depth of a role whose parents have theirs.
void inherit(Context& context, std::uint32_t role, const std::vector<std::uint32_t>& parents,
             std::vector<std::size_t>& depths) {
    std::vector<RoleId>& inherits = context.set.roles[role].inherits;
    inherits.push_back(RoleId{role});
    std::size_t depth = 1;
    for (const std::uint32_t parent : parents) {
        depth = std::max(depth, depths[parent] + 1);
        const std::vector<RoleId>& others = context.set.roles[parent].inherits;
        inherits.insert(inherits.end(), others.begin(), others.end());
        std::sort(inherits.begin(), inherits.end());
        inherits.erase(std::unique(inherits.begin(), inherits.end()), inherits.end());
    }
    depths[role] = depth;
    // Only the first role past the limit is told.
    if (depth != context.limits.role_depth + 1) return;
    context.report(DiagnosticId::too_many, context.roles[role].node->name.span,
                   {"a chain of `extends`", std::to_string(context.limits.role_depth), "roles"});
}

Grant grant_of(Context& context, const ast::File& file, const ast::Can& can) {
    Grant grant;
    grant.span = can.span;
    grant.stages = stage_mask(can.stages, all_stages & ~stage_bit(3));
    const ResolvedTargets targets = resolve_targets(context, can.targets);
    grant.targets = targets.index;
    // Approvers need no stage of the tool.
    const bool approves = (grant.stages & stage_bit(3)) != 0;
    if (!approves) warn_stages(context, targets.index, grant.stages, can.span);
    Scope scope;
    scope.file = &file;
    scope.targets = targets.index;
    scope.lenient = targets.doubtful;
    grant.when =
        check_conditions(context, scope, can.when, ast::no_expr, TierUse::loosens, "a grant").when;
    return grant;
}

std::string_view first_help() {
    return "say `authority of principal` or `authority of agent`";
}

}  // namespace

RoleId find_role(Context& context, const ast::Name& name) {
    const Symbol* symbol = find_symbol(context, name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::role) return RoleId{symbol->index};
    report_wrong_name(context, name, SymbolKind::role, "a role");
    return no_role;
}

void declare_roles(Context& context) {
    for (const auto& [file, node] : context.roles) {
        Role role;
        role.name = node->name.text;
        role.doc = node->head.doc;
        role.span = node->head.span;
        context.set.roles.push_back(std::move(role));
    }
    const std::vector<std::vector<std::uint32_t>> parents = parents_of(context);
    const UseOrder order = order_by_use(parents);
    for (const auto& cycle : order.cycles) report_role_cycle(context, cycle);
    std::vector<std::size_t> depths(parents.size(), 0);
    for (const std::uint32_t role : order.order) inherit(context, role, parents[role], depths);
}

void check_grants(Context& context) {
    for (std::size_t i = 0; i < context.roles.size(); ++i) {
        const auto& [file, node] = context.roles[i];
        for (const ast::Can& can : node->grants) {
            const Grant grant = grant_of(context, *file, can);
            context.set.roles[i].grants.push_back(grant);
        }
    }
}

namespace {

void bind_data(Context& context, const ast::Name& name, std::vector<std::string>& ids) {
    const Typed data = named_data(context, name);
    if (data.bad()) return;
    const bool list = context.kind(data.type) == Kind::list;
    if (!list || context.kind(context.type(data.type).element) != Kind::string) {
        context.report(DiagnosticId::type_mismatch, name.span,
                       {"a list of strings", described(context, data.type)},
                       "declare it `[string]`, or name such a field of it");
        return;
    }
    const Value& value = context.set.node(data.node).value;
    for (std::uint32_t i = 0; value.known() && i < value.extra; ++i) {
        if (value.elements[i].known()) ids.emplace_back(value.elements[i].view());
    }
}

}  // namespace

void check_binds(Context& context) {
    for (const auto& [file, node] : context.binds) {
        const RoleId role = find_role(context, node->role);
        if (role == no_role) continue;
        std::vector<std::string>& ids = context.set.roles[index_of(role)].bound_ids;
        for (const ast::Text& id : node->ids) ids.emplace_back(id.text);
        if (node->data) bind_data(context, *node->data, ids);
    }
    for (Role& role : context.set.roles) {
        std::sort(role.bound_ids.begin(), role.bound_ids.end());
        role.bound_ids.erase(std::unique(role.bound_ids.begin(), role.bound_ids.end()),
                             role.bound_ids.end());
    }
}

void check_authority(Context& context) {
    const ast::Authority* first = nullptr;
    for (const auto& [file, node] : context.authorities) {
        if (first != nullptr) {
            add_note(context.report(
                         DiagnosticId::second_authority, node->head.keyword, {},
                         "name all parties in one statement: `authority of principal, agent`"),
                     first->head.keyword, "first said here");
            continue;
        }
        first = node;
        for (const ast::Name& party : node->parties) {
            const Party value = party.text == "agent" ? Party::agent : Party::principal;
            context.set.authority.push_back(value);
        }
    }
    std::vector<Party>& parties = context.set.authority;
    std::sort(parties.begin(), parties.end());
    parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
    const Role* granting = nullptr;
    for (const Role& role : context.set.roles) {
        if (granting == nullptr && !role.grants.empty()) granting = &role;
    }
    if (granting != nullptr && first == nullptr && !is_lost(context, "authority")) {
        context.report(DiagnosticId::grant_without_authority, granting->grants.front().span, {},
                       std::string(first_help()));
    }
    if (granting == nullptr && first != nullptr && context.lost_words.empty()) {
        context.report(DiagnosticId::authority_without_grant, first->head.keyword, {},
                       "grant tools with `role NAME { can … }`");
    }
}

Outcome resolve_outcome(Context& context, const ast::Outcome& outcome) {
    Outcome result;
    result.span = outcome.span;
    switch (outcome.effect) {
        case ast::Effect::allow: result.effect = Effect::allow; break;
        case ast::Effect::block: result.effect = Effect::block; break;
        case ast::Effect::notify:
            result.effect = Effect::notify;
            result.role = find_role(context, outcome.who);
            result.within_seconds = outcome.within ? outcome.within->seconds : review_seconds;
            break;
        case ast::Effect::gate: {
            result.effect = Effect::gate;
            const Gatekeeper keeper = find_gatekeeper(context, outcome.who);
            result.role = keeper.role;
            result.approval = keeper.approval;
            break;
        }
    }
    return result;
}

}  // namespace proviso::check
