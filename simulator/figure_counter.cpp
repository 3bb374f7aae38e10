#include "simulator/figure_counter.h"

#include "engine/observed.h"
#include "simulator/tally.h"
#include "simulator/worker.h"

namespace proviso::simulator {

void FigureCounter::add(const FigureCall& call, Tally& tally) {
    add_day(call, tally.figures);
    add_rules(call, tally);
}

void FigureCounter::add_day(const FigureCall& call, FigureTally& tally) {
    const auto time = observed::time_of(call.session);
    if (!time) {
        ++tally.untimed;
        return;
    }
    DayTally* const day = tally.days.find(day_of(*time));
    if (day == nullptr) return tally.days.count_beyond(1);
    simulator::add(day->policy, call.verdict);
    if (call.before != nullptr) simulator::add(day->baseline, *call.before);
}

void FigureCounter::add_rules(const FigureCall& call, Tally& tally) {
    if (!decides(call.verdict, call.verdict.outcome)) return;
    RuleTally* alone = nullptr;
    std::size_t deciding = 0;
    for (const Session::Part& part : call.session.parts()) {
        if (part.on_trial || part.rule >= tally.rules.size()) continue;
        if (setup_.policy.effects[part.rule] != call.verdict.outcome) continue;
        ++deciding;
        alone = &tally.rules[part.rule];
        if (call.human) simulator::add(alone->verdicts, *call.human);
    }
    if (deciding == 1) ++alone->sole;
}

}  // namespace proviso::simulator
