// UTF-8 decoding by the table of well-formed byte sequences (Unicode 3.9, table 3-7), and the two
// ways of quoting. text_test.cpp decodes every code point and every pair of bytes.
#include "engine/model/text.h"

#include <algorithm>
#include <array>

namespace proviso::model {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

struct Range {
    std::uint32_t low;
    std::uint32_t high;
};

/// What a reader cannot see, or what changes how the rest is shown: controls, soft hyphen, joiners
/// and fillers, line separators, bidirectional controls, annotations, tags, private use.
constexpr std::array<Range, 22> hidden{{
    {0x0, 0x1F},        {0x7F, 0x9F},        {0xAD, 0xAD},       {0x34F, 0x34F},
    {0x61C, 0x61C},     {0x115F, 0x1160},    {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F},   {0x2028, 0x202E},    {0x2060, 0x206F},   {0x3164, 0x3164},
    {0xE000, 0xF8FF},   {0xFE00, 0xFE0E},    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},    {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF},
}};

bool is_hidden(std::uint32_t code_point) {
    const auto above = std::upper_bound(hidden.begin(), hidden.end(), code_point,
                                        [](std::uint32_t c, const Range& r) { return c < r.low; });
    return above != hidden.begin() && code_point <= std::prev(above)->high;
}

/// The bytes that may follow `lead` first, and how many follow in all; none for no lead byte.
struct Form {
    std::uint8_t followers = 0;
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xBF;
};

Form form_of(std::uint8_t lead) {
    if (lead >= 0xC2 && lead <= 0xDF) return {1};
    if (lead == 0xE0) return {2, 0xA0, 0xBF};
    if (lead == 0xED) return {2, 0x80, 0x9F};
    if (lead >= 0xE1 && lead <= 0xEF) return {2};
    if (lead == 0xF0) return {3, 0x90, 0xBF};
    if (lead >= 0xF1 && lead <= 0xF3) return {3};
    if (lead == 0xF4) return {3, 0x80, 0x8F};
    return {};
}

std::uint8_t unit_at(std::string_view text, std::size_t i) {
    return static_cast<std::uint8_t>(text[i]);
}

void append_hex_byte(std::string& out, std::uint32_t byte) {
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 15U];
}

void append_code_point_escape(std::string& out, std::uint32_t code_point) {
    std::string digits;
    for (; code_point != 0 || digits.empty(); code_point >>= 4U) {
        digits.insert(digits.begin(), hex_digits[code_point & 15U]);
    }
    out += "\\u{" + digits + "}";
}

/// The letter of a two-character escape that people and JSON share; 0 for others.
char short_escape(std::uint32_t code_point) {
    switch (code_point) {
        case '"': return '"';
        case '\\': return '\\';
        case '\n': return 'n';
        case '\r': return 'r';
        case '\t': return 't';
        default: return 0;
    }
}

void append_for_people(std::string& out, CodePoint c, std::string_view source) {
    if (!c.valid) {
        out += "\\x";
        append_hex_byte(out, c.value);
    } else if (const char letter = short_escape(c.value); letter != 0) {
        out += '\\';
        out += letter;
    } else if (is_hidden(c.value)) {
        append_code_point_escape(out, c.value);
    } else {
        out += source.substr(0, c.bytes);
    }
}

void append_json_control(std::string& out, std::uint32_t code_point) {
    out += '\\';
    if (const char letter = short_escape(code_point); letter != 0) {
        out += letter;
    } else if (code_point == '\b') {
        out += 'b';
    } else if (code_point == '\f') {
        out += 'f';
    } else {
        out += "u00";
        append_hex_byte(out, code_point);
    }
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
    const std::uint8_t lead = unit_at(text, 0);
    if (lead < 0x80) return {.value = lead};
    const CodePoint stray{.value = lead, .bytes = 1, .valid = false};
    const Form form = form_of(lead);
    if (form.followers == 0 || text.size() <= form.followers) return stray;
    if (unit_at(text, 1) < form.low || unit_at(text, 1) > form.high) return stray;
    std::uint32_t value = lead & (0x3FU >> form.followers);
    for (std::size_t i = 1; i <= form.followers; ++i) {
        if ((unit_at(text, i) & 0xC0U) != 0x80) return stray;
        value = value << 6U | (unit_at(text, i) & 0x3FU);
    }
    return {.value = value, .bytes = static_cast<std::uint8_t>(form.followers + 1)};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint c = first_code_point(text);
        if (!c.valid) return false;
        text.remove_prefix(c.bytes);
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).bytes);
    return count;
}

void append_quoted(std::string& out, std::string_view text, std::size_t most) {
    out += '"';
    for (std::size_t i = 0; i < most && !text.empty(); ++i) {
        const CodePoint c = first_code_point(text);
        append_for_people(out, c, text);
        text.remove_prefix(c.bytes);
    }
    out += '"';
    if (!text.empty()) out += "…";
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const CodePoint c = first_code_point(text);
        if (!c.valid) {
            out += "\xEF\xBF\xBD";
        } else if (c.value < 0x20 || c.value == '"' || c.value == '\\') {
            append_json_control(out, c.value);
        } else {
            out += text.substr(0, c.bytes);
        }
        text.remove_prefix(c.bytes);
    }
    out += '"';
}

// Code points from U+E000 up to U+FFFF come after all that need a surrogate.
bool before_in_utf16(std::string_view a, std::string_view b) {
    const auto weight = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0xEE || byte == 0xEF ? byte + 0x10 : static_cast<int>(byte);
    };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return weight(x) < weight(y); });
}

}  // namespace proviso::model
