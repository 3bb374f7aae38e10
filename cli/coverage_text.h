// Coverage of sets as a table, and what is not covered by its place.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "suites/run.h"

namespace proviso::cli {

/// Lines ended by '\n', an empty one before each set.
[[nodiscard]] std::string coverage_text(const Output& out,
                                        const std::vector<suites::SetCoverage>& coverage);

}  // namespace proviso::cli
