// What literals mean: escapes decoded, calendar dates checked, durations summed. Text in, values
// out; no parser in sight.
//
// Covered by tests/unit/grammar/literals_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::grammar {

/// Appends a code point as UTF-8.
void append_utf8(std::string& text, std::uint32_t code_point);

struct DecodedText {
    std::string text;
    std::string_view lone_surrogate;  // the first `\uD800` without its other half
};

/// `body` stands between the quotes and holds well-formed escapes alone. With `single_braces`,
/// `{{` and `}}` become `{` and `}`.
[[nodiscard]] DecodedText decode_escapes(std::string_view body, bool single_braces);

/// `1d12h` in seconds; nothing when they do not fit.
[[nodiscard]] std::optional<std::int64_t> duration_seconds(std::string_view text);

/// A whole number without `_`; nothing when it does not fit.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view digits);

/// `2026-12-20` names a day of the Gregorian calendar. The shape is the grammar's business.
[[nodiscard]] bool is_calendar_date(std::string_view text);

/// `09:00`, `23:59`; with `allow_midnight_end` also `24:00`.
[[nodiscard]] bool is_hour(std::string_view text, bool allow_midnight_end);

/// Minutes since midnight of `09:30`.
[[nodiscard]] std::int32_t minutes_of(std::string_view text);

/// The part of a time behind its date (`09:00:30.5+02:00`) has only hours, minutes, seconds and
/// an offset that exist.
[[nodiscard]] bool is_time_of_day(std::string_view text);

}  // namespace proviso::grammar
