#include "simulator/replay/figure_counter.h"

#include <utility>

#include "simulator/replay/tally.h"
#include "simulator/replay/worker.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"

namespace proviso::simulator {

FigureCounter::FigureCounter(const Setup& setup, Tally& tally, CallKinds& kinds)
    : setup_(setup),
      tally_(tally),
      kinds_(kinds) {}

std::optional<bool> FigureCounter::read(const Session& session, FigureEvents& events) {
    read_ = {};
    read_.time_us = observed::time_of(session);
    read_answers(setup_.mapping, session.captures(), told_);
    if (told_.answers.empty()) return told_.escalated;
    read_.first_answer = static_cast<std::uint32_t>(events.answers.size());
    read_.answers = events.add_answers(told_);
    read_.span = told_.span();
    return told_.escalated;
}

void FigureCounter::add(const FigureCall& call, FigureEvents& events) {
    const Outcome outcome = call.kind.policy.verdict.outcome;
    const auto& baseline = call.kind.baseline;
    add_day(call.kind.policy.verdict, baseline ? &baseline->verdict : nullptr);
    add_handling(call.kind);
    add_spans(call.kind);
    if (outcome == Outcome::gate) {
        add_request(call.kind, call.line, setup_.mapping.receipt.raw(call.session.captures()),
                    events);
    }
    if (outcome == Outcome::block) add_blocked(call, events);
    if (!setup_.remembers) return;
    observed::limit_uses(call.session, uses_);
    tally_.figures.caps.add(uses_);
}

void FigureCounter::add_day(const Verdict& now, const Verdict* before) {
    FigureTally& figures = tally_.figures;
    if (!read_.time_us) {
        ++figures.untimed;
        return;
    }
    DayTally* const row = day(*read_.time_us);
    if (row == nullptr) return figures.days.count_beyond(1);
    simulator::add(row->policy, now);
    if (before != nullptr) simulator::add(row->baseline, *before);
}

DayTally* FigureCounter::day(std::int64_t time_us) {
    auto& table = tally_.figures.days;
    const std::int64_t number = day_of(time_us);
    RecentDay& recent = recent_days_[static_cast<std::uint64_t>(number) % recent_days_.size()];
    const bool is_kept =
        recent.row != nullptr && recent.number == number && recent.drops == table.drops();
    if (is_kept) return recent.row;
    DayTally* const row = table.find(number);
    recent = {number, row, table.drops()};
    return row;
}

void FigureCounter::add_handling(const CallKind& kind) {
    if (!kind.human) return;
    HandlingTally& handling = tally_.figures.handling;
    ++handling.answered;
    for (const RecordedAnswer& one : told_.answers) {
        if (one.work_seconds) ++handling.work_told;
    }
    if (!read_.span) return;
    if (read_.span->at_us < read_.span->asked_us) {
        ++handling.backwards;
        return;
    }
    ++handling.timed;
    handling.turnaround.add(whole_seconds(read_.span->at_us - read_.span->asked_us));
}

/// Of the workflow, and of the gates that decide.
void FigureCounter::add_spans(const CallKind& kind) {
    if (!read_.span || read_.span->at_us < read_.span->asked_us) return;
    const std::int64_t seconds = whole_seconds(read_.span->at_us - read_.span->asked_us);
    WorkflowTally* const workflow = tally_.figures.workflows.find(kind.workflow);
    if (workflow != nullptr) workflow->cycle.add(seconds);
    if (!kind.human || kind.policy.verdict.outcome != Outcome::gate) return;
    for (const std::uint32_t rule : kind.deciding) {
        tally_.figures.gates[kinds_.gate_place(kind, rule)].turnaround.add(seconds);
    }
}

void FigureCounter::add_request(const CallKind& kind, std::uint64_t line, std::string_view receipt,
                                FigureEvents& events) {
    const KindDecision& made = kind.policy;
    kinds_.times().add(kind.asked, read_.time_us);
    if (kind.human && read_.span && read_.span->at_us >= read_.span->asked_us) {
        HandlingTally& handling = tally_.figures.handling;
        ++handling.late_known;
        const std::int64_t taken = whole_seconds(read_.span->at_us - read_.span->asked_us);
        if (taken > made.shape.within_seconds) ++handling.late;
    }
    if (!read_.time_us) return;
    std::string id = receipt.empty() ? "" : cut_text(plain_text(receipt, scratch_), name_bytes);
    events.requests.push_back({*read_.time_us,
                               made.shape_hash,
                               {0, line, 0},
                               std::move(id),
                               read_.first_answer,
                               read_.answers});
}

void FigureCounter::add_blocked(const FigureCall& call, FigureEvents& events) {
    const std::string_view raw = setup_.mapping.intent.raw(call.session.captures());
    if (raw.empty()) return;  // calls without a name have nothing to do with one another
    const std::string_view intent =
        translated(setup_.mapping.intent.words, plain_text(raw, scratch_));
    BlockedEvents* const row = events.blocked.find(intent, call.tool);
    if (row == nullptr) return;
    if (row->calls++ == 0) row->first.line = call.line;
    for (const std::uint32_t rule : call.kind.deciding) ++row->rules[rule];
}

}  // namespace proviso::simulator
