// Numbers, texts, expressions and types as canonical bytes, for the hash of a set.
//
// Everything here tells itself from what follows: a number by its last byte, a text by its length
// before it, a list by its count. So no two lists of parts give the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.h"

namespace proviso::check {

void append_number(std::string& bytes, std::uint64_t number);
void append_part(std::string& bytes, std::string_view part);

/// Expressions that are still to be written: scratch of the caller's, empty before and after.
using OpenExpressions = std::vector<grammar::ast::ExprId>;

/// Prefix notation: equal for equal expressions, however they were laid out and bracketed.
void append_expression(std::string& bytes, const grammar::ast::File& file, grammar::ast::ExprId id,
                       OpenExpressions& open);
void append_type(std::string& bytes, const grammar::ast::File& file, grammar::ast::TypeId id,
                 OpenExpressions& open);

}  // namespace proviso::check
