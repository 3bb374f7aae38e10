// Decimals by 128-bit integers: two coefficients brought to one scale, or multiplied, stay below
// 2^126, so no intermediate result is ever rounded or lost; only the last step may not fit.
//
// tests/unit/engine/model/decimal_test.cpp holds every operation against arithmetic on digit
// strings.
#include "engine/model/decimal.h"

#include <algorithm>
#include <array>
#include <limits>

namespace proviso::model {

namespace {

// NOLINTNEXTLINE(modernize-use-using): `__extension__` takes a typedef alone.
__extension__ typedef __int128 Wide;

constexpr std::int64_t max_coefficient = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t max_digits = 19;

constexpr std::array<std::int64_t, max_digits> powers_of_ten = [] {
    std::array<std::int64_t, max_digits> powers{};
    std::int64_t power = 1;
    for (std::size_t i = 0; i < powers.size(); ++i) {
        powers[i] = power;
        if (i + 1 < powers.size()) power *= 10;
    }
    return powers;
}();

/// 10^exponent, for 0 <= exponent <= 18.
constexpr std::int64_t power_of_ten(std::size_t exponent) {
    return powers_of_ten[exponent];
}

bool fits(Wide coefficient) {
    return coefficient <= max_coefficient && coefficient >= -max_coefficient;
}

/// As `make_decimal`, of a coefficient of any size.
std::optional<Decimal> make_wide_decimal(Wide coefficient, std::uint32_t scale) {
    while (!fits(coefficient)) {
        if (scale == 0 || coefficient % 10 != 0) return std::nullopt;
        coefficient /= 10;
        --scale;
    }
    return make_decimal(static_cast<std::int64_t>(coefficient), scale);
}

/// The coefficient that `value` has at `scale`, which is not below its own.
Wide coefficient_at(Decimal value, std::uint8_t scale) {
    return Wide{value.coefficient} * power_of_ten(std::size_t{scale} - value.scale);
}

/// Apart from `add`, whose common way is shorter than what this has to put by.
[[gnu::noinline]] std::optional<Decimal> add_wide(Decimal a, Decimal b) {
    const std::uint8_t scale = std::max(a.scale, b.scale);
    return make_wide_decimal(coefficient_at(a, scale) + coefficient_at(b, scale), scale);
}

/// A number as it is read digit by digit: value × 10^(zeros - fraction_digits), where the zeros
/// that nothing has followed yet are kept aside, so that `value` never ends in one.
struct Digits {
    std::int64_t value = 0;
    std::int64_t zeros = 0;
    std::int64_t fraction_digits = 0;
    bool too_many = false;
};

void add_digit(Digits& digits, char c) {
    if (c == '0') {
        ++digits.zeros;
        return;
    }
    const auto shift = static_cast<std::size_t>(digits.zeros) + 1;
    digits.zeros = 0;
    digits.too_many = digits.too_many || (digits.value != 0 && shift >= max_digits);
    if (digits.too_many) return;
    const std::int64_t factor = digits.value == 0 ? 1 : power_of_ten(shift);
    digits.too_many = __builtin_mul_overflow(digits.value, factor, &digits.value) ||
                      __builtin_add_overflow(digits.value, c - '0', &digits.value);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Reads `[0-9]+` at `at`; false where there is none.
bool read_digits(std::string_view text, std::size_t& at, Digits& digits) {
    const std::size_t begin = at;
    for (; at < text.size() && is_digit(text[at]); ++at) add_digit(digits, text[at]);
    return at > begin;
}

/// Reads `0|[1-9][0-9]*`, then `(\.[0-9]+)?`.
bool read_plain_number(std::string_view text, std::size_t& at, Digits& digits) {
    const bool zero_first = at < text.size() && text[at] == '0';
    const std::size_t begin = at;
    if (!read_digits(text, at, digits)) return false;
    if (zero_first && at > begin + 1) return false;
    if (at == text.size() || text[at] != '.') return true;
    const std::size_t fraction = ++at;
    if (!read_digits(text, at, digits)) return false;
    digits.fraction_digits = static_cast<std::int64_t>(at - fraction);
    return true;
}

/// Reads `[eE][+-]?[0-9]+`. An exponent that no text could balance is cut to a still larger one.
bool read_exponent(std::string_view text, std::size_t& at, std::int64_t& exponent) {
    constexpr std::int64_t beyond_any_text = std::int64_t{1} << 56;
    ++at;
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t begin = at;
    for (; at < text.size() && is_digit(text[at]); ++at) {
        exponent = std::min(exponent * 10 + (text[at] - '0'), beyond_any_text);
    }
    if (negative) exponent = -exponent;
    return at > begin;
}

/// digits × 10^exponent; nothing where it does not fit.
std::optional<Decimal> assemble(const Digits& digits, bool negative, std::int64_t exponent) {
    if (digits.too_many) return std::nullopt;
    if (digits.value == 0) return Decimal{};
    const std::int64_t power = exponent + digits.zeros - digits.fraction_digits;
    if (power < -std::int64_t{max_scale} || power > max_scale) return std::nullopt;
    std::int64_t coefficient = negative ? -digits.value : digits.value;
    if (power < 0) return Decimal{coefficient, static_cast<std::uint8_t>(-power)};
    const std::int64_t factor = power_of_ten(static_cast<std::size_t>(power));
    if (__builtin_mul_overflow(coefficient, factor, &coefficient)) return std::nullopt;
    return Decimal{coefficient, 0};
}

/// What most numbers are: at most 18 characters, no exponent. Nothing for any other, good or bad.
std::optional<Decimal> parse_short(std::string_view text) {
    if (text.size() >= max_digits) return std::nullopt;
    const bool negative = !text.empty() && text[0] == '-';
    std::size_t at = negative ? 1 : 0;
    const std::size_t begin = at;
    std::int64_t value = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) value = value * 10 + (text[at] - '0');
    if (at == begin || (text[begin] == '0' && at > begin + 1)) return std::nullopt;
    std::size_t fraction_digits = 0;
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && is_digit(text[at]); ++at, ++fraction_digits) {
            value = value * 10 + (text[at] - '0');
        }
        if (fraction_digits == 0) return std::nullopt;
    }
    if (at != text.size()) return std::nullopt;
    return make_decimal(negative ? -value : value, static_cast<std::uint32_t>(fraction_digits));
}

