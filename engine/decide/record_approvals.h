// What a decision says of gates and approvals: who may open which, what was given, what does not
// count and why. Part of record.h.
#pragma once

#include "engine/decide/decider.h"
#include "engine/decide/line_index.h"
#include "proviso/decision.h"

namespace proviso::decide {

/// `result` has its parts and gates already, the gates in the order of the decider's parts.
void record_approvals(Decision& result, Decider& decider, const Bound& bound,
                      const LineIndex& lines);

}  // namespace proviso::decide
