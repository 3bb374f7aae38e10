// The fields of every struct of a program, in the order in which they are saved.
//
// `each_field(object, visit)` calls `visit(field, field, …)`. Saving, loading and the checks that
// hold for every field (enumerators in range, text in UTF-8) are visitors of these lists. Each
// list takes its struct apart by structured binding, so that a new field does not compile until
// it stands here.
//
// Left to the visitor, because their shape depends on a type: `initial` of a slot, `low` and
// `high` of a type, the constants; and the type table, which has an interface of its own.
#pragma once

#include <concepts>
#include <type_traits>

#include "engine/bytecode/opcodes.h"
#include "engine/bytecode/program.h"

namespace proviso::bytecode {

template <class T, class Of>
concept Is = std::same_as<std::remove_const_t<T>, Of>;

/// How many enumerators an enum has whose numbers are checked; 0: a strong id, checked as an index.
template <class E>
inline constexpr std::uint32_t enumerators = 0;
template <auto Last>
inline constexpr std::uint32_t up_to = static_cast<std::uint32_t>(Last) + 1;
template <>
inline constexpr std::uint32_t enumerators<Op> = static_cast<std::uint32_t>(op_count);
template <>
inline constexpr std::uint32_t enumerators<model::Kind> = up_to<model::Kind::opaque>;
template <>
inline constexpr std::uint32_t enumerators<model::MoneyForm> = up_to<model::MoneyForm::fixed>;
template <>
inline constexpr std::uint32_t enumerators<model::State> = up_to<model::State::negative>;
template <>
inline constexpr std::uint32_t enumerators<SlotSource> = up_to<SlotSource::memory>;
template <>
inline constexpr std::uint32_t enumerators<LoopKind> = up_to<LoopKind::sum>;
template <>
inline constexpr std::uint32_t enumerators<AxisKind> = up_to<AxisKind::values>;
template <>
inline constexpr std::uint32_t enumerators<Subject> = up_to<Subject::optional_read>;
template <>
inline constexpr std::uint32_t enumerators<Effect> = up_to<Effect::block>;
template <>
inline constexpr std::uint32_t enumerators<RuleKind> = up_to<RuleKind::limit_step>;
template <>
inline constexpr std::uint32_t enumerators<Aggregate> = up_to<Aggregate::distinct>;
template <>
inline constexpr std::uint32_t enumerators<CalendarUnit> = up_to<CalendarUnit::quarter>;

template <Is<Instruction> T, class V>
void each_field(T& it, V&& visit) {
    auto& [op, flags, extra, a, b, c] = it;
    visit(op, flags, extra, a, b, c);
}
template <Is<Range> T, class V>
void each_field(T& it, V&& visit) {
    auto& [begin, count] = it;
    visit(begin, count);
}
template <Is<Place> T, class V>
void each_field(T& it, V&& visit) {
    auto& [source, begin, end] = it;
    visit(source, begin, end);
}
template <Is<Source> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, text] = it;
    visit(name, text);
}
template <Is<Slot> T, class V>
void each_field(T& it, V&& visit) {
    auto& [path, type, source, is_volatile, initial] = it;
    visit(path, type, source, is_volatile);
}
template <Is<Facts> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, key, fields] = it;
    visit(name, key, fields);
}
template <Is<Argument> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, type, slots, declared] = it;
    visit(name, type, slots, declared);
}
template <Is<Set> T, class V>
void each_field(T& it, V&& visit) {
    auto& [kind, members] = it;
    visit(kind, members);
}
template <Is<Loop> T, class V>
void each_field(T& it, V&& visit) {
    auto& [kind, sum_kind, depth, list, list_constant, variable, body, value, value_constant] = it;
    visit(kind, sum_kind, depth, list, list_constant, variable, body, value, value_constant);
}
template <Is<Shared> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, is_condition, block, value, value_constant, type] = it;
    visit(name, is_condition, block, value, value_constant, type);
}
template <Is<ValueRef> T, class V>
void each_field(T& it, V&& visit) {
    auto& [block, value, constant, type] = it;
    visit(block, value, constant, type);
}
template <Is<NativeCall> T, class V>
void each_field(T& it, V&& visit) {
    auto& [function, arguments] = it;
    visit(function, arguments);
}
template <Is<Axis> T, class V>
void each_field(T& it, V&& visit) {
    auto& [kind, read, value_kind, size, rest, labels, index_of, bounds, inclusive] = it;
    visit(kind, read, value_kind, size, rest, labels, index_of, bounds, inclusive);
}
template <Is<Table> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, axes, cells, type] = it;
    visit(name, axes, cells, type);
}
template <Is<ObligationUse> T, class V>
void each_field(T& it, V&& visit) {
    auto& [obligation, arguments] = it;
    visit(obligation, arguments);
}
template <Is<TextPart> T, class V>
void each_field(T& it, V&& visit) {
    auto& [text, value, is_value] = it;
    visit(text, value, is_value);
}
template <Is<ExplainNode> T, class V>
void each_field(T& it, V&& visit) {
    auto& [place, depth, condition, against, subject, value] = it;
    visit(place, depth, condition, against, subject, value);
}
template <Is<ApprovalNeed> T, class V>
void each_field(T& it, V&& visit) {
    auto& [count, roles, approvers, principal] = it;
    visit(count, roles, approvers, principal);
}
template <Is<Escalation> T, class V>
void each_field(T& it, V&& visit) {
    auto& [role, after_seconds] = it;
    visit(role, after_seconds);
}
template <Is<Excluded> T, class V>
void each_field(T& it, V&& visit) {
    auto& [value, place] = it;
    visit(value, place);
}
template <Is<Approval> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, doc, needs, within_seconds, valid_seconds, escalations, never, place] = it;
    visit(name, doc, needs, within_seconds, valid_seconds, escalations, never, place);
}
template <Is<Rule> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, doc, kind, effect, stages, block, role, approval, within_seconds, on_trial,
           trial_until_day, obligations, because, fix, explain, place, name_place, patterns] = it;
    visit(name, doc, kind, effect, stages, block, role, approval, within_seconds, on_trial,
          trial_until_day, obligations, because, fix, explain, place, name_place, patterns);
}
template <Is<Matrix> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, is_default, axes, first_rule, stages, explain, place, patterns] = it;
    visit(name, is_default, axes, first_rule, stages, explain, place, patterns);
}
template <Is<Raise> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, tier, block, stages, explain, place, patterns] = it;
    visit(name, tier, block, stages, explain, place, patterns);
}
template <Is<Grant> T, class V>
void each_field(T& it, V&& visit) {
    auto& [role, stages, block, explain, place, patterns] = it;
    visit(role, stages, block, explain, place, patterns);
}
template <Is<Period> T, class V>
void each_field(T& it, V&& visit) {
    auto& [rolling, about, length_seconds, unit, zone] = it;
    visit(rolling, about, length_seconds, unit, zone);
}
template <Is<Measure> T, class V>
void each_field(T& it, V&& visit) {
    auto& [aggregate, type, value, where, per, period, stages, explain, patterns] = it;
    visit(aggregate, type, value, where, per, period, stages, explain, patterns);
}
template <Is<LimitStep> T, class V>
void each_field(T& it, V&& visit) {
    auto& [inclusive, cap] = it;
    visit(inclusive, cap);
}
template <Is<Limit> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, measure, unless, steps, first_rule, total, cap, explain, place] = it;
    visit(name, measure, unless, steps, first_rule, total, cap, explain, place);
}
template <Is<Counter> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, measure, place] = it;
    visit(name, measure, place);
}
template <Is<CounterRead> T, class V>
void each_field(T& it, V&& visit) {
    auto& [counter, keys, value, low, high] = it;
    visit(counter, keys, value, low, high);
}
template <Is<PatternSet> T, class V>
void each_field(T& it, V&& visit) {
    auto& [include, except] = it;
    visit(include, except);
}
template <Is<Entry> T, class V>
void each_field(T& it, V&& visit) {
    auto& [block, rule] = it;
    visit(block, rule);
}
template <Is<Case> T, class V>
void each_field(T& it, V&& visit) {
    auto& [key, entries] = it;
    visit(key, entries);
}
template <Is<Switch> T, class V>
void each_field(T& it, V&& visit) {
    auto& [slot, is_text, cases, entries] = it;
    visit(slot, is_text, cases, entries);
}
template <Is<Plan> T, class V>
void each_field(T& it, V&& visit) {
    auto& [allows, restrictions, allow_switches, restriction_switches, default_matrices, matrices,
           raises, grants, limits, counters, reads, granting_roles, reads_tier_set] = it;
    visit(allows, restrictions, allow_switches, restriction_switches, default_matrices, matrices,
          raises, grants, limits, counters, reads, granting_roles, reads_tier_set);
}
template <Is<Tool> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, doc, tiers, stages, has_undo, open_args, arguments, approve_grants, plans] = it;
    visit(name, doc, tiers, stages, has_undo, open_args, arguments, approve_grants, plans);
}
template <Is<Role> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, doc, inherits, bound_ids] = it;
    visit(name, doc, inherits, bound_ids);
}
template <Is<Obligation> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, params] = it;
    visit(name, params);
}
template <Is<Param> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, type, value] = it;
    visit(name, type, value);
}
template <Is<model::Field> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, type] = it;
    visit(name, type);
}
template <Is<model::Zone> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, starts, offsets] = it;
    visit(name, starts, offsets);
}
template <Is<model::MinuteSpan> T, class V>
void each_field(T& it, V&& visit) {
    auto& [begin, end] = it;
    visit(begin, end);
}
template <Is<model::DaySpan> T, class V>
void each_field(T& it, V&& visit) {
    auto& [first, last] = it;
    visit(first, last);
}
template <Is<model::WindowExcept> T, class V>
void each_field(T& it, V&& visit) {
    auto& [window, by_day] = it;
    visit(window, by_day);
}
template <Is<model::WindowTerm> T, class V>
void each_field(T& it, V&& visit) {
    auto& [zone, hours, spill, days, except] = it;
    visit(zone, hours, spill, days, except);
}
template <Is<model::Window> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, terms] = it;
    visit(name, terms);
}
template <Is<model::EnumType> T, class V>
void each_field(T& it, V&& visit) {
    auto& [name, words, ordered] = it;
    visit(name, words, ordered);
}
template <Is<model::Type> T, class V>
void each_field(T& it, V&& visit) {
    auto& [kind, optional, minor, record_open, money_form, enumeration, element, fields,
           money_field, currency, zone, low, high, length_low, length_high, pattern] = it;
    visit(kind, optional, minor, record_open, money_form, enumeration, element, fields, money_field,
          currency, zone, length_low, length_high, pattern);
}

