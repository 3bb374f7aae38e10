// Matching of names and text: globs and addresses.
//
// Both stand between agent text and a rule, so both are strict and neither can be made slow:
// see pattern.cpp, and tests/unit/engine/model/pattern_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::model {

/// `glob` begins with `*`, of which the text before is done with.
[[nodiscard]] bool glob_rest_matches(std::string_view glob, std::string_view text);

/// Whole-string glob: `*` is any run of bytes (dots too), everything else itself. Linear time.
[[nodiscard]] inline bool glob_matches(std::string_view glob, std::string_view text) {
    const std::size_t star = glob.find('*');
    if (star == std::string_view::npos) return glob == text;
    if (text.substr(0, star) != glob.substr(0, star)) return false;
    if (star + 1 == glob.size()) return true;
    return glob_rest_matches(glob.substr(star), text.substr(star));
}

struct Address {
    std::array<std::uint8_t, 16> bytes{};  // IPv4 as ::ffff:a.b.c.d
    std::uint8_t family = 4;

    friend bool operator==(const Address&, const Address&) = default;
};
/// Dotted quad without leading zeros (RFC 6943 3.1.1), or RFC 4291 text without a zone. An
/// IPv4-mapped address (::ffff:a.b.c.d) is the IPv4 address, so that it meets the same rules.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
/// Dotted quad for family 4, RFC 5952 for 6. `bytes` are 16.
[[nodiscard]] std::string address_text(const std::uint8_t* bytes, std::uint32_t family);

}  // namespace proviso::model
