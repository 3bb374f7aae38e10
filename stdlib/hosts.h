// Names of hosts, and what the functions of this folder share in reading text.
#pragma once

#include <span>
#include <string_view>

#include "proviso/native.h"

namespace proviso::stdlib {

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool is_letter(char c) {
    return is_capital(c) || (c >= 'a' && c <= 'z');
}
[[nodiscard]] constexpr char lowered(char c) {
    return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}
[[nodiscard]] constexpr bool is_control(char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

[[nodiscard]] bool same_but_case(std::string_view a, std::string_view b);

/// The text itself where it has no capital, else a copy in `room`. The text is ASCII.
[[nodiscard]] native::Value lower_ascii(std::string_view text, std::span<char> room);

/// Whether everybody reads it as the same name: labels of letters, digits and inner hyphens, as
/// long as DNS takes them, none empty, nothing behind the last; and no number in any form that some
/// reader would take for an address, such as `2130706433`, `0x7f.1`, `010.0.0.1`. A name of one
/// label is one too.
[[nodiscard]] bool is_host_name(std::string_view text);

/// Four numbers from 0 to 255, each in its shortest form.
[[nodiscard]] bool is_plain_address(std::string_view text);

}  // namespace proviso::stdlib
