#include "simulator/replay/sweep_plan.h"

#include <utility>

#include "engine/knobs.h"

namespace proviso::simulator {
namespace {

SweepPlan no_plan(std::string error, std::string help) {
    SweepPlan plan;
    plan.error = std::move(error);
    plan.help = std::move(help);
    return plan;
}

/// Every combination so far with each value of one more knob.
std::vector<std::vector<std::string>> crossed(const std::vector<std::vector<std::string>>& so_far,
                                              const std::vector<std::string>& values) {
    std::vector<std::vector<std::string>> all;
    for (const std::vector<std::string>& one : so_far) {
        for (const std::string& value : values) {
            all.push_back(one);
            all.back().push_back(value);
        }
    }
    return all;
}

}  // namespace

SweepPlan plan_sweep(const Policy& policy, const std::vector<std::string>& texts) {
    if (texts.size() > most_knobs) {
        return no_plan("a sweep has at most two knobs", "sweep the others in runs of their own");
    }
    SweepPlan plan;
    plan.candidates.emplace_back();
    for (const std::string& text : texts) {
        KnobResult read = parse_knob(policy, text, most_candidates);
        if (!read.knob) return no_plan(std::move(read.error), std::move(read.help));
        Knob& knob = *read.knob;
        for (const SweepKnob& other : plan.knobs) {
            if (other.param != knob.param) continue;
            return no_plan("`" + knob.param + "` is swept twice", "give all its values at once");
        }
        if (plan.candidates.size() * knob.values.size() > most_candidates) {
            return no_plan(
                "the sweep has " + std::to_string(plan.candidates.size() * knob.values.size()) +
                    " candidates, and " + std::to_string(most_candidates) + " are the most",
                "take fewer values, or larger steps");
        }
        plan.candidates = crossed(plan.candidates, knob.values);
        plan.knobs.push_back(
            {std::move(knob.param), std::move(knob.in_force), std::move(knob.values)});
    }
    return plan;
}

}  // namespace proviso::simulator
