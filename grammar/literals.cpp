#include "grammar/literals.h"

#include <array>
#include <limits>

namespace proviso::grammar {
namespace {

std::int64_t digits_value(std::string_view digits) {
    std::int64_t value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

std::uint32_t hex_value(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char digit : digits) {
        const bool is_decimal = digit >= '0' && digit <= '9';
        const int nibble = is_decimal ? digit - '0' : (digit | 0x20) - 'a' + 10;
        value = (value << 4U) | static_cast<std::uint32_t>(nibble);
    }
    return value;
}

bool is_high_surrogate(std::uint32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(std::uint32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

constexpr std::size_t unicode_escape_size = 6;  // \uXXXX

/// Decodes the `\u` escape at `at`, with its second half where it has one; gives its length.
std::size_t decode_unicode(std::string_view body, std::size_t at, DecodedText& result) {
    const std::string_view escape = body.substr(at, unicode_escape_size);
    const std::uint32_t unit = hex_value(escape.substr(2));
    const std::string_view next = body.substr(at + unicode_escape_size, unicode_escape_size);
    if (is_high_surrogate(unit) && next.starts_with("\\u")) {
        const std::uint32_t low = hex_value(next.substr(2));
        if (is_low_surrogate(low)) {
            append_utf8(result.text, 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00));
            return 2 * unicode_escape_size;
        }
    }
    const bool is_lone = is_high_surrogate(unit) || is_low_surrogate(unit);
    if (is_lone && result.lone_surrogate.empty()) result.lone_surrogate = escape;
    append_utf8(result.text, is_lone ? 0xFFFD : unit);
    return unicode_escape_size;
}

char simple_escape(char code) {
    switch (code) {
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return code;
    }
}

bool is_leap_year(std::int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int64_t seconds_of_unit(char unit) {
    switch (unit) {
        case 'd': return 86'400;
        case 'h': return 3'600;
        case 'm': return 60;
        default: return 1;
    }
}

}  // namespace

void append_utf8(std::string& text, std::uint32_t code_point) {
    const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    const auto tail = [&](unsigned shift) { put(0x80U | ((code_point >> shift) & 0x3FU)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0U | (code_point >> 6U));
        tail(0);
    } else if (code_point < 0x10000) {
        put(0xE0U | (code_point >> 12U));
        tail(6);
        tail(0);
    } else {
        put(0xF0U | (code_point >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

DecodedText decode_escapes(std::string_view body, bool single_braces) {
    DecodedText result;
    result.text.reserve(body.size());
    for (std::size_t at = 0; at < body.size();) {
        const char letter = body[at];
        if (letter == '\\' && body[at + 1] == 'u') {
            at += decode_unicode(body, at, result);
        } else if (letter == '\\') {
            result.text.push_back(simple_escape(body[at + 1]));
            at += 2;
        } else {
            result.text.push_back(letter);
            at += single_braces && (letter == '{' || letter == '}') ? 2 : 1;
        }
    }
    return result;
}

std::optional<std::int64_t> whole_number(std::string_view digits) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    std::int64_t value = 0;
    for (const char letter : digits) {
        const std::int64_t digit = letter - '0';
        if (value > (largest - digit) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

std::optional<std::int64_t> duration_seconds(std::string_view text) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    std::int64_t total = 0;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789");
        const std::optional<std::int64_t> count = whole_number(text.substr(0, digits));
        const std::int64_t seconds = seconds_of_unit(text[digits]);
        if (!count || *count > (largest - total) / seconds) return std::nullopt;
        total += *count * seconds;
        text.remove_prefix(digits + 1);
    }
    return total;
}

bool is_calendar_date(std::string_view text) {
    constexpr std::array<std::int64_t, 12> month_days = {31, 28, 31, 30, 31, 30,
                                                         31, 31, 30, 31, 30, 31};
    const std::int64_t year = digits_value(text.substr(0, 4));
    const std::int64_t month = digits_value(text.substr(5, 2));
    const std::int64_t day = digits_value(text.substr(8, 2));
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    const bool leap_day = month == 2 && is_leap_year(year);
    return day <= month_days[static_cast<std::size_t>(month - 1)] + (leap_day ? 1 : 0);
}

std::int32_t minutes_of(std::string_view text) {
    return static_cast<std::int32_t>(digits_value(text.substr(0, 2)) * 60 +
                                     digits_value(text.substr(3, 2)));
}

bool is_hour(std::string_view text, bool allow_midnight_end) {
    if (allow_midnight_end && text.substr(0, 5) == "24:00") return true;
    return digits_value(text.substr(0, 2)) < 24 && digits_value(text.substr(3, 2)) < 60;
}

bool is_time_of_day(std::string_view text) {
    if (!is_hour(text, false)) return false;
    const bool has_seconds = text.size() > 5 && text[5] == ':';
    if (has_seconds && digits_value(text.substr(6, 2)) > 59) return false;
    const std::size_t sign = text.find_first_of("+-");
    return sign == std::string_view::npos || is_hour(text.substr(sign + 1), false);
}

}  // namespace proviso::grammar
