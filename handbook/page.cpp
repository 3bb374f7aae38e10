// Covered by tests/unit/handbook/page_test.cpp.
#include "handbook/page.h"

#include "engine/model/text.h"

namespace proviso::handbook {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_plain(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '.';
}

/// Marks that turn the direction of writing or that nobody sees.
bool is_deceptive(std::uint32_t point) {
    return point == 0x061C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
           point == 0xFEFF || (point >= 0xE0000 && point <= 0xE007F);
}

bool is_control(std::uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

}  // namespace

Line joined(const std::vector<Line>& lines, std::string_view last) {
    Line result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) result.say(i + 1 == lines.size() ? last : ", ");
        result.append(lines[i]);
    }
    return result;
}

void Page::heading(std::uint32_t level, std::string anchor, Line line) {
    Block& block = blocks.emplace_back();
    block.kind = Block::Kind::heading;
    block.level = level;
    block.anchor = std::move(anchor);
    block.line = std::move(line);
}

void Page::paragraph(Line line) {
    if (line.empty()) return;
    Block& block = blocks.emplace_back();
    block.kind = Block::Kind::paragraph;
    block.line = std::move(line);
}

void Page::list(std::vector<Line> items) {
    if (items.empty()) return;
    Block& block = blocks.emplace_back();
    block.kind = Block::Kind::list;
    block.items = std::move(items);
}

void Page::table(Table table) {
    if (table.rows.empty()) return;
    Block& block = blocks.emplace_back();
    block.kind = Block::Kind::table;
    block.table = std::move(table);
}

std::string anchor_of(std::string_view kind, std::string_view name) {
    std::string anchor(kind);
    anchor += '-';
    for (const char byte : name) {
        if (is_plain(byte)) {
            anchor += byte;
            continue;
        }
        const auto value = static_cast<unsigned char>(byte);
        anchor += '-';
        anchor += hex_digits[value >> 4U];
        anchor += hex_digits[value & 15U];
    }
    return anchor;
}

std::string shown(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const model::CodePoint point = model::first_code_point(text);
        if (!point.valid || is_deceptive(point.value)) {
            result += "\xEF\xBF\xBD";
        } else if (is_control(point.value)) {
            result += ' ';
        } else {
            result += text.substr(0, point.bytes);
        }
        text.remove_prefix(point.bytes);
    }
    return result;
}

}  // namespace proviso::handbook
