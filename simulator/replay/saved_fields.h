// The fields of every struct that a run's state is made of, for a checkpoint
// (engine/model/archive.h tells how they are read). A field that is new does not compile until it
// stands here.
//
// Covered by tests/unit/simulator/checkpoint_test.cpp.
#pragma once

#include <concepts>
#include <type_traits>

#include "engine/snapshot.h"
#include "simulator/replay/tally.h"
#include "simulator/replay/worker.h"

namespace proviso {

template <class It, class Of>
concept SavedAs = std::same_as<std::remove_const_t<It>, Of>;

template <SavedAs<Missing> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [name, cause] = it;
    visit(name, cause);
}

namespace observed {

template <SavedAs<AskedPeople> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [count, roles, principal] = it;
    visit(count, roles, principal);
}
template <SavedAs<AddedRole> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [role, after_seconds] = it;
    visit(role, after_seconds);
}

}  // namespace observed

namespace simulator {

template <SavedAs<Counts> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [outcomes, unknown] = it;
    visit(outcomes, unknown);
}
template <SavedAs<VerdictCounts> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [verdicts] = it;
    visit(verdicts);
}
template <SavedAs<ToolRow> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [name, declared, counts] = it;
    visit(name, declared, counts);
}
template <SavedAs<RuleTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [hits, unsure, decisive, trial_hits, trial_tighter, sole, verdicts] = it;
    visit(hits, unsure, decisive, trial_hits, trial_tighter, sole, verdicts);
}
template <SavedAs<Recorded> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [calls, same, tighter, looser, unreadable, table, unknown_words] = it;
    visit(calls, same, tighter, looser, unreadable, table);
}
template <SavedAs<WordTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [count] = it;
    visit(count);
}
template <SavedAs<HumanVerdicts> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [calls, unreadable, table] = it;
    visit(calls, unreadable, table);
}

template <SavedAs<TimeTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [early, late, unreadable] = it;
    visit(early, late, unreadable);
}

// ---------------------------------------------------------------- samples

template <SavedAs<SampleRule> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [name, because, sure] = it;
    visit(name, because, sure);
}
template <SavedAs<Sample> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [file, line, id, tool, args, outcome, reason, unknown, rules, detail, missing, call] = it;
    visit(file, line, id, tool, args, outcome, reason, unknown, rules, detail, missing, call);
}
template <SavedAs<KeyedSample> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [key, place, sample] = it;
    visit(key, place, sample);
}
template <SavedAs<ChangedCall> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [chosen, amount, before, after] = it;
    visit(chosen, amount, before, after);
}
template <SavedAs<BadLine> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [file, line, reason, call] = it;
    visit(file, line, reason, call);
}
template <SavedAs<PinFound> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [pin, outcome, file, line, call] = it;
    visit(pin, outcome, file, line, call);
}
template <SavedAs<OddTime> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [place, raw, read_as] = it;
    visit(place, raw, read_as);
}
template <SavedAs<GateCall> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [file, line, call, id] = it;
    visit(file, line, call, id);
}
template <SavedAs<InputRow> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [path, bytes, lines, calls, error] = it;
    visit(path, bytes, lines, calls, error);
}

// ---------------------------------------------------------------- the comparison

template <SavedAs<MoneyTally::Cells> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [sums, calls, newly_allowed, newly_allowed_calls] = it;
    visit(sums, calls, newly_allowed, newly_allowed_calls);
}
template <SavedAs<MoneyTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [currencies] = it;
    visit(currencies);
}
template <SavedAs<AmountTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [calls, without] = it;
    visit(calls, without);
}
/// What the tally leaves empty for the report stays out of it.
template <SavedAs<Comparison> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [name, version, hash, params, changed_rules, changed_statements, beside, recorded,
           as_recorded, table, intents, money, amounts, changes, newly_allowed, newly_blocked,
           rules, seed, samples] = it;
    visit(recorded, as_recorded, table, changes, newly_allowed, newly_blocked);
}
template <SavedAs<ComparisonTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [sums, causes, intents, unkeyed, money, amounts, baseline_hits] = it;
    visit(sums, causes, intents, unkeyed, money, amounts, baseline_hits);
}

// ---------------------------------------------------------------- figures

