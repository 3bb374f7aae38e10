// Exact decimals of any size, for the reference: a whole number of any length and where its point
// stands. Schoolbook arithmetic on nine digits at a time; nothing of engine/model is used.
// A dependency (boost::multiprecision) would be larger than this file is. Tested by
// number_test.cpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::reference {

class Number {
  public:
    Number() = default;
    Number(std::int64_t value);  // NOLINT(google-explicit-constructor)
    /// value × 10^-scale.
    Number(std::int64_t value, std::uint32_t scale);
    /// A JSON number: digits, fraction, exponent. Nothing for any other text, nor where the
    /// exponent has more than four digits.
    [[nodiscard]] static std::optional<Number> parse(std::string_view text);

    [[nodiscard]] Number plus(const Number& other) const;
    [[nodiscard]] Number minus(const Number& other) const;
    [[nodiscard]] Number times(const Number& other) const;
    friend std::strong_ordering operator<=>(const Number& a, const Number& b);
    friend bool operator==(const Number& a, const Number& b);

    [[nodiscard]] bool is_whole() const { return scale_ == 0; }
    /// As docs/limits.md bounds a decimal: a coefficient of at most 2^63 - 1, 18 digits behind the
    /// point.
    [[nodiscard]] bool fits_decimal() const;
    /// -2^63 to 2^63 - 1.
    [[nodiscard]] bool fits_integer() const;
    /// Of one that fits an integer.
    [[nodiscard]] std::int64_t integer() const;
    /// "-12.5".
    [[nodiscard]] std::string text() const;

  private:
    using Limbs = std::vector<std::uint32_t>;  // base 10^9, the lowest first; empty is zero
    static int compare_limbs(const Limbs& a, const Limbs& b);
    static Limbs add_limbs(const Limbs& a, const Limbs& b);
    static Limbs subtract_limbs(const Limbs& a, const Limbs& b);
    static Limbs multiply_limbs(const Limbs& a, const Limbs& b);
    static Limbs power_of_ten(std::uint32_t exponent);
    static std::uint32_t divide_by_ten(Limbs& limbs);
    [[nodiscard]] Limbs scaled_to(std::uint32_t scale) const;
    void normalise();

    bool negative_ = false;
    Limbs limbs_;
    std::uint32_t scale_ = 0;  // digits behind the point; 0 or the last digit is not 0
};

}  // namespace proviso::reference
