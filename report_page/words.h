// Days, durations and shares as people read them.
// Covered by tests/unit/report_page/words_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "report_page/html.h"
#include "simulator/report/figures.h"

namespace proviso::report_page {

/// "2 Mar 2026" of "2026-03-02" and "2 Mar 2026, 08:15 UTC" of "2026-03-02T08:15:00Z"; anything
/// else as it is.
[[nodiscard]] std::string readable_date(std::string_view iso);

/// "45 s", "3 min", "2 h 5 min", "3 d 4 h": rounded up to the smaller unit.
[[nodiscard]] std::string duration_words(std::int64_t seconds);
/// Empty where nothing was told.
[[nodiscard]] TableCell duration_cell(const simulator::Durations& of, std::int64_t seconds);

/// "87 %", of what may be more than the whole.
[[nodiscard]] std::string cap_share(simulator::Millionths share);

/// "12.50 USD", with commas; a number alone where there is no currency.
[[nodiscard]] std::string money_words(const std::string& amount, const std::string& currency);

}  // namespace proviso::report_page
