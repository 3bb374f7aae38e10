// Windows of time, compiled: weekly hours as minutes of the week, dates as spans of days, each by
// the clocks of a zone. A window looks at the clock on the wall: an instant lies in it or not by
// what the zone's clocks and calendar show then, so an hour that is skipped never comes, and one
// that is repeated comes twice.
//
// What opens on a day and goes on past midnight is kept apart (`spill`): it belongs to the day
// before, and goes when that day does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace proviso::model {

inline constexpr std::uint32_t minutes_per_day = 1'440;
inline constexpr std::uint32_t minutes_per_week = 7 * minutes_per_day;
inline constexpr std::uint32_t most_workdays = 23;  // of a month

/// Minutes since Monday 00:00, the end not in it.
struct MinuteSpan {
    std::uint16_t begin = 0;
    std::uint16_t end = 0;
    friend bool operator==(const MinuteSpan&, const MinuteSpan&) = default;
};

/// Days since 1970-01-01, both ends in it.
struct DaySpan {
    std::int32_t first = 0;
    std::int32_t last = 0;
    friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

/// What is taken away: what opens on the days of a window made of whole days (`by_day`), or the
/// instants of a window.
struct WindowExcept {
    std::uint32_t window = 0;
    bool by_day = false;
    friend bool operator==(const WindowExcept&, const WindowExcept&) = default;
};

/// Spans ascend and do not touch.
struct WindowTerm {
    std::uint32_t zone = 0;
    std::vector<MinuteSpan> hours;  // opened on the day itself
    std::vector<MinuteSpan> spill;  // opened the day before
    std::vector<DaySpan> days;      // whole days
    std::vector<WindowExcept> except;
    friend bool operator==(const WindowTerm&, const WindowTerm&) = default;
};

/// An instant lies in a window when it lies in one of its terms.
struct Window {
    std::string name;
    std::vector<WindowTerm> terms;
    friend bool operator==(const Window&, const Window&) = default;
};

/// Sorts spans and joins those that touch.
void join(std::vector<MinuteSpan>& spans);
void join(std::vector<DaySpan>& spans);

/// The first or last `count` days from Monday to Friday of each month of the covered years.
[[nodiscard]] std::vector<DaySpan> month_workdays(std::uint32_t count, bool last);

/// The zone of a window that is made of whole days of one zone, and taken away from by day alone.
[[nodiscard]] std::optional<std::uint32_t> zone_of_days(const Window& window);

}  // namespace proviso::model
