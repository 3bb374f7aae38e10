// The bounds of a share as people read them: one text for the terminal and the page.
// Covered by tests/unit/report_page/words_test.cpp and tests/cli/figures_test.py.
#pragma once

#include <string>

#include "simulator/report/figures.h"

namespace proviso::simulator {

/// "81.2 to 97.5 %"; bounds are rounded away from each other.
[[nodiscard]] std::string interval_words(const Interval& interval);

}  // namespace proviso::simulator
