// Reading and printing of dates, times and durations, on a cursor over the text. The calendar
// itself is std::chrono's: its types alone, no clock. tests/unit/engine/model/calendar_test.cpp
// counts the days along.
#include "engine/model/calendar.h"

#include <array>
#include <chrono>

namespace proviso::model {

namespace {

constexpr std::string_view no_date = "out of range";

/// What is left of a text. Each `take` either consumes what it names or leaves all as it was.
struct Cursor {
    std::string_view rest;

    bool take(char c) {
        if (rest.empty() || rest[0] != c) return false;
        rest.remove_prefix(1);
        return true;
    }

    /// How many digits stand first.
    [[nodiscard]] std::size_t digits() const {
        std::size_t count = 0;
        while (count < rest.size() && rest[count] >= '0' && rest[count] <= '9') ++count;
        return count;
    }

    /// A number of exactly `width` digits that is at most `high`.
    std::optional<std::int64_t> take_number(std::size_t width, std::int64_t high) {
        if (digits() < width) return std::nullopt;
        std::int64_t number = 0;
        for (std::size_t i = 0; i < width; ++i) number = number * 10 + (rest[i] - '0');
        if (number > high) return std::nullopt;
        rest.remove_prefix(width);
        return number;
    }
};

std::optional<std::int64_t> take_date(Cursor& cursor) {
    const auto year = cursor.take_number(4, 9999);
    if (!year || *year == 0 || !cursor.take('-')) return std::nullopt;
    const auto month = cursor.take_number(2, 12);
    if (!month || !cursor.take('-')) return std::nullopt;
    const auto day = cursor.take_number(2, 31);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch().count();
}

/// "HH:MM" in minutes.
std::optional<std::int64_t> take_hour_and_minute(Cursor& cursor) {
    const auto hour = cursor.take_number(2, 23);
    if (!hour || !cursor.take(':')) return std::nullopt;
    const auto minute = cursor.take_number(2, 59);
    if (!minute) return std::nullopt;
    return *hour * 60 + *minute;
}

/// The digits after "." in microseconds.
std::optional<std::int64_t> take_fraction(Cursor& cursor) {
    const std::size_t width = cursor.digits();
    if (width == 0 || width > 6) return std::nullopt;
    auto fraction = cursor.take_number(width, microseconds_per_second);
    for (std::size_t i = width; i < 6; ++i) *fraction *= 10;
    return fraction;
}

/// "HH:MM[:SS[.f]]" in microseconds.
std::optional<std::int64_t> take_time_of_day(Cursor& cursor) {
    const auto minutes = take_hour_and_minute(cursor);
    if (!minutes) return std::nullopt;
    if (!cursor.take(':')) return *minutes * 60 * microseconds_per_second;
    const auto second = cursor.take_number(2, 59);
    if (!second) return std::nullopt;
    const std::int64_t whole = (*minutes * 60 + *second) * microseconds_per_second;
    if (!cursor.take('.')) return whole;
    const auto fraction = take_fraction(cursor);
    if (!fraction) return std::nullopt;
    return whole + *fraction;
}

std::optional<std::int64_t> take_local_time(Cursor& cursor) {
    const auto days = take_date(cursor);
    if (!days || !(cursor.take('T') || cursor.take('t'))) return std::nullopt;
    const auto of_day = take_time_of_day(cursor);
    if (!of_day) return std::nullopt;
    return *days * microseconds_per_day + *of_day;
}

/// "Z" or "+HH:MM" in minutes east of UTC.
std::optional<std::int64_t> take_offset(Cursor& cursor) {
    if (cursor.take('Z') || cursor.take('z')) return 0;
    const bool west = cursor.take('-');
    if (!west && !cursor.take('+')) return std::nullopt;
    const auto minutes = take_hour_and_minute(cursor);
    if (!minutes) return std::nullopt;
    return west ? -*minutes : *minutes;
}

struct Unit {
    char letter;
    std::int64_t seconds;
};

constexpr std::array<Unit, 4> units{{{'d', seconds_per_day}, {'h', 3'600}, {'m', 60}, {'s', 1}}};

/// Digits to a number as far as it fits.
std::optional<std::int64_t> take_any_number(Cursor& cursor) {
    const std::size_t width = cursor.digits();
    if (width == 0) return std::nullopt;
    std::int64_t number = 0;
    for (std::size_t i = 0; i < width; ++i) {
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, cursor.rest[i] - '0', &number)) {
            return std::nullopt;
        }
    }
    cursor.rest.remove_prefix(width);
    return number;
}

/// One "15m" of a duration; `next` is the first unit that may stand here.
std::optional<std::int64_t> take_part(Cursor& cursor, std::size_t& next) {
    const auto count = take_any_number(cursor);
    if (!count) return std::nullopt;
    while (next < units.size() && !cursor.take(units[next].letter)) ++next;
    std::int64_t seconds = 0;
    if (next == units.size() || __builtin_mul_overflow(*count, units[next].seconds, &seconds)) {
        return std::nullopt;
    }
    ++next;
    return seconds;
}

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

void append_fraction(std::string& out, std::int64_t microseconds) {
    if (microseconds == 0) return;
    out += '.';
    append_padded(out, microseconds, 6);
    while (out.back() == '0') out.pop_back();
}

/// The number that two digits are; at least 100 where one is none.
std::uint32_t two_digits(const char* text) {
    const auto high = static_cast<std::uint32_t>(static_cast<unsigned char>(text[0])) - '0';
    const auto low = static_cast<std::uint32_t>(static_cast<unsigned char>(text[1])) - '0';
    return high > 9 || low > 9 ? 100 : high * 10 + low;
}

}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
    Cursor cursor{text};
    const auto days = take_date(cursor);
    return cursor.rest.empty() ? days : std::nullopt;
}

std::int64_t plain_time(std::string_view text) {
    if (text.size() != 20) return no_plain_time;
    const char* at = text.data();
    const bool marks = at[4] == '-' && at[7] == '-' && at[10] == 'T' && at[13] == ':' &&
                       at[16] == ':' && at[19] == 'Z';
    const std::uint32_t century = two_digits(at);
    const std::uint32_t year_of_it = two_digits(at + 2);
    const std::uint32_t month = two_digits(at + 5);
    const std::uint32_t day = two_digits(at + 8);
    const std::uint32_t hour = two_digits(at + 11);
    const std::uint32_t minute = two_digits(at + 14);
    const std::uint32_t second = two_digits(at + 17);
    if (!marks || century > 99 || year_of_it > 99 || century + year_of_it == 0 || hour > 23 ||
        minute > 59 || second > 59) {
        return no_plain_time;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(century * 100 + year_of_it)}, std::chrono::month{month},
        std::chrono::day{day}};
    if (!date.ok()) return no_plain_time;
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t of_day = (hour * 60 + minute) * 60 + second;
    return days * microseconds_per_day + of_day * microseconds_per_second;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    if (const std::int64_t plain = plain_time(text); plain != no_plain_time) return plain;
    Cursor cursor{text};
    const auto local = take_local_time(cursor);
    if (!local) return std::nullopt;
    const auto offset_minutes = take_offset(cursor);
    if (!offset_minutes || !cursor.rest.empty()) return std::nullopt;
    const std::int64_t instant = *local - *offset_minutes * 60 * microseconds_per_second;
    if (instant < first_time || instant > last_time) return std::nullopt;
    return instant;
}

