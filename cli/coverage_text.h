// Coverage of sets as a table, and what is not covered by its place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "suites/run.h"

namespace proviso::cli {

/// "96.15 %". `hundredths` of a percent.
[[nodiscard]] std::string percent_text(std::uint32_t hundredths);

/// Lines ended by '\n', an empty one before each set.
[[nodiscard]] std::string coverage_text(const Output& out,
                                        const std::vector<suites::SetCoverage>& coverage);

}  // namespace proviso::cli
