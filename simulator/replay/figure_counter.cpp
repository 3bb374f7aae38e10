#include "simulator/replay/figure_counter.h"

#include <utility>

#include "simulator/figures/amounts.h"
#include "simulator/history/digest.h"
#include "simulator/replay/tally.h"
#include "simulator/replay/worker.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"

namespace proviso::simulator {

FigureCounter::FigureCounter(const Setup& setup, Tally& tally)
    : setup_(setup),
      tally_(tally),
      shapes_(setup.policy.policy) {
    if (setup.baseline) baseline_shapes_.emplace(setup.baseline->policy);
}

void FigureCounter::add(const FigureCall& call, FigureEvents& events) {
    read(call, events);
    add_day(call);
    add_workflow(call);
    add_handling(call);
    add_rules(call);
    if (call.verdict.outcome == Outcome::gate) add_request(call, events);
    if (call.verdict.outcome == Outcome::block) add_blocked(call, events);
    if (call.before != nullptr && call.before->outcome == Outcome::gate) {
        add_baseline_request(tally_.figures.requests, *baseline_shapes_->of(*call.baseline).shape,
                             baseline_shapes_->roles());
    }
    if (!setup_.remembers) return;
    observed::limit_uses(call.session, uses_);
    tally_.figures.caps.add(uses_);
}

void FigureCounter::read(const FigureCall& call, FigureEvents& events) {
    read_ = {};
    read_.time_us = observed::time_of(call.session);
    if (call.verdict.reason != Reason::invalid_args) {  // how much of such a call is read varies
        read_.amount = amount_of(call.session, setup_.policy.amounts);
    }
    read_answers(setup_.mapping, call.session.captures(), told_);
    if (told_.answers.empty()) return;
    read_.first_answer = static_cast<std::uint32_t>(events.answers.size());
    read_.answers = events.add_answers(told_);
    read_.span = told_.span();
}

void FigureCounter::add_day(const FigureCall& call) {
    FigureTally& figures = tally_.figures;
    if (!read_.time_us) {
        ++figures.untimed;
        return;
    }
    DayTally* const row = day(*read_.time_us);
    if (row == nullptr) return figures.days.count_beyond(1);
    simulator::add(row->policy, call.verdict);
    if (call.before != nullptr) simulator::add(row->baseline, *call.before);
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

// A name that falls out of the table takes the rows that are remembered with it.
WorkflowTally* FigureCounter::workflow(const FigureCall& call) {
    const std::string_view raw = setup_.mapping.workflow.raw(call.session.captures());
    if (last_ != nullptr && last_->row != nullptr && last_->raw == raw) return last_->row;
    Recent& recent = recent_[hash_text(raw) % recent_.size()];
    last_ = &recent;
    if (recent.row != nullptr && recent.raw == raw) return recent.row;
    auto& table = tally_.figures.workflows;
    const std::uint64_t drops = table.drops();
    WorkflowTally* const row =
        table.find(hashed(translated(setup_.mapping.workflow.words, plain_text(raw, scratch_))));
    if (table.drops() != drops) recent_.fill({});
    if (row == nullptr) {
        table.count_beyond(1);
        return nullptr;
    }
    if (raw.size() <= name_bytes) recent = {std::string{raw}, row};
    return row;
}

void FigureCounter::add_workflow(const FigureCall& call) {
    WorkflowTally* const row = workflow(call);
    if (row == nullptr) return;
    simulator::add(row->policy, call.verdict);
    if (call.before != nullptr) simulator::add(row->baseline, *call.before);
    if (call.human) simulator::add(row->verdicts, *call.human);
    if (told_.escalated) {
        ++row->escalation_told;
        if (*told_.escalated) ++row->escalated;
    }
    if (read_.span && read_.span->at_us >= read_.span->asked_us) {
        row->cycle.add(whole_seconds(read_.span->at_us - read_.span->asked_us));
    }
    if (read_.amount) add_money(row->money, *read_.amount, call.verdict.outcome);
}

void FigureCounter::add_handling(const FigureCall& call) {
    if (!call.human) return;
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

void FigureCounter::add_rules(const FigureCall& call) {
    if (!decides(call.verdict, call.verdict.outcome)) return;
    RuleTally* alone = nullptr;
    std::size_t deciding = 0;
    const std::vector<Outcome>& effects = setup_.policy.effects_of(call.session);
    for (const Session::Part& part : call.session.parts()) {
        if (part.on_trial || part.rule >= tally_.rules.size()) continue;
        if (effects[part.rule] != call.verdict.outcome) continue;
        ++deciding;
        alone = &tally_.rules[part.rule];
        if (call.human) simulator::add(alone->verdicts, *call.human);
        if (call.verdict.outcome == Outcome::gate) add_to_gate(part.rule, call);
    }
    if (deciding == 1) ++alone->sole;
}

void FigureCounter::add_to_gate(std::uint32_t rule, const FigureCall& call) {
    const std::size_t others = setup_.policy.policy->tools().size();
    const std::size_t tool = observed::tool_number(call.session).value_or(others);
    GateTally& gate = tally_.figures.gates[{rule, tool}];
    ++gate.calls;
    if (call.human) {
        simulator::add(gate.verdicts, *call.human);
        if (read_.span && read_.span->at_us >= read_.span->asked_us) {
            gate.turnaround.add(whole_seconds(read_.span->at_us - read_.span->asked_us));
        }
    }
    if (read_.amount) add_money(gate.money, *read_.amount, call.verdict.outcome);
}

void FigureCounter::add_request(const FigureCall& call, FigureEvents& events) {
    FigureTally& figures = tally_.figures;
    const RequestShapes::Found found = shapes_.of(call.session);
    simulator::add_request(figures.requests, found, shapes_.roles(), read_.time_us);
    if (call.human && read_.span && read_.span->at_us >= read_.span->asked_us) {
        ++figures.handling.late_known;
        const std::int64_t taken = whole_seconds(read_.span->at_us - read_.span->asked_us);
        if (taken > found.shape->within_seconds) ++figures.handling.late;
    }
    if (!read_.time_us) return;
    const std::string_view raw = setup_.mapping.receipt.raw(call.session.captures());
    std::string id = raw.empty() ? "" : cut_text(plain_text(raw, scratch_), name_bytes);
    events.requests.push_back({*read_.time_us,
                               found.hash,
                               {0, call.line, 0},
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
    if (!decides(call.verdict, Outcome::block)) return;
    for (const Session::Part& part : call.session.parts()) {
        if (part.on_trial || part.rule >= tally_.rules.size()) continue;
        if (setup_.policy.effects_of(call.session)[part.rule] == Outcome::block)
            ++row->rules[part.rule];
    }
}

}  // namespace proviso::simulator
