// See limits.h. Counters that are read stand in counters.cpp.
#include "engine/check/limits.h"

#include <algorithm>
#include <array>

#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/rules.h"
#include "engine/check/targets.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/check/zones.h"
#include "engine/model/calendar.h"

namespace proviso::check {
namespace {

constexpr std::string_view measure_help =
    "what is counted depends on the call alone: read counters in `when` and `unless`";

Aggregate aggregate_of(ast::Aggregate aggregate) {
    switch (aggregate) {
        case ast::Aggregate::count: return Aggregate::count;
        case ast::Aggregate::sum: return Aggregate::sum;
        case ast::Aggregate::distinct: return Aggregate::distinct;
    }
    return Aggregate::count;
}

/// Whether values of the kind can be told apart as keys.
bool is_key(Kind kind) {
    return kind != Kind::list && kind != Kind::record && kind != Kind::opaque;
}

// ---------------------------------------------------------------- periods

CalendarUnit unit_of(std::string_view word) {
    constexpr std::array<std::string_view, 4> words{"day", "week", "month", "quarter"};
    const auto found = std::find(words.begin(), words.end(), word);
    return static_cast<CalendarUnit>(found - words.begin());
}

/// `each UNIT in "ZONE"`; the word is one of the four, or the parser has reported it.
void check_calendar(Context& context, const ast::Period& node, Period& period) {
    period.rolling = false;
    period.unit = unit_of(node.calendar.text);
    if (node.zone) {
        period.zone = find_zone(context, *node.zone).value_or(0);
        return;
    }
    context.report(
        DiagnosticId::period_without_zone, node.span, {node.calendar.text},
        "name a zone: `each " + std::string(node.calendar.text) + " in \"Europe/Berlin\"`");
}

Period check_period(Context& context, const ast::Period& node) {
    Period period;
    period.span = node.span;
    if (!node.rolling) {
        check_calendar(context, node, period);
        return period;
    }
    period.about = node.about;
    period.length_seconds = node.length.seconds;
    if (node.length.seconds <= 0) {
        context.report(DiagnosticId::period_of_nothing, node.length.span, {},
                       "write how far to look back: `over 24h`");
        return period;
    }
    constexpr std::size_t day = 86'400;
    const auto seconds = static_cast<std::size_t>(node.length.seconds);
    within_limit(context, (seconds + day - 1) / day, context.limits.period_days, node.length.span,
                 "a period", "days");
    return period;
}

// ---------------------------------------------------------------- what is counted

TypeId count_type(const Context& context) {
    return scalar(context, Kind::integer);
}

/// The type of a total of these values, or `no_type` with the report.
TypeId sum_type(Context& context, const Typed& value, Span span) {
    const Kind kind = context.kind(value.type);
    if (kind == Kind::money) return money_in(context, context.type(value.type).currency);
    if (kind == Kind::integer || kind == Kind::decimal) return scalar(context, kind);
    context.report(DiagnosticId::cannot_sum, span, {described(context, value.type)},
                   "sum numbers or money, or use `distinct`");
    return model::no_type;
}

TypeId distinct_type(Context& context, const Typed& value, Span span) {
    TypeId type = value.type;
    if (context.kind(type) == Kind::list) type = context.type(type).element;
    if (is_key(context.kind(type))) return count_type(context);
    context.report(DiagnosticId::not_distinct, span, {described(context, value.type)});
    return model::no_type;
}

struct Given {
    ast::Aggregate aggregate = ast::Aggregate::count;
    ast::ExprId value = ast::no_expr;
    ast::Range32 per;
    const ast::Period* period = nullptr;
};

/// A value that is counted, or counted by: one that reads neither the tier nor a counter.
Typed counted_value(Context& context, Scope& scope, ast::ExprId id, Reads& reads) {
    scope.reads = &reads;
    const Typed value = elaborate(context, scope, id);
    scope.reads = nullptr;
    if (!reads.tiers.empty()) {
        context.report(DiagnosticId::tier_as_value, reads.tiers.front().span, {},
                       "compare it in a `when` or `unless`");
        return make_bad(context);
    }
    if (!reads.counters) return value;
    context.report(DiagnosticId::counter_in_measure, scope.file->expr(id).span, {},
                   std::string(measure_help));
    return make_bad(context);
}

TypeId check_amount(Context& context, Scope& scope, const Given& given, Measure& measure) {
    if (given.aggregate == ast::Aggregate::count) return count_type(context);
    Reads reads;
    const Typed value = counted_value(context, scope, given.value, reads);
    if (value.bad()) return model::no_type;
    measure.value = value.node;
    const Span span = scope.file->expr(given.value).span;
    return given.aggregate == ast::Aggregate::sum ? sum_type(context, value, span)
                                                  : distinct_type(context, value, span);
}

/// Whether the agent writes some key is noted in `reads`.
bool check_keys(Context& context, Scope& scope, const Given& given, Measure& measure,
                Reads& reads) {
    bool good = true;
    for (std::uint32_t i = 0; i < given.per.count; ++i) {
        const ast::ExprId id = scope.file->expr_items[given.per.begin + i];
        Reads own;
        const Typed key = counted_value(context, scope, id, own);
        reads.agent = reads.agent || own.agent;
        measure.per.push_back(key.node);
        good = good && !key.bad();
        if (key.bad() || is_key(context.kind(key.type))) continue;
        context.report(DiagnosticId::key_not_scalar, scope.file->expr(id).span,
                       {described(context, key.type)});
        good = false;
    }
    return good;
}

/// All but `where`. The type of the total, or `no_type`.
TypeId check_measure(Context& context, Scope& scope, const Given& given, Measure& measure,
                     Reads& keys) {
    measure.aggregate = aggregate_of(given.aggregate);
    measure.period = check_period(context, *given.period);
    const bool good = check_keys(context, scope, given, measure, keys);
    const TypeId type = check_amount(context, scope, given, measure);
    return good ? type : model::no_type;
}

Scope scope_of(const ast::File& file, const ResolvedTargets& targets) {
    Scope scope;
    scope.file = &file;
    scope.targets = targets.index;
    scope.lenient = targets.doubtful;
    return scope;
}

void refuse_counters(Context& context, const Scope& scope, const Reads& reads, ast::ExprId where) {
    if (!reads.counters || where == ast::no_expr) return;
    context.report(DiagnosticId::counter_in_measure, scope.file->expr(where).span, {},
                   std::string(measure_help));
}

// ---------------------------------------------------------------- counters

NodeId check_counter_where(Context& context, Scope& scope, const ast::Counter& node) {
    if (node.where == ast::no_expr) return no_node;
    Reads reads;
    scope.reads = &reads;
    const Typed where = elaborate_condition(context, scope, node.where);
    scope.reads = nullptr;
    warn_doubts(context, reads);
    refuse_counters(context, scope, reads, node.where);
    if (!reads.tiers.empty()) {
        context.report(DiagnosticId::counter_by_tier, reads.tiers.front().span, {node.name.text},
                       "a higher tier could then loosen what reads the counter");
    }
    return where.node;
}

Counter check_counter(Context& context, const ast::File& file, const ast::Counter& node) {
    Counter counter;
    counter.name = node.name.text;
    counter.doc = node.head.doc;
    counter.span = node.head.span;
    const ResolvedTargets targets = resolve_targets(context, node.on);
    counter.measure.targets = targets.index;
    counter.measure.stages = stage_mask(node.at, execute_stage);
    warn_stages(context, targets.index, counter.measure.stages,
                node.at.empty() ? node.name.span : node.at[0].span);
    Scope scope = scope_of(file, targets);
    Reads keys;
    counter.type =
        check_measure(context, scope, {node.aggregate, node.value, node.per, &node.period},
                      counter.measure, keys);
    counter.measure.where = check_counter_where(context, scope, node);
    if (counter.type == model::no_type) return counter;
    if (context.kind(counter.type) != Kind::money || context.type(counter.type).currency != 0) {
        return counter;
    }
    context.report(DiagnosticId::counter_currency, file.expr(node.value).span, {node.name.text},
                   "fix it with `money in …`, or sum `.amount` where `.currency` is the one");
    counter.type = model::no_type;
    return counter;
}

// ---------------------------------------------------------------- steps

std::string_view described(Effect effect) {
    switch (effect) {
        case Effect::allow: return "an allow";
        case Effect::notify: return "a notify";
        case Effect::gate: return "a gate";
        case Effect::block: return "a block";
    }
    return "";
}

void check_lighter(Context& context, const LimitStep& before, const LimitStep& step) {
    if (step.outcome.effect >= before.outcome.effect) return;
    add_note(context.report(DiagnosticId::step_lighter, step.outcome.span,
                            {described(step.outcome.effect), described(before.outcome.effect)},
                            "a later step has a higher cap and no lighter outcome"),
             before.span, "the step before");
}

/// Caps that are known when the set compiles ascend; of one amount, `>=` comes before `>`.
void check_ascending(Context& context, const LimitStep& before, const LimitStep& step) {
    const Node& low = context.set.node(before.cap);
    const Node& high = context.set.node(step.cap);
    if (currencies_differ(context, low.type, high.type)) {
        (void)two_currencies(context, {before.cap, low.type}, {step.cap, high.type}, high.span);
        return;
    }
    if (low.kind != NodeKind::constant || high.kind != NodeKind::constant) return;
    const auto order = compare_values(context.kind(high.type), low.value, high.value);
    if (order < 0 || (order == 0 && before.inclusive && !step.inclusive)) return;
    add_note(context.report(DiagnosticId::caps_not_ascending, high.span,
                            {context.sources.text(high.span)},
                            "write the steps from the lowest cap to the highest"),
             before.span, "the step before");
}

bool check_step(Context& context, Scope& scope, const ast::LimitStep& node, TypeId total,
                Limit& limit) {
    LimitStep step;
    step.inclusive = node.inclusive;
    step.span = node.span;
    step.outcome = resolve_outcome(context, node.outcome);
    Typed cap = elaborate_value(context, scope, node.cap, total);
    if (!cap.bad() && context.kind(cap.type) == Kind::money && total != model::no_type &&
        context.kind(total) == Kind::integer) {
        context.report(DiagnosticId::type_mismatch, scope.file->expr(node.cap).span,
                       {described(context, total), described(context, cap.type)},
                       "`count` counts calls; what they add up to is `sum args.amount`");
        cap = make_bad(context);
    }
    if (!cap.bad() && total != model::no_type) {
        cap = coerced(context, cap, total, scope.file->expr(node.cap).span);
    }
    step.cap = cap.node;
    limit.steps.push_back(step);
    return !cap.bad();
}

void check_steps(Context& context, Scope& scope, const ast::Limit& node, TypeId total,
                 Limit& limit) {
    bool good = total != model::no_type;
    for (const ast::LimitStep& step : node.steps) {
        good = check_step(context, scope, step, total, limit) && good;
    }
    if (!good) return;
    for (std::size_t i = 1; i < limit.steps.size(); ++i) {
        check_lighter(context, limit.steps[i - 1], limit.steps[i]);
        check_ascending(context, limit.steps[i - 1], limit.steps[i]);
    }
}

// ---------------------------------------------------------------- limits

Limit check_limit(Context& context, const ast::File& file, const ast::Limit& node) {
    Limit limit;
    limit.name = node.name.text;
    limit.doc = node.head.doc;
    limit.span = node.head.span;
    limit.name_span = node.name.span;
    if (node.trial) limit.trial_until = model::parse_date(node.trial->until);
    const ResolvedTargets targets = resolve_targets(context, node.on);
    limit.measure.targets = targets.index;
    limit.measure.stages = stage_mask(node.at, execute_stage);
    warn_stages(context, targets.index, limit.measure.stages,
                node.at.empty() ? node.name.span : node.at[0].span);
    Scope scope = scope_of(file, targets);
    Reads keys;
    const TypeId total = check_measure(
        context, scope, {node.aggregate, node.value, node.per, &node.period}, limit.measure, keys);
    const Conditions where =
        check_conditions(context, scope, node.where, ast::no_expr, TierUse::tightens, "a limit");
    refuse_counters(context, scope, where.reads, node.where);
    limit.measure.where = where.when;
    const Conditions unless =
        check_conditions(context, scope, ast::no_expr, node.unless, TierUse::tightens, "a limit");
    limit.unless = unless.unless;
    context.limit_reads.push_back(
        {!where.reads.tiers.empty() || !unless.reads.tiers.empty(), keys.agent});
    check_steps(context, scope, node, total, limit);
    limit.obligations = check_duties(context, scope, node.obliges);
    const LimitValues values{static_cast<std::uint32_t>(context.set.limits.size()), total};
    if (total != model::no_type) scope.limit = &values;
    limit.because = check_because(context, scope, node.because_parts);
    if (node.fix) limit.fix = node.fix->text;
    return limit;
}

bool takes_any_name(const TargetSet& targets) {
    bool any = false;
    for (const TargetSet::Pattern& pattern : targets.patterns) {
        if (pattern.except) return false;
        any = any || pattern.glob == "*";
    }
    return any;
}

/// Whether every call that `narrow` is about is counted by `wide` as well.
bool counts_all_of(const PolicySet& set, const Measure& wide, const Measure& narrow) {
    if (wide.where != no_node || (narrow.stages & ~wide.stages) != 0) return false;
    if (wide.targets == narrow.targets) return true;
    const TargetSet& all = set.target_sets[wide.targets];
    const TargetSet& some = set.target_sets[narrow.targets];
    if (!some.patterns.empty() && !takes_any_name(all)) return false;
    return std::ranges::includes(all.tools, some.tools);
}

/// A limit whose keys the agent writes holds it to little, unless another one counts the same calls
/// by what the host vouches for.
void warn_of_agents_keys(Context& context) {
    const PolicySet& set = context.set;
    for (std::size_t i = 0; i < set.limits.size(); ++i) {
        if (!context.limit_reads[i].agents_keys) continue;
        bool held = false;
        for (std::size_t j = 0; j < set.limits.size() && !held; ++j) {
            held = !context.limit_reads[j].agents_keys && !set.limits[j].trial_until &&
                   counts_all_of(set, set.limits[j].measure, set.limits[i].measure);
        }
        if (held) continue;
        context.report(DiagnosticId::limit_by_agents_word, set.limits[i].name_span,
                       {set.limits[i].name},
                       "an agent that writes another key has another total: add a limit that "
                       "counts these calls per what the host vouches for alone");
    }
}

}  // namespace

void declare_counters(Context& context) {
    for (const auto& [file, node] : context.counters) {
        // Read by another counter, it is not there yet: counters.cpp says so.
        Counter counter = check_counter(context, *file, *node);
        context.declared_counters.push_back(std::move(counter));
    }
    context.set.counters = std::move(context.declared_counters);
}

void check_limits(Context& context) {
    for (const auto& [file, node] : context.limit_statements) {
        context.set.limits.push_back(check_limit(context, *file, *node));
    }
    warn_of_agents_keys(context);
}

Typed read_limit_value(Context& context, const Scope& scope, bool total, Span span) {
    Node node;
    node.kind = total ? NodeKind::limit_total : NodeKind::limit_cap;
    node.index = scope.limit->index;
    node.span = span;
    return make(context, node, scope.limit->type);
}

}  // namespace proviso::check
