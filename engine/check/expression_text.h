// Expressions and types as canonical text, for the hash of a set.
#pragma once

#include <string>
#include <string_view>

#include "grammar/ast.h"

namespace proviso::check {

/// One part behind its length, so that no two lists of parts give one text.
void append_part(std::string& text, std::string_view part);

/// Prefix notation: equal for equal expressions, however they were laid out and bracketed.
[[nodiscard]] std::string expression_text(const grammar::ast::File& file, grammar::ast::ExprId id);
[[nodiscard]] std::string type_text(const grammar::ast::File& file, grammar::ast::TypeId id);

}  // namespace proviso::check
