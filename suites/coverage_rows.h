// Coverage as people are told of it, in a terminal and in a page: the rows of its table, and what
// is not covered, in words.
// Covered by tests/cli/coverage_test.py.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/coverage.h"

namespace proviso::suites {

struct CoverageRow {
    std::string label;  ///< "rules", "matrix cells", …, "all" last
    engine::Share share;
    std::string note;  ///< "40 decided"; may be empty
};

/// Rows of what the set has.
[[nodiscard]] std::vector<CoverageRow> coverage_rows(const engine::CoverageReport& report);

struct Gap {
    engine::SourcePlace place;
    std::string text;  ///< "gate large_refund never took part"
};

/// By place.
[[nodiscard]] std::vector<Gap> gaps_of(const engine::CoverageReport& report);

/// "96.15 %". `hundredths` of a percent.
[[nodiscard]] std::string percent_text(std::uint32_t hundredths);

}  // namespace proviso::suites
