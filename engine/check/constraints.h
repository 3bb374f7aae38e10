// What may stand behind a type: ranges, lengths, patterns, how money is written.
#pragma once

#include "engine/check/types.h"

namespace proviso::check {

/// `plain` with what `written` says behind it.
[[nodiscard]] TypeId constrained(Context& context, const ast::File& file,
                                 const ast::TypeExpr& written, TypeId plain,
                                 const TypePlace& place);

/// The constant of a literal that is to be a `wanted`; bad where it is none.
[[nodiscard]] Typed constant_of(Context& context, const ast::File& file, ast::ExprId id,
                                TypeId wanted);

/// A constant of `type` against the bounds, length and pattern of the type; reports at `span`.
bool check_within_type(Context& context, const Value& value, TypeId type, Span span);

/// "10 USD", "sev2", for messages.
[[nodiscard]] std::string value_text(const Context& context, TypeId type, const Value& value);

}  // namespace proviso::check
