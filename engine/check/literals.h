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

/// Whether money with this number looks like thousands and is less: `10.000` of a currency with two
/// digits or none. `5.2500` and `0.002` are what they say.
[[nodiscard]] bool looks_like_thousands(std::string_view number, model::Currency code);
/// What is to be written instead. `separator` groups digits there; `behind` is what follows them.
[[nodiscard]] std::string thousands_help(std::string_view number, std::string_view separator,
                                         std::string_view behind);
/// Warns of it. `code` is how the place writes the currency; empty where it does not. `separator`
/// groups digits there: none in data files.
void warn_of_thousands(Context& context, Span span, std::string_view number,
                       model::Currency currency, std::string_view code,
                       std::string_view separator = "_");

}  // namespace proviso::check
