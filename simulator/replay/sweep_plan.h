// What a sweep tries: the values of its knobs, and every combination of them.
// Covered by tests/unit/simulator/sweep_test.cpp; ranges by tests/unit/engine/knobs_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/report/sweep.h"
#include <proviso/policy.h>

namespace proviso::simulator {

struct SweepPlan {
    std::vector<SweepKnob> knobs;
    /// Values by knob, of each candidate; the last knob's change first.
    std::vector<std::vector<std::string>> candidates;
    std::string error;  ///< one line; empty where there is none
    std::string help;
};

/// `texts` as engine/knobs.h has them: "refund_cap=100..1000:50", one a knob.
[[nodiscard]] SweepPlan plan_sweep(const Policy& policy, const std::vector<std::string>& texts);

}  // namespace proviso::simulator
