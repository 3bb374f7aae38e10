// Decoding is strict here: what a terminal is sent must be what a person can trust. Covered by
// tests/cli/text_test.cpp.
#include "cli/text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace proviso::cli {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

char32_t bits(char byte, unsigned mask) {
    return static_cast<unsigned char>(byte) & mask;
}

bool is_tail(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The first code point of a text that is not empty; overlong forms and surrogates are refused.
CodePoint decode(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    char32_t value = bits(text[0], 0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_tail(text[i])) return {};
        value = (value << 6) | bits(text[i], 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest[length] || value > 0x10FFFF || surrogate) return {};
    return {value, length, true};
}

bool is_shown(char32_t point) {
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool separator = point == 0x2028 || point == 0x2029;
    const bool bidi = point == 0x061C || point == 0x200E || point == 0x200F ||
                      (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return !control && !separator && !bidi;
}

bool is_wide(char32_t point) {
    return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
           (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
           (point >= 0x1F300 && point <= 0x1FAFF) || (point >= 0x20000 && point <= 0x3FFFD);
}

bool is_combining(char32_t point) {
    return (point >= 0x0300 && point <= 0x036F) || (point >= 0x200B && point <= 0x200D) ||
           (point >= 0x20D0 && point <= 0x20FF) || (point >= 0xFE00 && point <= 0xFE0F);
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) found.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return found;
}

}  // namespace

std::string visible(std::string_view text, bool keep_lines) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = decode(text);
        const bool line_end = point.value == U'\n';
        if (point.valid && (is_shown(point.value) || (keep_lines && line_end))) {
            shown += text.substr(0, point.bytes);
        } else if (line_end || point.value == U'\t') {
            shown += ' ';
        } else {
            shown += replacement;
        }
        text.remove_prefix(point.bytes);
    }
    return shown;
}

std::size_t cells(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const CodePoint point = decode(text);
        if (!is_combining(point.value)) count += is_wide(point.value) ? 2 : 1;
        text.remove_prefix(point.bytes);
    }
    return count;
}

std::string pad(std::string_view text, std::size_t width) {
    std::string padded(text);
    const std::size_t used = cells(text);
    if (used < width) padded.append(width - used, ' ');
    return padded;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    if (width == 0 || cells(text) <= width) return {std::string(text)};
    std::vector<std::string> lines;
    for (const std::string_view word : words(text)) {
        if (lines.empty() || cells(lines.back()) + 1 + cells(word) > width) {
            lines.emplace_back(word);
        } else {
            lines.back() += ' ';
            lines.back() += word;
        }
    }
    return lines;
}

std::string duration_text(std::int64_t seconds) {
    struct Unit {
        std::int64_t seconds;
        char letter;
    };
    constexpr std::array<Unit, 4> units{{{86'400, 'd'}, {3'600, 'h'}, {60, 'm'}, {1, 's'}}};
    // A whole day reads as the hours people write it with: "within 24h".
    if (seconds == units[0].seconds) return "24h";
    std::string text;
    for (const Unit& unit : units) {
        const std::int64_t count = seconds / unit.seconds;
        if (count > 0) text += fmt::format("{}{}", count, unit.letter);
        seconds %= unit.seconds;
    }
    return text.empty() ? "0s" : text;
}

std::string count_text(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

std::string counted(std::uint64_t count, std::string_view noun) {
    if (count == 0) return fmt::format("no {}s", noun);
    return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

}  // namespace proviso::cli
