// The canonical form of a rule file: one way to write each statement, whatever the author's blanks
// and line ends were. docs/formatting.md describes it.
//
// What a file says stays: its tokens are written as they were, in another layout, with the clauses
// of each statement in a fixed order and every comment where it stood.
//
// Covered by tests/golden/format and tests/laws/format_test.cpp.
#pragma once

#include <string>

#include "grammar/ast.h"
#include "grammar/source.h"

namespace proviso::grammar {

/// `file` is what parsing this source gave, without an error.
[[nodiscard]] std::string format(const SourceMap& sources, const ast::File& file);

/// Whether two files say the same, comments included: nothing but layout and the order of clauses
/// differs. For whoever is about to write one in place of the other.
[[nodiscard]] bool says_the_same(const SourceMap& sources, const ast::File& left,
                                 const ast::File& right);

}  // namespace proviso::grammar
