#include "simulator/packed/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstring>

namespace proviso::simulator::packed {
namespace {

constexpr std::size_t time_bytes = 19;  // 2026-03-02T09:30:00
constexpr std::int64_t seconds_of_day = 86'400;

constexpr std::array<std::int64_t, most_digits + 1> make_powers() {
    std::array<std::int64_t, most_digits + 1> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}
constexpr std::array<std::int64_t, most_digits + 1> power_of_ten = make_powers();

struct Number {
    std::int64_t coefficient = 0;
    std::uint8_t scale = 0;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t count_digits(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    return static_cast<std::size_t>(end - text.begin());
}

/// Of at most `most_digits`.
std::int64_t integer(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

/// The fraction behind a point at the front of `rest`, which is taken off.
std::optional<std::string_view> take_fraction(std::string_view& rest) {
    if (!rest.starts_with('.')) return std::string_view{};
    const std::size_t digits = count_digits(rest.substr(1));
    if (digits == 0 || digits > most_digits) return std::nullopt;
    const std::string_view fraction = rest.substr(1, digits);
    rest.remove_prefix(digits + 1);
    return fraction;
}

/// `text` is all of the number.
std::optional<Number> decimal_of(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::string_view whole = text.substr(0, count_digits(text));
    text.remove_prefix(whole.size());
    const auto fraction = take_fraction(text);
    if (whole.empty() || !fraction || !text.empty()) return std::nullopt;
    if (whole.size() + fraction->size() > most_digits) return std::nullopt;
    const std::int64_t size = integer(whole) * power_of_ten[fraction->size()] + integer(*fraction);
    return Number{negative ? -size : size, static_cast<std::uint8_t>(fraction->size())};
}

/// The time that `rest` begins with, which is taken off.
std::optional<Number> take_time(std::string_view& rest) {
    if (rest.size() < time_bytes) return std::nullopt;
    const std::string_view text = rest.substr(0, time_bytes);
    constexpr std::string_view form = "0000-00-00T00:00:00";
    for (std::size_t i = 0; i < time_bytes; ++i) {
        if (form[i] == '0' ? !is_digit(text[i]) : form[i] != text[i]) return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(integer(text.substr(0, 4)))},
        std::chrono::month{static_cast<unsigned>(integer(text.substr(5, 2)))},
        std::chrono::day{static_cast<unsigned>(integer(text.substr(8, 2)))}};
    if (!date.ok()) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t seconds = days * seconds_of_day + integer(text.substr(11, 2)) * 3600 +
                                 integer(text.substr(14, 2)) * 60 + integer(text.substr(17, 2));
    rest.remove_prefix(time_bytes);
    const auto fraction = take_fraction(rest);
    // 253402300799 seconds: so many digits more are left in 64 bits.
    if (!fraction || fraction->size() > 6) return std::nullopt;
    return Number{seconds * power_of_ten[fraction->size()] + integer(*fraction),
                  static_cast<std::uint8_t>(fraction->size())};
}

bool is_of_number(char c) {
    return is_digit(c) || c == '.' || c == '-';
}

/// What all values begin and end with, up to where a number may begin.
NumberForm surroundings(std::span<const std::string_view> values) {
    const std::string_view first = values.front();
    std::size_t begin = shared_begin(values);
    while (begin > 0 && is_of_number(first[begin - 1])) --begin;
    std::size_t end = shared_end(values, begin);
    while (end > 0 && is_of_number(first[first.size() - end])) --end;
    NumberForm form;
    form.before = first.substr(0, begin);
    form.after = first.substr(first.size() - end);
    return form;
}

/// Leading zeros are part of a form where all have the same number of digits.
std::uint8_t leading_digits(std::span<const std::string_view> values, const NumberForm& form) {
    std::size_t fewest = most_digits;
    for (const std::string_view value : values) {
        std::string_view text = value.substr(form.before.size());
        if (text.starts_with('-')) text.remove_prefix(1);
        fewest = std::min(fewest, count_digits(text));
    }
    return static_cast<std::uint8_t>(fewest);
}

/// Whether the number, written in the form, is the very value.
bool is_written(const NumberForm& form, Number number, std::string_view value) {
    std::array<char, most_number_bytes> room;
    char* const end =
        form.is_time ? write_time(room.data(), number.coefficient, number.scale)
                     : write_decimal(room.data(), number.coefficient, number.scale, form.digits);
    if (end == nullptr) return false;
    const std::string_view text{room.data(), static_cast<std::size_t>(end - room.data())};
    return value.size() == form.before.size() + text.size() + form.after.size() &&
           value.substr(form.before.size(), text.size()) == text &&
           value.starts_with(form.before) && value.ends_with(form.after);
}

template <class NumberOf>
std::optional<Numbers> in_form(std::span<const std::string_view> values, NumberForm form,
                               NumberOf number_of) {
    Numbers result;
    result.coefficients.reserve(values.size());
    result.scales.reserve(values.size());
    for (const std::string_view value : values) {
        const std::optional<Number> number = number_of(value);
        if (!number || !is_written(form, *number, value)) return std::nullopt;
        result.coefficients.push_back(number->coefficient);
        result.scales.push_back(number->scale);
    }
    const std::uint8_t first = result.scales.front();
    const bool alike = std::all_of(result.scales.begin(), result.scales.end(),
                                   [first](std::uint8_t scale) { return scale == first; });
    form.scale = alike ? std::optional(first) : std::nullopt;
    if (alike) result.scales.clear();
    result.form = std::move(form);
    return result;
}

std::optional<Numbers> times_of(std::span<const std::string_view> values) {
    const std::string_view first = values.front();
    std::string_view rest = first.substr(first.starts_with('"') ? 1 : 0);
    NumberForm form;
    form.is_time = true;
    form.before = first.substr(0, first.size() - rest.size());
    if (!take_time(rest)) return std::nullopt;
    form.after = rest;
    const std::size_t around = form.before.size() + form.after.size();
    return in_form(values, form, [&form, around](std::string_view value) -> std::optional<Number> {
        if (value.size() < around) return std::nullopt;
        std::string_view text = value.substr(form.before.size());
        return take_time(text);
    });
}

std::optional<Numbers> decimals_of(std::span<const std::string_view> values) {
    NumberForm form = surroundings(values);
    form.digits = leading_digits(values, form);
    const std::size_t around = form.before.size() + form.after.size();
    const auto number_of = [&form, around](std::string_view value) {
        return decimal_of(value.substr(form.before.size(), value.size() - around));
    };
    if (auto numbers = in_form(values, form, number_of)) return numbers;
    if (form.digits <= 1) return std::nullopt;
    form.digits = 1;
    return in_form(values, form, number_of);
}

char* write_digits(char* out, std::uint64_t number, std::size_t at_least) {
    std::array<char, 20> room;
    const auto end = std::to_chars(room.data(), room.data() + room.size(), number).ptr;
    const auto size = static_cast<std::size_t>(end - room.data());
    if (size < at_least) {
        std::memset(out, '0', at_least - size);
        out += at_least - size;
    }
    std::memcpy(out, room.data(), size);
    return out + size;
}

char* write_part(char* out, unsigned number, char behind) {
    *out++ = static_cast<char>('0' + number / 10);
    *out++ = static_cast<char>('0' + number % 10);
    *out++ = behind;
    return out;
}

/// Whole ones, before the fraction that is written behind them.
std::int64_t seconds_of(std::int64_t coefficient, std::uint8_t scale) {
    const std::int64_t unit = power_of_ten[scale];
    return coefficient / unit - (coefficient % unit < 0 ? 1 : 0);
}

std::int64_t day_of(std::int64_t seconds) {
    return seconds / seconds_of_day - (seconds % seconds_of_day < 0 ? 1 : 0);
}

bool is_writable_day(std::int64_t day) {
    constexpr std::int64_t first_day = -719'528;  // 0000-01-01
    constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31
    return day >= first_day && day <= last_day;
}

char* write_fraction(char* out, std::uint64_t fraction, std::uint8_t scale) {
    if (scale == 0) return out;
    *out++ = '.';
    return write_digits(out, fraction, scale);
}

}  // namespace

std::size_t shared_begin(std::span<const std::string_view> values) {
    std::size_t size = values.front().size();
    for (const std::string_view value : values) {
        const auto [end, other] =
            std::mismatch(value.begin(), value.end(), values.front().begin(), values.front().end());
        size = std::min(size, static_cast<std::size_t>(end - value.begin()));
    }
    return size;
}

std::size_t shared_end(std::span<const std::string_view> values, std::size_t begin) {
    std::size_t size = values.front().size() - begin;
    for (const std::string_view value : values) {
        const auto [end, other] =
            std::mismatch(value.rbegin(), value.rend() - static_cast<std::ptrdiff_t>(begin),
                          values.front().rbegin(), values.front().rend());
        size = std::min(size, static_cast<std::size_t>(end - value.rbegin()));
    }
    return size;
}

std::optional<Numbers> numbers_of(std::span<const std::string_view> values) {
    if (values.empty()) return std::nullopt;
    if (auto times = times_of(values)) return times;
    return decimals_of(values);
}

char* write_decimal(char* out, std::int64_t coefficient, std::uint8_t scale, std::uint8_t digits) {
    auto size = static_cast<std::uint64_t>(coefficient);
    if (coefficient < 0) {
        *out++ = '-';
        size = 0 - size;
    }
    const auto unit = static_cast<std::uint64_t>(power_of_ten[scale]);
    out = write_digits(out, size / unit, digits);
    return write_fraction(out, size % unit, scale);
}

std::size_t decimal_size(std::int64_t coefficient, std::uint8_t scale, std::uint8_t digits) {
    const auto size = static_cast<std::uint64_t>(coefficient);
    const std::uint64_t whole =
        (coefficient < 0 ? 0 - size : size) / static_cast<std::uint64_t>(power_of_ten[scale]);
    std::size_t written = 1;
    for (std::uint64_t rest = whole; rest > 9; rest /= 10) ++written;
    written = std::max<std::size_t>(written, digits);
    return written + (coefficient < 0 ? 1U : 0U) + (scale == 0 ? 0U : scale + 1U);
}

std::size_t time_size(std::int64_t coefficient, std::uint8_t scale) {
    if (!is_writable_day(day_of(seconds_of(coefficient, scale)))) return 0;
    return time_bytes + (scale == 0 ? 0U : scale + 1U);
}

char* write_time(char* out, std::int64_t coefficient, std::uint8_t scale) {
    const std::int64_t unit = power_of_ten[scale];
    const std::int64_t seconds = seconds_of(coefficient, scale);
    const std::int64_t day = day_of(seconds);
    if (!is_writable_day(day)) return nullptr;
    const std::chrono::year_month_day date{
        std::chrono::sys_days{std::chrono::days{static_cast<std::int32_t>(day)}}};
    const auto of_day = static_cast<unsigned>(seconds - day * seconds_of_day);
    out = write_digits(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    *out++ = '-';
    out = write_part(out, static_cast<unsigned>(date.month()), '-');
    out = write_part(out, static_cast<unsigned>(date.day()), 'T');
    out = write_part(out, of_day / 3600, ':');
    out = write_part(out, of_day / 60 % 60, ':');
    out = write_part(out, of_day % 60, '.') - 1;
    const std::int64_t rest = coefficient % unit;
    return write_fraction(out, static_cast<std::uint64_t>(rest < 0 ? rest + unit : rest), scale);
}

}  // namespace proviso::simulator::packed
