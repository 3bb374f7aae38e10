// The full decision and its explanation, made from the last call of a decider when asked for.
#pragma once

#include <string_view>

#include "engine/decide/bound.h"
#include "engine/decide/decider.h"
#include "engine/decide/line_index.h"
#include "proviso/decision.h"

namespace proviso::decide {

[[nodiscard]] Decision make_decision(Decider& decider, const Bound& bound, const LineIndex& lines);
/// What was called and by which policy, without what came of it.
[[nodiscard]] Decision call_of(const Decider& decider, const Bound& bound);
[[nodiscard]] Explanation make_explanation(Decider& decider, const Bound& bound,
                                           const LineIndex& lines);
/// "rule", "matrix_cell", "default_cell", "default".
[[nodiscard]] std::string_view kind_name(bytecode::RuleKind kind);

}  // namespace proviso::decide
