// See rules.h.

#include "engine/check/rules.h"

#include <algorithm>

#include "engine/check/approvals.h"
#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/habits.h"
#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/targets.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/model/calendar.h"

namespace proviso::check {
namespace {

Effect effect_of(ast::Effect effect) {
    switch (effect) {
        case ast::Effect::allow: return Effect::allow;
        case ast::Effect::notify: return Effect::notify;
        case ast::Effect::gate: return Effect::gate;
        case ast::Effect::block: return Effect::block;
    }
    return Effect::block;
}

std::string_view described(Effect effect) {
    switch (effect) {
        case Effect::allow: return "an allow";
        case Effect::notify: return "a notify";
        case Effect::gate: return "a gate";
        case Effect::block: return "a block";
    }
    return "";
}

StageMask default_stages(Effect effect) {
    const bool deed = effect == Effect::notify || effect == Effect::gate;
    return deed ? execute_stage : all_stages;
}

/// One argument of a duty; a bad type of the obligation is no news here.
Typed duty_argument(Context& context, Scope& scope, ast::ExprId id, TypeId wanted) {
    const Typed value = elaborate_value(context, scope, id, wanted);
    if (value.bad() || wanted == model::no_type) return make_bad(context);
    return coerced(context, value, wanted, scope.file->expr(id).span);
}

std::optional<ObligationUse> check_duty(Context& context, Scope& scope, const ast::Oblige& oblige) {
    const Symbol* symbol = find_symbol(context, oblige.name.text);
    if (symbol == nullptr || symbol->kind != SymbolKind::obligation) {
        report_wrong_name(context, oblige.name, SymbolKind::obligation, "an obligation");
        return std::nullopt;
    }
    const std::size_t wanted = context.set.obligations[symbol->index].params.size();
    if (oblige.arguments.count != wanted) {
        context.report(DiagnosticId::argument_count, oblige.span,
                       {oblige.name.text, counted(wanted, "argument"),
                        std::to_string(oblige.arguments.count)});
        return std::nullopt;
    }
    ObligationUse use;
    use.obligation = ObligationId{symbol->index};
    use.span = oblige.span;
    for (std::uint32_t i = 0; i < oblige.arguments.count; ++i) {
        const ast::ExprId id = scope.file->expr_items[oblige.arguments.begin + i];
        const TypeId type = context.set.obligations[symbol->index].params[i].type;
        use.arguments.push_back(duty_argument(context, scope, id, type).node);
    }
    return use;
}

}  // namespace

std::vector<ObligationUse> check_duties(Context& context, Scope& scope,
                                        const std::vector<ast::Oblige>& obliges) {
    std::vector<ObligationUse> uses;
    for (const ast::Oblige& oblige : obliges) {
        if (auto use = check_duty(context, scope, oblige)) uses.push_back(std::move(*use));
    }
    return uses;
}

std::vector<TextPart> check_because(Context& context, Scope& scope, ast::Range32 parts) {
    std::vector<TextPart> result;
    for (std::uint32_t i = 0; i < parts.count; ++i) {
        const ast::TextPart& part = scope.file->text_parts[parts.begin + i];
        TextPart made;
        made.text = part.text;
        if (part.expr != ast::no_expr) {
            made.node = elaborate_value(context, scope, part.expr).node;
        }
        result.push_back(std::move(made));
    }
    return result;
}

namespace {

void check_people(Context& context, const ast::Rule& node, Rule& rule) {
    if (node.by) {
        const Gatekeeper keeper = find_gatekeeper(context, *node.by);
        rule.role = keeper.role;
        rule.approval = keeper.approval;
    }
    if (!node.tell) return;
    rule.role = find_role(context, *node.tell);
    if (node.within) {
        rule.within_seconds = node.within->seconds;
        return;
    }
    context.report(DiagnosticId::tell_without_within, node.tell->span, {node.tell->text},
                   "say until when: `tell " + std::string(node.tell->text) + " within 24h`");
}

Rule check_rule(Context& context, const ast::File& file, const ast::Rule& node, RuleReads& reads) {
    Rule rule;
    rule.effect = effect_of(node.effect);
    rule.name = node.name.text;
    rule.doc = node.head.doc;
    rule.span = node.head.span;
    rule.name_span = node.name.span;
    rule.stages = stage_mask(node.at, default_stages(rule.effect));
    if (node.trial) rule.trial_until = model::parse_date(node.trial->until);
    const ResolvedTargets targets = resolve_targets(context, node.on);
    rule.targets = targets.index;
    warn_stages(context, targets.index, rule.stages,
                node.at.empty() ? node.name.span : node.at[0].span);
    Scope scope;
    scope.file = &file;
    scope.targets = targets.index;
    scope.lenient = targets.doubtful;
    const bool opens = rule.effect == Effect::allow;
    const Conditions conditions =
        check_conditions(context, scope, node.when, node.unless,
                         opens ? TierUse::loosens : TierUse::tightens, described(rule.effect));
    rule.when = conditions.when;
    rule.unless = conditions.unless;
    reads = {conditions.reads.agent, conditions.reads.host, !conditions.reads.tiers.empty()};
    check_people(context, node, rule);
    rule.obligations = check_duties(context, scope, node.obliges);
    rule.because = check_because(context, scope, node.because_parts);
    if (node.fix) rule.fix = node.fix->text;
    return rule;
}

Raise check_raise(Context& context, const ast::File& file, const ast::Raise& node) {
    Raise raise;
    raise.name = node.name.text;
    raise.span = node.head.span;
    raise.stages = stage_mask(node.at, all_stages);
    const ResolvedTargets targets = resolve_targets(context, node.on);
    raise.targets = targets.index;
    if (!node.at.empty()) warn_stages(context, targets.index, raise.stages, node.at[0].span);
    Scope scope;
    scope.file = &file;
    scope.targets = targets.index;
    scope.lenient = targets.doubtful;
    const Conditions conditions =
        check_conditions(context, scope, node.when, node.unless, TierUse::never, "a raise");
    raise.when = conditions.when;
    raise.unless = conditions.unless;
    const std::vector<std::string>& tiers = context.set.types.enumeration(model::tier_enum).words;
    const auto found = std::find(tiers.begin(), tiers.end(), node.to.text);
    if (found == tiers.end()) {
        std::string help = suggestion(context, node.to.text, {tiers.begin(), tiers.end()});
        if (help.empty()) help = tiers_listed(context);
        context.report(DiagnosticId::unknown_name, node.to.span, {"tier", node.to.text},
                       std::move(help));
        return raise;
    }
    raise.tier = static_cast<std::uint32_t>(found - tiers.begin());
    return raise;
}

}  // namespace

void check_rules(Context& context) {
    const std::size_t count =
        context.rules.size() + context.matrices.size() + context.limit_statements.size();
    if (count > context.limits.rules) {
        const Span span = !context.rules.empty() ? context.rules.back().node->name.span
                          : !context.matrices.empty()
                              ? context.matrices.back().node->name.span
                              : context.limit_statements.back().node->name.span;
        within_limit(context, count, context.limits.rules, span, "a set", "rules");
    }
    context.set.rules.reserve(context.rules.size());
    for (const auto& [file, node] : context.rules) {
        RuleReads reads;
        context.set.rules.push_back(check_rule(context, *file, *node, reads));
        context.rule_reads.push_back(reads);
    }
}

void check_raises(Context& context) {
    for (const auto& [file, node] : context.raises) {
        context.set.raises.push_back(check_raise(context, *file, *node));
    }
}

void check_default(Context& context) {
    const ast::Default* first = nullptr;
    for (const auto& [file, node] : context.defaults) {
        if (first != nullptr) {
            add_note(context.report(DiagnosticId::second_default, node->head.keyword, {},
                                    "a set has one default; a default matrix may say more"),
                     first->head.keyword, "first said here");
            continue;
        }
        first = node;
        context.set.default_outcome = resolve_outcome(context, node->outcome);
        context.set.default_span = node->head.span;
    }
}

}  // namespace proviso::check
