// See bind_unescape.h.
#include "engine/decide/bind_unescape.h"

#include <optional>

namespace proviso::decide {

namespace {

std::optional<std::uint32_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
    return std::nullopt;
}

/// Four hex digits at the start of `text`.
std::optional<std::uint32_t> hex4(std::string_view text) {
    if (text.size() < 4) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto digit = hex_digit(text[i]);
        if (!digit) return std::nullopt;
        value = value << 4 | *digit;
    }
    return value;
}

/// What a backslash and this character stand for; 0 where JSON has no such escape.
char simple_escape(char c) {
    switch (c) {
        case '"':
        case '\\':
        case '/': return c;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return 0;
    }
}

bool is_high(std::uint32_t code) {
    return code >= 0xD800 && code < 0xDC00;
}

bool is_low(std::uint32_t code) {
    return code >= 0xDC00 && code < 0xE000;
}

char* append_utf8(char* to, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
    return to;
}

/// Reads the digits of a `\u` escape, of two where the first is a high surrogate, off `raw`.
std::optional<std::uint32_t> read_code(std::string_view& raw) {
    auto code = hex4(raw);
    if (!code) return std::nullopt;
    raw.remove_prefix(4);
    if (!is_high(*code) || !raw.starts_with("\\u")) return code;
    const auto low = hex4(raw.substr(2));
    if (!low) return std::nullopt;
    if (!is_low(*low)) return code;
    raw.remove_prefix(6);
    return 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
}

}  // namespace

Unescaped unescape(std::string_view raw, Arena& arena, std::string_view& out) {
    char* begin = arena.bytes(raw.size());
    char* to = begin;
    bool lone = false;
    while (!raw.empty()) {
        const char c = raw.front();
        raw.remove_prefix(1);
        if (c != '\\') {
            *to++ = c;
            continue;
        }
        if (raw.empty()) return Unescaped::no_json;
        const char escape = raw.front();
        raw.remove_prefix(1);
        if (escape == 'u') {
            const auto code = read_code(raw);
            if (!code) return Unescaped::no_json;
            lone = lone || is_high(*code) || is_low(*code);
            to = append_utf8(to, *code);
            continue;
        }
        *to = simple_escape(escape);
        if (*to++ == 0) return Unescaped::no_json;
    }
    if (lone) return Unescaped::lone_surrogate;
    out = {begin, static_cast<std::size_t>(to - begin)};
    return Unescaped::done;
}

bool escapes_are_json(std::string_view raw) {
    for (std::size_t at = raw.find('\\'); at != std::string_view::npos; at = raw.find('\\', at)) {
        if (at + 1 == raw.size()) return false;
        const bool unicode = raw[at + 1] == 'u';
        if (unicode ? !hex4(raw.substr(at + 2)) : simple_escape(raw[at + 1]) == 0) return false;
        at += 2;
    }
    return true;
}

}  // namespace proviso::decide