std::optional<std::int64_t> parse_local_time(std::string_view text) {
    Cursor cursor{text};
    const auto local = take_local_time(cursor);
    return cursor.rest.empty() ? local : std::nullopt;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
    Cursor cursor{text};
    const bool negative = cursor.take('-');
    std::int64_t total = 0;
    std::size_t next = 0;
    do {
        const auto part = take_part(cursor, next);
        if (!part || __builtin_add_overflow(total, *part, &total)) return std::nullopt;
    } while (!cursor.rest.empty());
    return negative ? -total : total;
}

std::string date_text(std::int64_t days) {
    if (days < first_day || days > last_day) return std::string(no_date);
    const std::chrono::year_month_day date{
        std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
    std::string out;
    append_padded(out, static_cast<int>(date.year()), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.day()), 2);
    return out;
}

std::string time_text(std::int64_t microseconds) {
    if (microseconds < first_time || microseconds > last_time) return std::string(no_date);
    std::int64_t days = microseconds / microseconds_per_day;
    std::int64_t of_day = microseconds % microseconds_per_day;
    if (of_day < 0) {
        of_day += microseconds_per_day;
        --days;
    }
    const std::int64_t second = of_day / microseconds_per_second;
    std::string out = date_text(days) + 'T';
    append_padded(out, second / 3'600, 2);
    out += ':';
    append_padded(out, second / 60 % 60, 2);
    out += ':';
    append_padded(out, second % 60, 2);
    append_fraction(out, of_day % microseconds_per_second);
    return out + 'Z';
}

std::string duration_text(std::int64_t seconds) {
    if (seconds == 0) return "0s";
    std::string out = seconds < 0 ? "-" : "";
    for (const Unit& unit : units) {
        // Units are cut off before the sign is dropped: the lowest integer has no positive one.
        const std::int64_t count = seconds / unit.seconds;
        seconds %= unit.seconds;
        if (count != 0) out += std::to_string(count < 0 ? -count : count) + unit.letter;
    }
    return out;
}

std::int64_t weekday_of(std::int64_t days) {
    constexpr std::int64_t of_epoch = 3;  // 1970-01-01 was a Thursday
    return (days % 7 + 7 + of_epoch) % 7;
}

std::string_view weekday_text(std::int64_t weekday) {
    constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
    if (weekday < 0 || weekday > 6) return no_date;
    return names[static_cast<std::size_t>(weekday)];
}

}  // namespace proviso::model
