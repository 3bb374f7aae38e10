// Globs and addresses.
//
// A glob is pieces of plain text with anything between them. The last piece must end the text;
// each other piece may as well match at its first place, since that leaves most to the others. So
// there is nothing to go back on, and with a linear search for a piece (`memmem` of POSIX 2024)
// the whole is linear too.
//
// Addresses are read strictly, because what reads them later (a resolver, a proxy) may read
// "010.0.0.1", "1.2.3" or "0x7f.1" otherwise than a rule did. tests/unit/engine/model/
// pattern_test.cpp holds them against inet_pton and globs against a table of all prefixes.
#include "engine/model/pattern.h"

#include <cstring>

namespace proviso::model {

namespace {

/// The place after the first `piece` in `text`.
std::optional<std::size_t> end_of_first(std::string_view text, std::string_view piece) {
    if (piece.empty()) return 0;
    const void* found = memmem(text.data(), text.size(), piece.data(), piece.size());
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + piece.size();
}

std::optional<std::uint8_t> parse_octet(std::string_view digits) {
    if (digits.empty() || digits.size() > 3) return std::nullopt;
    if (digits.size() > 1 && digits[0] == '0') return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value > 255) return std::nullopt;
    return static_cast<std::uint8_t>(value);
}

/// "a.b.c.d" into four bytes at `out`.
bool parse_quad(std::string_view text, std::uint8_t* out) {
    for (int i = 0; i < 4; ++i) {
        const std::size_t dot = text.find('.');
        if ((dot == std::string_view::npos) != (i == 3)) return false;
        const auto octet = parse_octet(text.substr(0, dot));
        if (!octet) return false;
        out[i] = *octet;
        if (i < 3) text.remove_prefix(dot + 1);
    }
    return true;
}

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return std::nullopt;
}

/// One to four hex digits into two bytes at `out`.
bool parse_group(std::string_view text, std::uint8_t* out) {
    if (text.empty() || text.size() > 4) return false;
    unsigned value = 0;
    for (const char c : text) {
        const auto digit = hex_digit(c);
        if (!digit) return false;
        value = value << 4U | *digit;
    }
    out[0] = static_cast<std::uint8_t>(value >> 8U);
    out[1] = static_cast<std::uint8_t>(value & 0xFFU);
    return true;
}

/// Groups between single colons, the last perhaps a dotted quad, into at most 16 bytes at `out`.
/// How many bytes; none for an empty text.
std::optional<std::size_t> parse_groups(std::string_view text, bool quad_allowed,
                                        std::uint8_t* out) {
    if (text.empty()) return 0;
    std::size_t count = 0;
    for (;;) {
        const std::size_t colon = text.find(':');
        const std::string_view part = text.substr(0, colon);
        const bool last = colon == std::string_view::npos;
        const bool quad = last && quad_allowed && part.find('.') != std::string_view::npos;
        const std::size_t size = quad ? 4 : 2;
        if (count + size > 16) return std::nullopt;
        if (!(quad ? parse_quad(part, out + count) : parse_group(part, out + count))) {
            return std::nullopt;
        }
        count += size;
        if (last) return count;
        text.remove_prefix(colon + 1);
    }
}

bool is_mapped(const std::array<std::uint8_t, 16>& bytes) {
    static constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0;
}

std::optional<Address> parse_ipv6(std::string_view text) {
    Address address{.bytes = {}, .family = 6};
    const std::size_t gap = text.find("::");
    const bool has_gap = gap != std::string_view::npos;
    const auto head = parse_groups(text.substr(0, gap), !has_gap, address.bytes.data());
    if (!head || (!has_gap && *head != 16)) return std::nullopt;
    if (has_gap) {
        std::array<std::uint8_t, 16> tail{};
        const auto size = parse_groups(text.substr(gap + 2), true, tail.data());
        if (!size || *head + *size > 14) return std::nullopt;  // the gap is one group or more
        std::memcpy(address.bytes.data() + (16 - *size), tail.data(), *size);
    }
    if (is_mapped(address.bytes)) address.family = 4;
    return address;
}

std::optional<Address> parse_ipv4(std::string_view text) {
    Address address{.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, .family = 4};
    if (!parse_quad(text, address.bytes.data() + 12)) return std::nullopt;
    return address;
}

std::string ipv4_text(const std::uint8_t* bytes) {
    std::string out;
    for (int i = 12; i < 16; ++i) {
        if (i > 12) out += '.';
        out += std::to_string(bytes[i]);
    }
    return out;
}

struct Run {
    std::size_t begin = 8;
    std::size_t length = 0;
};

/// The longest run of zero groups, the first of equal ones; shorter than two counts for nothing.
Run longest_zero_run(const std::array<unsigned, 8>& groups) {
    Run best;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t length = 0;
        while (i + length < groups.size() && groups[i + length] == 0) ++length;
        if (length >= 2 && length > best.length) best = {i, length};
    }
    return best;
}

void append_hex(std::string& out, unsigned group) {
    static constexpr std::string_view digits = "0123456789abcdef";
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
        const unsigned digit = group >> static_cast<unsigned>(shift) & 15U;
        started = started || digit != 0 || shift == 0;
        if (started) out += digits[digit];
    }
}

std::string ipv6_text(const std::uint8_t* bytes) {
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        groups[i] = static_cast<unsigned>(bytes[2 * i]) << 8U | bytes[2 * i + 1];
    }
    const Run gap = longest_zero_run(groups);
    std::string out;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == gap.begin) {
            out += "::";
            i += gap.length - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') out += ':';
        append_hex(out, groups[i]);
    }
    return out;
}

}  // namespace

bool glob_rest_matches(std::string_view glob, std::string_view text) {
    const std::size_t last_star = glob.rfind('*');
    const std::string_view last_piece = glob.substr(last_star + 1);
    if (!text.ends_with(last_piece)) return false;
    text.remove_suffix(last_piece.size());
    glob = glob.substr(0, last_star);
    while (!glob.empty()) {
        glob.remove_prefix(1);
        const std::size_t star = glob.find('*');
        const auto end = end_of_first(text, glob.substr(0, star));
        if (!end) return false;
        text.remove_prefix(*end);
        glob.remove_prefix(star == std::string_view::npos ? glob.size() : star);
    }
    return true;
}

std::optional<Address> parse_address(std::string_view text) {
    if (text.find(':') == std::string_view::npos) return parse_ipv4(text);
    return parse_ipv6(text);
}

std::string address_text(const std::uint8_t* bytes, std::uint32_t family) {
    return family == 4 ? ipv4_text(bytes) : ipv6_text(bytes);
}

}  // namespace proviso::model
