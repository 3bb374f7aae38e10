// Calls of native functions, typed by their signatures.
#pragma once

#include "engine/check/context.h"
#include "stdlib/functions.h"

namespace proviso::check {

/// `lower(x)`; the function is the one that the call names.
[[nodiscard]] Typed elaborate_native(Context& context, Scope& scope, const ast::Expr& call,
                                     const native::Function& function);

/// Whether the right side of `in` is `cidr(…)`.
[[nodiscard]] bool is_cidr(const ast::Expr& expr);

/// `x in cidr("10.0.0.0/8", …)`, and `not in`.
[[nodiscard]] Typed elaborate_in_cidr(Context& context, Scope& scope, const ast::Expr& expr);

}  // namespace proviso::check
