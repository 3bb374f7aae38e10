// The AST of a file as text: for golden files, and to tell whether two texts mean the same.
//
// One S-expression a statement, in the file's order, one clause a line; no places and no comments.
#pragma once

#include <string>

#include "grammar/ast.h"

namespace proviso::grammar {

[[nodiscard]] std::string dump(const ast::File& file);
[[nodiscard]] std::string dump(const ast::File& file, ast::ExprId id);
[[nodiscard]] std::string dump(const ast::File& file, ast::TypeId id);

}  // namespace proviso::grammar
