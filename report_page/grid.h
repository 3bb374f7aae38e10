// What the table of outcomes holds: the baseline's outcomes down, or else what was recorded; the
// policy's across.
// Covered by tests/unit/report_page/grid_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulator/report/report.h"

namespace proviso::report_page {

struct GridLine {
    std::string key;    ///< as in simulator::class_name, and in the page's data
    std::string label;  ///< as people read it
    std::uint64_t calls = 0;
};

struct Grid {
    std::string before;  ///< "banking 1.0.0", "as recorded"; empty where there is nothing before
    std::vector<GridLine> rows;
    std::vector<GridLine> columns;
    std::vector<std::vector<std::uint64_t>> calls;  ///< [row][column]
};

[[nodiscard]] Grid grid_of(const simulator::Report& report);

/// Calls that went from one to the other, against the baseline or else against what was recorded.
struct Moved {
    std::uint64_t same = 0;
    std::uint64_t tighter = 0;
    std::uint64_t looser = 0;
    std::uint64_t newly_allowed = 0;  ///< from gate or block to allow or notify
    std::uint64_t newly_blocked = 0;
    bool is_known = false;     ///< there is something to compare with
    bool sets_differ = false;  ///< of a baseline: in what is written, outcomes or not
};
[[nodiscard]] Moved moved_of(const simulator::Report& report);

/// "tightens and loosens"
[[nodiscard]] std::string verdict_words(const Moved& moved);

}  // namespace proviso::report_page
