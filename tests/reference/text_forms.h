// How values are written: dates, times, durations, addresses, globs, code points. Plain loops over
// years, months and characters; nothing of engine/model is used. Tested by text_forms_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::reference {

inline constexpr std::int64_t microseconds = 1'000'000;  // a second
inline constexpr std::int64_t day_seconds = 86'400;

/// Days since 1970-01-01 of a date of the years 1 to 9999.
[[nodiscard]] std::optional<std::int64_t> read_date(std::string_view text);
/// Microseconds since 1970-01-01T00:00Z.
[[nodiscard]] std::optional<std::int64_t> read_time(std::string_view text);
/// Seconds.
[[nodiscard]] std::optional<std::int64_t> read_duration(std::string_view text);
/// The 16 bytes of the address, an IPv4 one mapped into IPv6.
[[nodiscard]] std::optional<std::string> read_address(std::string_view text);
/// 0 Monday to 6 Sunday, by three letters or the whole name.
[[nodiscard]] std::optional<std::int64_t> read_weekday(std::string_view text);

[[nodiscard]] bool is_date(std::int64_t days);
[[nodiscard]] bool is_time(std::int64_t microseconds);

[[nodiscard]] bool like(std::string_view text, std::string_view glob);
[[nodiscard]] bool matches(const std::string& text, const std::string& pattern);
[[nodiscard]] std::int64_t code_points(std::string_view text);

}  // namespace proviso::reference
