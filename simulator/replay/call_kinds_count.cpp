// What all calls of a kind add to the tally.
#include <utility>

#include "simulator/replay/call_kinds.h"
#include "simulator/replay/worker.h"

namespace proviso::simulator {

void CallKinds::count(CallKind& kind) {
    if (kind.calls == 0) return;
    count_line(kind);
    if (kind.baseline) count_comparison(kind);
    count_workflow(kind);
    count_rules(kind);
    count_requests(kind);
    kind.calls = 0;
    kind.amounts.clear();
}

void CallKinds::count_line(const CallKind& kind) {
    const Verdict& verdict = kind.policy.verdict;
    add(tally_.counts, verdict, kind.calls);
    tally_.reasons[static_cast<std::size_t>(verdict.reason)] += kind.calls;
    tally_.tools.add(kind.tool, verdict, kind.calls);
    add_parts(tally_.rules, *kind.policy.effects, kind.policy.parts, verdict, kind.calls);
    if (kind.lack) tally_.facts.add(*kind.lack, kind.calls);
    if (kind.outcome) {
        add_recorded(tally_.recorded, *kind.outcome, verdict.outcome, kind.calls);
    } else if (kind.outcome_told) {
        tally_.recorded.unreadable += kind.calls;
        WordTally* const word = tally_.unknown_words.find(kind.outcome_word);
        if (word != nullptr)
            word->count += kind.calls;
        else
            tally_.unknown_words.count_beyond(kind.calls);
    }
    if (kind.human) {
        add_verdict(tally_.verdicts, *kind.human, verdict.outcome, kind.calls);
    } else if (kind.human_told) {
        tally_.verdicts.unreadable += kind.calls;
    }
}

void CallKinds::count_comparison(const CallKind& kind) {
    ComparisonTally& tally = tally_.comparison;
    const Verdict& before = kind.baseline->verdict;
    const Verdict& after = kind.policy.verdict;
    add(tally, before, after, kind.calls);
    add_baseline_parts(tally, kind.baseline->parts, kind.calls);
    if (kind.outcome) add_fidelity(tally, *kind.outcome, before, kind.calls);
    if (kind.change != Change::none) add_causes(tally, kind.change, kind.causes, kind.calls);
    if (!kind.number || !setup_.policy.amounts[*kind.number].argument) return;
    AmountTally& amounts = tally.amounts[*kind.number];
    amounts.calls += kind.calls;
    amounts.without += kind.calls;
    for (const KindAmounts& one : kind.amounts) {
        if (!one.in_comparison) continue;
        amounts.without -= one.sum.calls;
        add_amounts(tally, one.sum, before, after);
    }
}

void CallKinds::count_workflow(const CallKind& kind) {
    WorkflowTally* const row = tally_.figures.workflows.find(kind.workflow);
    if (row == nullptr) return tally_.figures.workflows.count_beyond(kind.calls);
    add(row->policy, kind.policy.verdict, kind.calls);
    if (kind.baseline) add(row->baseline, kind.baseline->verdict, kind.calls);
    if (kind.human) add(row->verdicts, *kind.human, kind.calls);
    if (kind.escalated) {
        row->escalation_told += kind.calls;
        if (*kind.escalated) row->escalated += kind.calls;
    }
    add_money_of(row->money, kind);
}

void CallKinds::count_rules(const CallKind& kind) {
    for (const std::uint32_t rule : kind.deciding) {
        if (kind.human) add(tally_.rules[rule].verdicts, *kind.human, kind.calls);
        if (kind.policy.verdict.outcome != Outcome::gate) continue;
        GateTally& gate = tally_.figures.gates[gate_place(kind, rule)];
        gate.calls += kind.calls;
        if (kind.human) add(gate.verdicts, *kind.human, kind.calls);
        add_money_of(gate.money, kind);
    }
    if (kind.deciding.size() == 1) tally_.rules[kind.deciding.front()].sole += kind.calls;
}

void CallKinds::count_requests(const CallKind& kind) {
    RequestTally& requests = tally_.figures.requests;
    if (kind.policy.verdict.outcome == Outcome::gate) {
        add_requests(requests, {kind.policy.shape_hash, &kind.policy.shape}, shapes_.roles(),
                     kind.calls);
    }
    if (kind.baseline && kind.baseline->verdict.outcome == Outcome::gate) {
        add_baseline_requests(requests, kind.baseline->shape, baseline_shapes_->roles(),
                              kind.calls);
    }
}

void CallKinds::add_money_of(MoneyByOutcome& money, const CallKind& kind) {
    for (const KindAmounts& one : kind.amounts) {
        if (one.in_figures) add_money(money, one.sum, kind.policy.verdict.outcome);
    }
}

RuleAtTool CallKinds::gate_place(const CallKind& kind, std::uint32_t rule) const {
    return {rule, kind.number.value_or(setup_.policy.policy->tools().size())};
}

}  // namespace proviso::simulator
