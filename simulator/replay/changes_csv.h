// Changed calls as comma-separated values, for spreadsheets: RFC 4180, with a row of names first.
// Covered by tests/cli/simulate_outputs_test.py.
#pragma once

#include <string>
#include <string_view>

namespace proviso::simulator {

[[nodiscard]] bool is_csv(std::string_view path);

/// The first row.
[[nodiscard]] std::string csv_names();

/// Whole lines of `--changes`, one row each. A cell that a spreadsheet would take for a formula has
/// a `'` before it: agents write some of them.
[[nodiscard]] std::string csv_rows(std::string_view json_lines);

}  // namespace proviso::simulator
