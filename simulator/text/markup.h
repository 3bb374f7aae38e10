// Text in HTML and XML. Covered by tests/unit/report_page/html_test.cpp and
// tests/cli/simulate_outputs_test.py.
#pragma once

#include <string>
#include <string_view>

namespace proviso::simulator {

/// Of an element or attribute, in whichever quotes: nothing in it ends one. Characters that have no
/// place there are the caller's to take out first.
[[nodiscard]] std::string markup_text(std::string_view text);

}  // namespace proviso::simulator
