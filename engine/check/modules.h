// `import std.X`: what modules of the standard library add to a set.
#pragma once

#include <string>
#include <vector>

#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "grammar/source.h"
#include "proviso/limits.h"

namespace proviso::check {

/// Adds a file for each module that `files` import, with the statements of it that are named in
/// the set, and those that these name in turn. What is not named takes no part: an import alone
/// changes neither decisions nor the set's hash. A name that the set declares too is kept, for the
/// checker to report. Names of modules that there are not go to `sink`.
/// The result is what of these modules is not taken, for suggestions.
[[nodiscard]] std::vector<std::string> add_modules(grammar::SourceMap& sources,
                                                   std::vector<grammar::ast::File>& files,
                                                   const Limits& limits,
                                                   grammar::DiagnosticSink& sink);

}  // namespace proviso::check