template <SavedAs<DayTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [policy, baseline] = it;
    visit(policy, baseline);
}
template <SavedAs<OutcomeSums> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [sums, calls] = it;
    visit(sums, calls);
}
template <SavedAs<WorkflowTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [policy, baseline, verdicts, escalated, escalation_told, cycle, money] = it;
    visit(policy, baseline, verdicts, escalated, escalation_told, cycle, money);
}
template <SavedAs<GateTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [calls, verdicts, turnaround, money] = it;
    visit(calls, verdicts, turnaround, money);
}
template <SavedAs<HandlingTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [answered, timed, backwards, work_told, late, late_known, turnaround] = it;
    visit(answered, timed, backwards, work_told, late, late_known, turnaround);
}
template <SavedAs<RequestShape> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [people, within_seconds, added] = it;
    visit(people, within_seconds, added);
}
template <SavedAs<RoleTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [requests, shared, baseline_requests, untimed, hours] = it;
    visit(requests, shared, baseline_requests, untimed, hours);
}
template <SavedAs<WeekTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [roles] = it;
    visit(roles);
}
template <SavedAs<RequestTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [gated, roles, weeks, shapes] = it;
    visit(gated, roles, weeks, shapes);
}
template <SavedAs<CapTally::Key> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [largest, over] = it;
    visit(largest, over);
}
template <SavedAs<CapTally::Step> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [calls, beyond, keys] = it;
    visit(calls, beyond, keys);
}
template <SavedAs<CapTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [steps] = it;
    visit(steps);
}
template <SavedAs<FigureTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [days, untimed, workflows, gates, handling, requests, caps] = it;
    visit(days, untimed, workflows, gates, handling, requests, caps);
}
template <SavedAs<CallPlace> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [file, line, call] = it;
    visit(file, line, call);
}
template <SavedAs<RequestEvent> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [time, shape, place, id, first_answer, answers] = it;
    visit(time, shape, place, id, first_answer, answers);
}
template <SavedAs<AnswerEvent> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [asked, at, person, work] = it;
    visit(asked, at, person, work);
}
template <SavedAs<BlockedEvents> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [hash, intent, tool, calls, first, rules] = it;
    visit(hash, intent, tool, calls, first, rules);
}
template <SavedAs<FigureEvents> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [requests, answers, blocked, beyond] = it;
    visit(requests, answers, blocked, beyond);
}

// ---------------------------------------------------------------- sweeps

template <SavedAs<SweepSums::Money> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [sum, calls] = it;
    visit(sum, calls);
}
/// The money is that of the sums, and told for the report alone.
template <SavedAs<SweepCounts> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [counts, verdicts, tighter, looser, newly_allowed, newly_blocked, money] = it;
    visit(counts, verdicts, tighter, looser, newly_allowed, newly_blocked);
}
template <SavedAs<SweepSums> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [counts, money] = it;
    visit(counts, money);
}
template <SavedAs<SweepTally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [shared, recorded, closed, rejected, first, last, untimed] = it;
    visit(shared, recorded, closed, rejected, first, last, untimed);
}

// ---------------------------------------------------------------- memory

template <SavedAs<MemoryMode> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [policy, baseline, table, changes, newly_allowed, newly_blocked] = it;
    visit(policy, baseline, table, changes, newly_allowed, newly_blocked);
}
template <SavedAs<MemoryReplay> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [modes, ran, not_run, untold, untimed, answered, unanswered, path_dependent,
           baseline_path_dependent, longest_seconds, warm_up_until, warm_up_calls,
           warm_up_changes] = it;
    visit(modes, ran, not_run, untold, untimed, answered, unanswered, path_dependent,
          baseline_path_dependent, longest_seconds, warm_up_until, warm_up_calls, warm_up_changes);
}

template <SavedAs<Tally> It, class Visit>
void each_field(It& it, Visit&& visit) {
    auto& [counts, reasons, tools, rules, missing, facts, unread, places_met, times, recorded,
           unknown_words, verdicts, comparison, figures, blank, skipped, text_bytes] = it;
    visit(counts, reasons, tools, rules, missing, facts, unread, places_met, times, recorded,
          unknown_words, verdicts, comparison, figures, blank, skipped, text_bytes);
}

}  // namespace simulator
}  // namespace proviso
