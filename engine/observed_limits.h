// How far the limits of a policy were used by a call: totals against caps, for a study of many
// calls. For the simulator; no part of the public API.
// Covered by tests/unit/engine/observed_gates_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proviso/engine.h"

namespace proviso::observed {

/// A step of a limit that the last call was held against.
struct LimitUse {
    std::uint32_t rule = 0;  ///< into Policy::rules()
    std::string key;         ///< what the total is kept under, and its currency; not for people
    double share = 0;        ///< the total, with the call, of the cap; of no cap: infinite
    bool passed = false;
};

/// Of the last call, into `uses`; steps from which it is exempt, and unknown caps, are left out.
void limit_uses(Session& session, std::vector<LimitUse>& uses);

/// Rules that are steps of limits, as opposed to what a limit cannot count; ascending.
[[nodiscard]] std::vector<std::uint32_t> limit_steps(const Policy& policy);
/// The name of the limit that a step is of.
[[nodiscard]] std::string limit_of_step(const Policy& policy, std::uint32_t rule);

}  // namespace proviso::observed
