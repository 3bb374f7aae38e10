// Members of lists, and values of params that come as text.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/check/context.h"

namespace proviso::check {

/// The members of a list, brought to one type; nothing where one has a mistake.
[[nodiscard]] std::optional<std::vector<Typed>> elaborate_members(Context& context, Scope& scope,
                                                                  const ast::Expr& expr,
                                                                  TypeId element);

/// A value of `type` written as an author would: "300 USD", "0.15", "[\"a\", \"b\"]".
[[nodiscard]] std::optional<Value> parse_value(Context& context, std::string_view text,
                                               TypeId type);

}  // namespace proviso::check
