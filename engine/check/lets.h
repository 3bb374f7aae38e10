// `let`: elaborated once, or once for each target set where it reads args or the tier.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// What each let uses, and the circles among them.
void survey_lets(Context& context);
/// Elaborates the lets that do not depend on a call's tool.
void declare_lets(Context& context);
/// Checks the lets that nothing used.
void check_unused_lets(Context& context);

/// A `shared` node for the let in this scope.
[[nodiscard]] Typed read_let(Context& context, Scope& scope, std::uint32_t let, Span span);

}  // namespace proviso::check