/// All tables but types, constant_types, constants, and the storage behind constants.
template <Is<Program> T, class V>
void each_field(T& it, V&& visit) {
    auto& [policy_name, policy_version, set_hash, types, slots, facts, temporaries, constants,
           constant_types, code, sets, globs, regexes, loops, shared, tables, functions,
           native_calls, zone_data, zones, windows, approvals, rules, matrices, raises, grants,
           explain_nodes, limits, counters, counter_reads, pattern_sets, entries, switches, cases,
           plan_matrices, plan_raises, plan_grants, plan_limits, plan_counters, plan_reads, plans,
           role_sets, tools, catalogue_open, open_arguments, arguments, argument_slots, roles,
           asks_principal, asks_agent, obligations, params, default_rule, sources, texts, lists] =
        it;
    visit(policy_name, policy_version, set_hash, slots, facts, temporaries, code, sets, globs,
          regexes, loops, shared, tables, functions, native_calls, zone_data, zones, windows,
          approvals, rules, matrices, raises, grants, explain_nodes, limits, counters,
          counter_reads, pattern_sets, entries, switches, cases, plan_matrices, plan_raises,
          plan_grants, plan_limits, plan_counters, plan_reads, plans, role_sets, tools,
          catalogue_open, open_arguments, arguments, argument_slots, roles, asks_principal,
          asks_agent, obligations, params, default_rule, sources);
}

}  // namespace proviso::bytecode
