// Short numbers of a document, eight characters at once.
// Covered by tests/unit/engine/decide/bind_json_test.cpp.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "engine/decide/bind_names.h"

namespace proviso::decide {

namespace numbers {

constexpr std::uint64_t every_byte(std::uint64_t byte) {
    return byte * 0x0101010101010101u;
}

/// The high bit of each byte that is above 9; of others too where there is any.
inline std::uint64_t above_nine(std::uint64_t digits) {
    return ((digits + every_byte(0x76)) | digits) & every_byte(0x80);
}

/// Eight digits, the first in the lowest byte.
inline std::int64_t eight_digits(std::uint64_t digits) {
    digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FFu;
    digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFFu;
    return static_cast<std::int64_t>((digits * 10'000 + (digits >> 32)) & 0xFFFFFFFFu);
}

}  // namespace numbers

/// A number of at most eight characters, digits and perhaps a point: integer × 10^-scale. False
/// for every other token, number or not. Eight bytes at `text`, which is not empty, are readable.
inline bool read_tiny_number(std::string_view text, std::int64_t& integer, std::uint8_t& scale) {
    const bool leading_zero = text[0] == '0' && text.size() > 1 && text[1] != '.';
    if (text.size() > 8 || leading_zero) return false;
    const auto unused = static_cast<int>(8 * (8 - text.size()));
    std::uint64_t digits = (model::short_key::load8(text.data()) ^ numbers::every_byte('0'))
                           << unused;
    scale = 0;
    if (const std::uint64_t others = numbers::above_nine(digits); others != 0) {
        const int point = std::countr_zero(others) - 7;  // its lowest bit
        const bool inside = point > unused && point < 56;
        if (!inside || (digits >> point & 0xFF) != ('.' ^ '0')) return false;
        const std::uint64_t before = digits & ((std::uint64_t{1} << point) - 1);
        const std::uint64_t behind = digits >> point >> 8 << point << 8;
        digits = before << 8 | behind;
        if (numbers::above_nine(digits) != 0) return false;
        scale = static_cast<std::uint8_t>((56 - point) / 8);
    }
    integer = numbers::eight_digits(digits);
    return true;
}

}  // namespace proviso::decide
