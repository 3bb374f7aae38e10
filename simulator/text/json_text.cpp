#include "simulator/text/json_text.h"

#include <cstddef>

#include <nlohmann/json.hpp>

namespace proviso::simulator {
namespace {

bool is_plain(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void append_escape(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 0xF];
}

/// A string that cannot hide anything: no escape, no quote, no control character inside.
bool is_simple_string(std::string_view raw) {
    if (!is_json_string(raw)) return false;
    for (const char c : raw.substr(1, raw.size() - 2)) {
        if (!is_plain(c)) return false;
    }
    return true;
}

std::size_t digits_end(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_plain(text[at])) continue;
        out.append(text, begin, at - begin);
        append_escape(out, text[at]);
        begin = at + 1;
    }
    out.append(text, begin);
    out += '"';
}

void append_json_value(std::string& out, std::string_view raw) {
    raw = trimmed(raw);
    // `accept` builds nothing and does not recurse, whatever the nesting.
    const bool valid = is_simple_string(raw) || is_json_number(raw) || nlohmann::json::accept(raw);
    out += valid ? raw : std::string_view{"null"};
}

std::string_view plain_text(std::string_view raw, std::string& scratch) {
    raw = trimmed(raw);
    if (!is_json_string(raw)) return raw;
    if (raw.find('\\') == std::string_view::npos) return raw.substr(1, raw.size() - 2);
    const auto value = nlohmann::json::parse(raw, nullptr, false);
    if (!value.is_string()) return raw;
    scratch = value.get<std::string>();
    return scratch;
}

std::string_view trimmed(std::string_view raw) {
    if (!raw.empty() && raw.front() > ' ' && raw.back() > ' ') return raw;
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = raw.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return raw.substr(begin, raw.find_last_not_of(blanks) - begin + 1);
}

bool is_json_number(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digits_end(text, at);
    if (whole == at || (text[at] == '0' && whole > at + 1)) return false;
    at = whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = digits_end(text, at + 1);
        if (end == at + 1) return false;
        at = end;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t end = digits_end(text, at);
        if (end == at) return false;
        at = end;
    }
    return at == text.size();
}

}  // namespace proviso::simulator
