// Whether a rollout keeps to the bounds of its gate.
// Covered by tests/unit/simulator/gate_test.cpp.
#pragma once

#include <vector>

#include "simulator/gate/gate_calls.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// Holds a report, whose comparison is made, against a gate. `found`: pinned calls, in the order of
/// the history; `calls`: those that may break a bound.
[[nodiscard]] GateReport check_gate(const GateBounds& gate, const Report& report,
                                    const std::vector<PinFound>& found, const GateCalls& calls);

}  // namespace proviso::simulator
