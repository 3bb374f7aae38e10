// What a user says of the people who approve, as words of a command line.
// Covered by tests/unit/simulator/figures/staff_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "simulator/report/figures.h"

namespace proviso::simulator {

/// "support_lead=2"; the number is at least 1.
[[nodiscard]] std::optional<Approvers> read_approvers(std::string_view text);
/// "mon..fri 09:00..17:00", "sat 10:00..14:00", "08:00..24:00" on all days; in UTC, within a day.
[[nodiscard]] std::optional<OfficeHours> read_hours(std::string_view text);
/// "90s", "15m", "1h30m" to seconds, more than none.
[[nodiscard]] std::optional<std::int64_t> read_handling(std::string_view text);

}  // namespace proviso::simulator
