// A cell of a CSV file. Covered by tests/cli/simulate_test.py and sweep_test.py.
#pragma once

#include <string>
#include <string_view>

namespace proviso::simulator {

/// In quotes; what a spreadsheet would take for a formula has a ' before it.
[[nodiscard]] std::string csv_text(std::string_view text);

}  // namespace proviso::simulator
