// The rule at the end of a zone file: what holds after the last instant that it lists. Private to
// this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace proviso::model {

/// A day of a year and the local time of it, in the three forms that POSIX has.
struct RuleDay {
    enum class Form : std::uint8_t { month_week_day, without_leap_day, with_leap_day };
    Form form = Form::month_week_day;
    int month = 1;
    int week = 1;     // 5: the last
    int weekday = 0;  // 0 Sunday
    int day = 0;      // 1 … 365 without, 0 … 365 with leap day
    std::int64_t seconds = 7200;

    /// Seconds since 1970 of the local time in `year`.
    [[nodiscard]] std::int64_t in(int year) const;
};

/// "EST5EDT,M3.2.0,M11.1.0": offsets in seconds east of UTC.
struct ZoneRule {
    std::int32_t standard = 0;
    std::int32_t daylight = 0;
    bool has_daylight = false;
    RuleDay begin;  // in standard time
    RuleDay end;    // in daylight time
};

/// Nothing where it is no such rule.
[[nodiscard]] std::optional<ZoneRule> parse_zone_rule(std::string_view text);

}  // namespace proviso::model
