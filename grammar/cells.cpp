#include "grammar/cells.h"

namespace proviso::grammar {
namespace {

struct CellRange {
    char32_t first;
    char32_t last;
    std::size_t cells;
};

// The blocks that matter in practice: combining marks and invisible signs, then East Asian wide
// characters and emoji (Unicode's EastAsianWidth W and F, joined generously).
constexpr CellRange special_cells[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x0610, 0x061A, 0},
    {0x064B, 0x065F, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},
    {0x200B, 0x200F, 0},   {0x202A, 0x202E, 0},   {0x2060, 0x2069, 0},   {0x20D0, 0x20FF, 0},
    {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},   {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},
    {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},
    {0xFEFF, 0xFEFF, 0},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
    {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0},
};

}  // namespace

CodePoint decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3FU); };
    const unsigned char lead = byte(0);
    if (lead >= 0xC2 && lead < 0xE0 && text.size() > 1) {
        return {(static_cast<char32_t>(lead & 0x1FU) << 6) | tail(1), 2};
    }
    if (lead >= 0xE0 && lead < 0xF0 && text.size() > 2) {
        return {(static_cast<char32_t>(lead & 0x0FU) << 12) | (tail(1) << 6) | tail(2), 3};
    }
    if (lead >= 0xF0 && lead < 0xF5 && text.size() > 3) {
        const char32_t high = static_cast<char32_t>(lead & 0x07U) << 18;
        return {high | (tail(1) << 12) | (tail(2) << 6) | tail(3), 4};
    }
    return {lead < 0x80 ? static_cast<char32_t>(lead) : U'\uFFFD', 1};
}

std::size_t cells_of(char32_t code_point) {
    for (const CellRange& range : special_cells) {
        if (code_point < range.first) break;
        if (code_point <= range.last) return range.cells;
    }
    return 1;
}

std::size_t cells_of(std::string_view text) {
    std::size_t cells = 0;
    while (!text.empty()) {
        const CodePoint point = decode(text);
        cells += cells_of(point.value);
        text.remove_prefix(point.bytes);
    }
    return cells;
}

}  // namespace proviso::grammar
