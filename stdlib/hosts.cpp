// Hosts are where a policy is led astray: what one reader takes for acme.com and another for
// evil.com. So nothing is repaired here. Covered by tests/golden/decide/stdlib.
#include "stdlib/hosts.h"

#include <algorithm>
#include <cstddef>

namespace proviso::stdlib {
namespace {

constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > longest_label) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return std::all_of(label.begin(), label.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

/// Digits, or digits of base 16 behind `0x`: readers of URLs take a name that ends so for a number.
bool is_numeric(std::string_view label) {
    if (label.size() >= 2 && label[0] == '0' && lowered(label[1]) == 'x') {
        return std::all_of(label.begin() + 2, label.end(), [](char c) {
            return is_digit(c) || (lowered(c) >= 'a' && lowered(c) <= 'f');
        });
    }
    return std::all_of(label.begin(), label.end(), is_digit);
}

bool is_octet(std::string_view label) {
    if (label.empty() || label.size() > 3 || (label.size() > 1 && label[0] == '0')) return false;
    int value = 0;
    for (const char c : label) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
    }
    return value <= 255;
}

/// Calls `visit` with each part between dots until it says no.
template <class Visit>
bool each_label(std::string_view text, const Visit& visit) {
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!visit(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

bool same_but_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowered(x) == lowered(y); });
}

native::Value lower_ascii(std::string_view text, std::span<char> room) {
    if (std::none_of(text.begin(), text.end(), is_capital)) return {text};
    if (text.size() > room.size()) return {native::Unknown{native::Cause::too_long}};
    std::transform(text.begin(), text.end(), room.begin(), lowered);
    return {std::string_view(room.data(), text.size())};
}

bool is_plain_address(std::string_view text) {
    int count = 0;
    return each_label(text,
                      [&](std::string_view label) {
                          ++count;
                          return is_octet(label);
                      }) &&
           count == 4;
}

bool is_host_name(std::string_view text) {
    if (text.size() > longest_name || !each_label(text, is_label)) return false;
    const std::size_t dot = text.rfind('.');
    return !is_numeric(dot == std::string_view::npos ? text : text.substr(dot + 1));
}

}  // namespace proviso::stdlib
