// Dates, times and durations as text and as integers. No clock and no zone database here.
//
// Only what has one text is a date or a time: years 0001–9999, in UTC. Every value that a parser
// gives is printed in a form that it reads again; tests/unit/engine/model/calendar_test.cpp
// counts the days along.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::model {

inline constexpr std::int64_t microseconds_per_second = 1'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t microseconds_per_day = 86'400'000'000;
inline constexpr std::int64_t first_day = -719'162;  // 0001-01-01
inline constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31
inline constexpr std::int64_t first_time = first_day * microseconds_per_day;
inline constexpr std::int64_t last_time = (last_day + 1) * microseconds_per_day - 1;

/// "2026-12-20" (a real date, years 0001–9999) to days since 1970-01-01, proleptic Gregorian.
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view text);
/// RFC 3339: "2026-12-20T09:00:00.25+02:00"; seconds may be left out, the zone may not; `t` and
/// `z` may be small. Microseconds since 1970-01-01T00:00Z. Nothing for more than six digits of
/// fraction, second 60, hour 24, or an instant outside years 0001–9999 in UTC.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text);
/// What most times are, "2026-12-20T09:00:00Z", without the cost of the general form; for every
/// other text, good or bad, `no_plain_time`.
inline constexpr std::int64_t no_plain_time = last_time + 1;
[[nodiscard]] std::int64_t plain_time(std::string_view text);
/// The same without a zone: microseconds as if it were UTC, for the caller to shift.
[[nodiscard]] std::optional<std::int64_t> parse_local_time(std::string_view text);
/// "30s", "15m", "4h", "2d", "1d12h" to seconds: each unit at most once, larger ones first; a
/// leading "-" for a time span that runs backwards.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

/// "out of range" for what is no date of years 0001–9999.
[[nodiscard]] std::string date_text(std::int64_t days);
/// "2026-11-20T15:00:00Z", "2026-11-20T15:00:00.25Z"; "out of range" as above.
[[nodiscard]] std::string time_text(std::int64_t microseconds);
/// The shortest that `parse_duration` reads: "1d12h", "-5m", "0s".
[[nodiscard]] std::string duration_text(std::int64_t seconds);
/// 0 is Monday, for any day.
[[nodiscard]] std::int64_t weekday_of(std::int64_t days);
/// "mon" … "sun" for 0 … 6.
[[nodiscard]] std::string_view weekday_text(std::int64_t weekday);

}  // namespace proviso::model