std::optional<Decimal> parse(std::string_view text, bool exponent_allowed) {
    if (const auto decimal = parse_short(text)) return decimal;
    Digits digits;
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) ++at;
    if (!read_plain_number(text, at, digits)) return std::nullopt;
    std::int64_t exponent = 0;
    if (exponent_allowed && at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        if (!read_exponent(text, at, exponent)) return std::nullopt;
    }
    if (at != text.size()) return std::nullopt;
    return assemble(digits, negative, exponent);
}

}  // namespace

std::strong_ordering compare_across_scales(Decimal a, Decimal b) {
    const std::uint8_t scale = std::max(a.scale, b.scale);
    const Wide left = coefficient_at(a, scale);
    const Wide right = coefficient_at(b, scale);
    if (left == right) return std::strong_ordering::equal;
    return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::optional<Decimal> add(Decimal a, Decimal b) {
    std::int64_t sum = 0;
    if (a.scale == b.scale && !__builtin_add_overflow(a.coefficient, b.coefficient, &sum)) {
        return make_decimal(sum, a.scale);
    }
    return add_wide(a, b);
}

std::optional<Decimal> subtract(Decimal a, Decimal b) {
    const std::uint8_t scale = std::max(a.scale, b.scale);
    return make_wide_decimal(coefficient_at(a, scale) - coefficient_at(b, scale), scale);
}

std::optional<Decimal> multiply(Decimal a, Decimal b) {
    return make_wide_decimal(Wide{a.coefficient} * b.coefficient, std::uint32_t{a.scale} + b.scale);
}

std::optional<Decimal> make_decimal(std::int64_t coefficient, std::uint32_t scale) {
    if (coefficient == 0) return Decimal{};
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    if (scale > max_scale || !fits(coefficient)) return std::nullopt;
    return Decimal{coefficient, static_cast<std::uint8_t>(scale)};
}

std::optional<Decimal> parse_json_number(std::string_view text) {
    return parse(text, true);
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    return parse(text, false);
}

std::optional<std::int64_t> to_integer(Decimal value) {
    if (value.scale != 0) return std::nullopt;
    return value.coefficient;
}

std::string to_string(Decimal value) {
    if (value.scale == 0) return std::to_string(value.coefficient);
    std::string digits = std::to_string(value.coefficient);
    const std::size_t sign = value.coefficient < 0 ? 1 : 0;
    const std::size_t least = sign + value.scale + 1;
    if (digits.size() < least) digits.insert(sign, least - digits.size(), '0');
    digits.insert(digits.size() - value.scale, 1, '.');
    return digits;
}

}  // namespace proviso::model
