// Texts that are a number, or a time, and their common way of being written.
//
// `"r-000417"`, `812.50` and `"2026-03-02T09:30:00.125Z"` are each a number between a beginning and
// an end that all values of a column share. A form holds what they share; a value is then a
// coefficient and, where they differ, its digits behind the point. A column has a form only where
// every one of its texts comes out of it byte by byte again.
// Covered by tests/unit/simulator/packed/column_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::simulator::packed {

inline constexpr std::uint8_t most_digits = 18;
/// Characters that a form's number takes at most: sign, digits, point; or date, time, fraction.
inline constexpr std::size_t most_number_bytes = 40;

struct NumberForm {
    std::string before;
    std::string after;
    bool is_time = false;     ///< coefficient: of seconds since 1970
    std::uint8_t digits = 0;  ///< at least so many before the point, with leading zeros
    /// Digits behind the point, of all; none: each value has its own.
    std::optional<std::uint8_t> scale = 0;
};

struct Numbers {
    NumberForm form;
    std::vector<std::int64_t> coefficients;
    std::vector<std::uint8_t> scales;  ///< empty where the form has one
};

/// Bytes that all values begin with, and that all end with behind `begin` of them. `values` has one
/// at least.
[[nodiscard]] std::size_t shared_begin(std::span<const std::string_view> values);
[[nodiscard]] std::size_t shared_end(std::span<const std::string_view> values, std::size_t begin);

/// The values as numbers of one form; none where one of them has another.
[[nodiscard]] std::optional<Numbers> numbers_of(std::span<const std::string_view> values);

/// The number alone, without what is before and behind. Writes at most `most_number_bytes`; the
/// end of what it wrote, or null where it cannot be written: a year beyond 0 to 9999.
/// `scale` and `digits` are at most `most_digits`.
[[nodiscard]] char* write_decimal(char* out, std::int64_t coefficient, std::uint8_t scale,
                                  std::uint8_t digits);
[[nodiscard]] char* write_time(char* out, std::int64_t coefficient, std::uint8_t scale);
/// How many bytes they write; 0 where there is nothing that could be written.
[[nodiscard]] std::size_t decimal_size(std::int64_t coefficient, std::uint8_t scale,
                                       std::uint8_t digits);
[[nodiscard]] std::size_t time_size(std::int64_t coefficient, std::uint8_t scale);

}  // namespace proviso::simulator::packed
