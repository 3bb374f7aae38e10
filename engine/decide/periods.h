// From when on events count: rolling periods and calendar ones, by the zone tables of the program.
//
// Covered by tests/unit/engine/decide/periods_test.cpp and tests/golden/decide/limits.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/bytecode/program.h"
#include "engine/model/calendar.h"
#include "engine/model/zone.h"

namespace proviso::decide {

[[nodiscard]] std::optional<std::int64_t> calendar_since(const model::Zone& zone,
                                                         bytecode::CalendarUnit unit,
                                                         std::int64_t time);
[[nodiscard]] std::int64_t about_since(const bytecode::Period& period, std::int64_t time);

/// The first instant that counts for a call at `time`, both in µs since 1970 UTC. A rolling period
/// counts what came after `time - length`; a calendar one from the first instant at which the
/// clocks of its zone show a day of the unit. Nothing where a calendar's zone is not known for that
/// time.
///
/// `about` looks back to the last multiple of a bucket, a sixtieth of the length or one second, and
/// so at most that much further: more is counted, never less.
[[nodiscard]] inline std::optional<std::int64_t> since(const bytecode::Program& program,
                                                       const bytecode::Period& period,
                                                       std::int64_t time) {
    if (!period.rolling) return calendar_since(program.zones[period.zone], period.unit, time);
    if (period.about) return about_since(period, time);
    return time - period.length_seconds * model::microseconds_per_second + 1;
}

/// The longest that `since` ever looks back, in µs.
[[nodiscard]] std::int64_t look_back(const bytecode::Period& period);

}  // namespace proviso::decide
