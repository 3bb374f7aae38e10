// Strings as people and as JSON read them. Text that an agent wrote goes through here before
// anyone sees it: what is invisible, or turns the writing direction, is shown as an escape.
// Tested by tests/unit/engine/model/text_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace proviso::model {

/// One code point of UTF-8, or one byte that belongs to none.
struct CodePoint {
    std::uint32_t value = 0;  // of a stray byte: the byte
    std::uint8_t bytes = 1;
    bool valid = true;
};

/// The first code point of `text`, which is not empty. Overlong forms, surrogates and values past
/// U+10FFFF are stray bytes.
[[nodiscard]] CodePoint first_code_point(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);
/// Stray bytes count as one each.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

inline constexpr std::size_t quoted_code_points = 80;

/// In quotes: `"`, `\`, control, invisible and direction characters as `\"`, `\\`, `\n`, `\t`,
/// `\r`, `\u{202e}`, stray bytes as `\xff`. What is longer than `most` code points is cut, and
/// "…" follows the closing quote.
void append_quoted(std::string& out, std::string_view text, std::size_t most = quoted_code_points);

/// A JSON string as RFC 8785 wants it: escapes only where RFC 8259 demands them, the short ones
/// where there are such; everything else (U+2028 too) as it is. Each stray byte becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// Whether `a` comes before `b` in the order of UTF-16 code units, by which RFC 8785 sorts names.
[[nodiscard]] bool before_in_utf16(std::string_view a, std::string_view b);

}  // namespace proviso::model
