#include "simulator/text/text_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace proviso::simulator {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest_first_column = 12;

std::string_view code_of(Style style) {
    switch (style) {
        case Style::plain: return "";
        case Style::bold: return "\x1b[1m";
        case Style::dim: return "\x1b[2m";
        case Style::allow: return "\x1b[32m";
        case Style::notify: return "\x1b[36m";
        case Style::gate: return "\x1b[33m";
        case Style::block: return "\x1b[31m";
    }
    return "";
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t length_by_lead(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte >= 0xC2 && byte <= 0xDF) return 2;
    if (byte >= 0xE0 && byte <= 0xEF) return 3;
    if (byte >= 0xF0 && byte <= 0xF4) return 4;
    return 1;
}

/// The character at the front, as its bytes; a byte that is no UTF-8 stands alone.
std::string_view front_character(std::string_view text) {
    const std::size_t length = length_by_lead(text.front());
    if (length > text.size()) return text.substr(0, 1);
    for (std::size_t i = 1; i < length; ++i) {
        if (!continues(text[i])) return text.substr(0, 1);
    }
    return text.substr(0, length);
}

bool is_dangerous(std::string_view character) {
    if (character.size() == 1) {
        const auto byte = static_cast<unsigned char>(character[0]);
        return byte < 0x20 || byte >= 0x7F;
    }
    // U+0080 .. U+009F; U+200E, U+200F, U+2028 .. U+202E, U+2066 .. U+2069
    if (character[0] == '\xC2') return static_cast<unsigned char>(character[1]) < 0xA0;
    if (!character.starts_with("\xE2\x80") && !character.starts_with("\xE2\x81")) return false;
    const auto last = static_cast<unsigned char>(character.back());
    if (character[1] == '\x81') return last >= 0xA6 && last <= 0xA9;
    return last == 0x8E || last == 0x8F || (last >= 0xA8 && last <= 0xAE);
}

std::string one_decimal(std::uint64_t tenths) {
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

}  // namespace

Style style_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::allow: return Style::allow;
        case Outcome::notify: return Style::notify;
        case Outcome::gate: return Style::gate;
        case Outcome::block: return Style::block;
    }
    return Style::plain;
}

std::string Look::paint(std::string_view text, Style style) const {
    if (!colour || style == Style::plain || text.empty()) return std::string{text};
    return std::string{code_of(style)} + std::string{text} + "\x1b[0m";
}

std::string Look::clean(std::string_view text) const {
    std::string out;
    while (!text.empty()) {
        const std::string_view character = front_character(text);
        text.remove_prefix(character.size());
        const bool refused = is_dangerous(character) || (!unicode && character.size() > 1);
        out += refused ? std::string_view{"?"} : character;
    }
    return out;
}

std::string Look::cut(std::string_view text, std::size_t columns) const {
    std::string whole = clean(text);
    if (columns_of(whole) <= columns) return whole;
    const std::string_view mark = unicode ? "…" : "...";
    const std::size_t kept = columns - std::min(columns, columns_of(mark));
    std::string out;
    std::string_view rest = whole;
    for (std::size_t i = 0; i < kept; ++i) {
        const std::string_view character = front_character(rest);
        out += character;
        rest.remove_prefix(character.size());
    }
    return out += mark;
}

std::string Look::bar(double share, std::size_t columns) const {
    constexpr std::array<std::string_view, 8> parts{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double clamped = std::clamp(share, 0.0, 1.0);
    auto eighths =
        static_cast<std::size_t>(std::lround(clamped * static_cast<double>(columns) * 8));
    if (eighths == 0 && share > 0) eighths = 1;
    if (!unicode) return std::string((eighths + 7) / 8, '#');
    std::string out;
    for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
    return out += parts[eighths % 8];
}

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
    return digits;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0 || part == 0) return "0.0 %";
    if (part == whole) return "100.0 %";
    const auto share = static_cast<double>(part) / static_cast<double>(whole);
    const auto tenths = static_cast<std::uint64_t>(std::llround(share * 1000));
    if (tenths == 0) return "<0.1 %";
    if (tenths >= 1000) return ">99.9 %";
    return one_decimal(tenths) + " %";
}

std::string byte_size(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 5> units{"bytes", "KiB", "MiB", "GiB", "TiB"};
    auto size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1024 && unit + 1 < units.size()) {
        size /= 1024;
        ++unit;
    }
    if (unit == 0) return counted(bytes, "byte", "bytes");
    const auto tenths = static_cast<std::uint64_t>(std::llround(size * 10));
    return one_decimal(tenths) + ' ' + std::string{units[unit]};
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return grouped(number) + ' ' + std::string{number == 1 ? one : many};
}

Table::Table(std::vector<std::string> heads, std::vector<bool> left) : left_(std::move(left)) {
    for (std::string& head : heads) heads_.push_back({std::move(head), Style::bold});
    left_.resize(heads_.size(), false);
    left_.front() = true;
}

std::vector<std::size_t> Table::wanted(const Look& look) const {
    std::vector<std::size_t> widths(heads_.size());
    const auto widen = [&](const std::vector<Cell>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], columns_of(look.clean(row[i].text)));
        }
    };
    widen(heads_);
    for (const std::vector<Cell>& row : rows_) widen(row);
    return widths;
}

bool Table::fits(const Look& look) const {
    return widths(look).front() == wanted(look).front();
}

std::vector<std::size_t> Table::widths(const Look& look) const {
    std::vector<std::size_t> widths = wanted(look);
    std::size_t others = gap;
    for (std::size_t i = 1; i < widths.size(); ++i) others += widths[i] + gap;
    const std::size_t left = look.width > others ? look.width - others : 0;
    widths[0] = std::min(widths[0], std::max(left, narrowest_first_column));
    return widths;
}

void Table::print_row(std::string& out, const std::vector<Cell>& row,
                      const std::vector<std::size_t>& widths, const Look& look) const {
    std::string line(gap, ' ');
    std::size_t owed = 0;  // blanks that only come if something follows
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string text = look.cut(row[i].text, widths[i]);
        const std::size_t room = widths[i] - columns_of(text);
        line.append(owed + (left_[i] ? 0 : room), ' ');
        line += look.paint(text, row[i].style);
        owed = gap + (left_[i] ? room : 0);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line;
    out += '\n';
}

std::string Table::print(const Look& look) const {
    std::string out;
    const std::vector<std::size_t> columns = widths(look);
    print_row(out, heads_, columns, look);
    for (const std::vector<Cell>& row : rows_) print_row(out, row, columns, look);
    return out;
}

}  // namespace proviso::simulator
