// `window` statements, and `time in WINDOW`.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// All windows of the set, whichever of them names which.
void declare_windows(Context& context);

/// The window that stands behind `in`, or null.
[[nodiscard]] const Symbol* window_behind_in(Context& context, const Scope& scope,
                                             const ast::Expr& expr);
[[nodiscard]] Typed elaborate_in_window(Context& context, Scope& scope, const ast::Expr& expr,
                                        const Symbol& window);

/// Warns of windows whose last date is past, where the options say which day it is.
void warn_past_windows(Context& context);

}  // namespace proviso::check
