// Exact decimals: coefficient × 10^-scale, normalised (no trailing zero in the fraction).
//
// A result that does not fit exactly is no result: arithmetic returns nothing and the caller
// makes it unknown. No binary floating point anywhere on the path of a number (law 7).
// Wherever the exact result does fit, it is returned: the normal form is the shortest, so a value
// fits if and only if its normal form does. Tested against schoolbook arithmetic on digit strings
// in tests/unit/engine/model/decimal_test.cpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::model {

/// |coefficient| <= 2^63 - 1 (at least 18 significant digits), 0 <= scale <= 18.
/// Always normalised: scale is 0 or the last digit of the coefficient is not 0; zero has scale 0.
struct Decimal {
    std::int64_t coefficient = 0;
    std::uint8_t scale = 0;

    friend bool operator==(const Decimal&, const Decimal&) = default;
};

inline constexpr std::uint8_t max_scale = 18;

/// `compare` where the scales differ.
[[nodiscard]] std::strong_ordering compare_across_scales(Decimal a, Decimal b);

[[nodiscard]] inline std::strong_ordering compare(Decimal a, Decimal b) {
    if (a.scale == b.scale) return a.coefficient <=> b.coefficient;
    return compare_across_scales(a, b);
}

[[nodiscard]] std::optional<Decimal> add(Decimal a, Decimal b);
[[nodiscard]] std::optional<Decimal> subtract(Decimal a, Decimal b);
[[nodiscard]] std::optional<Decimal> multiply(Decimal a, Decimal b);

/// coefficient × 10^-scale brought to normal form; nothing where it does not fit.
[[nodiscard]] std::optional<Decimal> make_decimal(std::int64_t coefficient, std::uint32_t scale);

/// A JSON number (RFC 8259): digits, fraction, exponent. Nothing for anything else, or where the
/// value does not fit exactly.
[[nodiscard]] std::optional<Decimal> parse_json_number(std::string_view text);

/// The same without exponent: "12.50", "-5". As money amounts come in strings.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text);

/// An integer value, when the decimal has no fraction.
[[nodiscard]] std::optional<std::int64_t> to_integer(Decimal value);

/// Shortest plain form, no exponent, no trailing zeros: "12.5".
[[nodiscard]] std::string to_string(Decimal value);

}  // namespace proviso::model
