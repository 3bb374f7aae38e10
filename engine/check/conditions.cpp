// See conditions.h.
//
// A raise may only tighten (law 3), and where its condition is unknown the tier is one of several.
// So a comparison of `tier` has to go one way: a restriction may grow with the tier, an allow may
// shrink. Every `not` and `unless` around it turns the way.

#include "engine/check/conditions.h"

#include <algorithm>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

std::int8_t direction_of(CompareOp op) {
    switch (op) {
        case CompareOp::greater:
        case CompareOp::greater_equal: return 1;
        case CompareOp::less:
        case CompareOp::less_equal: return -1;
        case CompareOp::equal:
        case CompareOp::not_equal: return 0;
    }
    return 0;
}

std::string tier_help(TierUse use, std::int8_t polarity, bool through_let) {
    switch (use) {
        case TierUse::never: return "a raise must not depend on what raises do";
        case TierUse::loosens:
        case TierUse::tightens: break;
    }
    if (through_let) return "a higher tier must only tighten: compare it the other way";
    if (polarity == 0) return "compare `tier` in a condition of its own, beside `and` or `or`";
    const bool upward = (use == TierUse::tightens) == (polarity > 0);
    return upward ? "use `>` or `>=` here, so that a higher tier only tightens"
                  : "use `<` or `<=` here, so that a higher tier only tightens";
}

void check_tier_reads(Context& context, const Reads& reads, TierUse use,
                      std::string_view statement) {
    for (const TierRead& read : reads.tiers) {
        const int way = use == TierUse::tightens ? 1 : -1;
        if (use != TierUse::never && read.direction * read.polarity == way) continue;
        const bool through_let = !(read.origin == Span{});
        std::string help = tier_help(use, read.polarity, through_let);
        grammar::Diagnostic& diagnostic =
            use == TierUse::never
                ? context.report(DiagnosticId::tier_in_raise, read.span, {}, std::move(help))
                : context.report(DiagnosticId::tier_direction, read.span, {statement},
                                 std::move(help));
        if (through_let) add_note(diagnostic, read.origin, "compared here");
    }
}

bool mentions(const std::vector<std::string_view>& paths, std::string_view path) {
    return !path.empty() && std::find(paths.begin(), paths.end(), path) != paths.end();
}

void warn_constant(Context& context, const Conditions& conditions) {
    const auto is_bool = [&](NodeId id, bool value) {
        if (id == no_node) return false;
        const Node& node = context.set.node(id);
        return node.kind == NodeKind::constant && node.value.known() &&
               (node.value.integer != 0) == value;
    };
    if (is_bool(conditions.when, false)) {
        context.report(DiagnosticId::never_matches, context.set.node(conditions.when).span);
    }
    if (is_bool(conditions.unless, true)) {
        context.report(DiagnosticId::never_matches, context.set.node(conditions.unless).span);
    }
}

}  // namespace

Conditions check_conditions(Context& context, Scope& scope, ast::ExprId when, ast::ExprId unless,
                            TierUse use, std::string_view statement) {
    Conditions result;
    scope.reads = &result.reads;
    if (when != ast::no_expr) {
        const Typed typed = elaborate_condition(context, scope, when);
        result.bad = result.bad || typed.bad();
        result.when = typed.node;
    }
    if (unless != ast::no_expr) {
        const PolarityGuard guard(scope, -1);
        const Typed typed = elaborate_condition(context, scope, unless);
        result.bad = result.bad || typed.bad();
        result.unless = typed.node;
    }
    scope.reads = nullptr;
    check_tier_reads(context, result.reads, use, statement);
    warn_doubts(context, result.reads);
    if (!result.bad) warn_constant(context, result);
    return result;
}

Typed elaborate_value(Context& context, Scope& scope, ast::ExprId id, TypeId expected) {
    Reads reads;
    scope.reads = &reads;
    const Typed value = elaborate(context, scope, id, expected);
    scope.reads = nullptr;
    warn_doubts(context, reads);
    if (reads.tiers.empty()) return value;
    context.report(DiagnosticId::tier_as_value, reads.tiers.front().span, {},
                   "compare it in a `when` or `unless`");
    return make_bad(context);
}

bool is_tier(const Scope& scope, ast::ExprId id) {
    const ast::Expr& expr = scope.file->expr(id);
    return expr.kind == ast::ExprKind::path && expr.text == "tier";
}

Typed elaborate_tier_test(Context& context, Scope& scope, const ast::Expr& expr, ast::ExprId other,
                          CompareOp op) {
    if (scope.reads != nullptr) {
        scope.reads->tiers.push_back({expr.span, {}, scope.polarity, direction_of(op)});
    }
    read_host(scope);
    const TypeId type = enum_type(context, model::tier_enum);
    const Typed tier = elaborate(context, scope, other, type);
    if (tier.bad()) return tier;
    const Span span = scope.file->expr(other).span;
    const Typed same = coerced(context, tier, type, span);
    if (same.bad()) return same;
    if (!is_constant(context, same)) {
        context.report(DiagnosticId::tier_not_constant, span, {},
                       "write one of the tiers, or a param");
        return make_bad(context);
    }
    Node node;
    node.kind = NodeKind::tier_test;
    node.op = op;
    node.b = same.node;
    node.span = expr.span;
    return make_bool(context, node);
}

void warn_doubts(Context& context, const Reads& reads) {
    for (const Doubt& doubt : reads.maybe_empty) {
        if (mentions(reads.lengths, doubt.path)) continue;
        context.report(DiagnosticId::all_of_nothing, doubt.span, {},
                       "of an empty list `all` is true: test `length(…) > 0` beside it");
    }
    for (const Doubt& doubt : reads.any_currency) {
        if (mentions(reads.currencies, doubt.path)) continue;
        context.report(DiagnosticId::currency_unknown, doubt.span, {},
                       "two currencies compare as unknown: fix it with `money in …`, or test "
                       "`.currency`");
    }
}

void report_deep_quantifier(Context& context, Span span) {
    context.report(DiagnosticId::quantifiers_too_deep, span, {},
                   "`any`, `all`, `count` and `sum` nest at most twice");
}

}  // namespace proviso::check
