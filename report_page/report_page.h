// The dry run on one page, for those who answer for a policy: an HTML file that opens from disk,
// needs no network and prints on two sheets.
//
// All figures are written here, as tables, so that the page says the same without JavaScript and
// on paper. The page's script (page.js) draws the charts and opens the calls behind a cell; it
// reads them from the very JSON report, which lies in the page as data. Whatever a history holds is
// text to both. The policy that the page gives itself names its own scripts and style by their
// hashes, so nothing else runs, and nothing is fetched.
// Covered by tests/unit/report_page and, in a browser, tests/report_page.
#pragma once

#include <cstddef>
#include <string>

#include "simulator/report/report.h"

namespace proviso::report_page {

/// What a cell of the table of outcomes opens: simulator::Options::cell_calls for such a page.
inline constexpr std::size_t calls_a_cell = 200;

/// The same report gives the same bytes: nothing of when, how fast and on how many threads it ran.
[[nodiscard]] std::string to_html(const simulator::Report& report);

}  // namespace proviso::report_page
