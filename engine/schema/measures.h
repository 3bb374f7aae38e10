// Ranges, lengths, patterns and formats of a schema.
//
// Each function puts on a type what its keywords say, and gives back the names (nodes) of those
// that the type cannot hold to.
#pragma once

#include <string_view>
#include <vector>

#include "engine/schema/arg_types.h"

namespace proviso::schema {

/// `minimum` and its kin, of an `int` or a `decimal`.
[[nodiscard]] std::vector<std::uint32_t> hold_to_range(Making& making, grammar::ast::TypeExpr& type,
                                                       std::uint32_t at);
void set_range(Making& making, grammar::ast::TypeExpr& type, model::Decimal low,
               model::Decimal high, std::uint32_t at);

/// `minLength`, `minItems` and what they go with.
[[nodiscard]] std::vector<std::uint32_t> hold_to_length(Making& making,
                                                        grammar::ast::TypeExpr& type,
                                                        std::uint32_t at, std::string_view least,
                                                        std::string_view most);

/// The node of a `pattern` that does not surely mean the same here, or `nothing`.
[[nodiscard]] std::uint32_t hold_to_pattern(Making& making, grammar::ast::TypeExpr& type,
                                            std::uint32_t at);

/// `date`, `time`, `ip`; `string` of every other, and where something else is said of the text.
[[nodiscard]] std::string_view type_of_format(const Document& document, std::uint32_t at,
                                              std::string_view format);

}  // namespace proviso::schema
