// Limits and counters: what calls are counted for, and counters read as values.
//
// What is counted depends on the call alone, never on a counter: so that one step can read, check
// and count for all limits and counters of a call. Counters are read where conditions stand, in the
// caps of limits, in axes and texts. Covered by tests/golden/check/limits.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// After the lets are surveyed, before they are elaborated.
void declare_counters(Context& context);
void check_limits(Context& context);

/// `name`, read by the keys of the call at hand.
[[nodiscard]] Typed read_counter(Context& context, Scope& scope, std::uint32_t counter, Span span);
/// `name[key, …]`.
[[nodiscard]] Typed elaborate_counter_read(Context& context, Scope& scope, const ast::Expr& expr,
                                           std::uint32_t counter);
/// `total` or `cap` in the `because` of a limit.
[[nodiscard]] Typed read_limit_value(Context& context, const Scope& scope, bool total, Span span);

}  // namespace proviso::check
