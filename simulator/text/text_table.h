// Text for terminals: cut and cleaned words, numbers, tables, bars, sparing colour.
//
// Histories hold what agents wrote, so nothing reaches a terminal before control characters and
// marks that turn the direction of writing are taken out of it.
// Covered by tests/unit/simulator/text/text_table_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <proviso/outcome.h>

namespace proviso::simulator {

enum class Style : std::uint8_t { plain, bold, dim, allow, notify, gate, block };

[[nodiscard]] Style style_of(Outcome outcome);

/// What a terminal can show.
struct Look {
    bool colour = false;
    bool unicode = true;
    std::size_t width = 80;

    [[nodiscard]] std::string paint(std::string_view text, Style style) const;
    /// Without control characters; without anything but ASCII where that is asked for.
    [[nodiscard]] std::string clean(std::string_view text) const;
    /// Clean, and at most `columns` wide.
    [[nodiscard]] std::string cut(std::string_view text, std::size_t columns) const;
    /// A bar of `share` (0 .. 1) of `columns`.
    [[nodiscard]] std::string bar(double share, std::size_t columns) const;
    [[nodiscard]] std::string_view dot() const { return unicode ? "·" : "-"; }
};

/// Characters, each counted as one column.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// "1,234,567"
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "12.3 %"; "<0.1 %" and ">99.9 %" where rounding would say none or all.
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole);
/// "7.6 MiB"
[[nodiscard]] std::string byte_size(std::uint64_t bytes);
/// "one call", "2 calls"
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view one,
                                  std::string_view many);

struct Cell {
    std::string text;
    Style style = Style::plain;
};

/// Columns as wide as what they hold; the first one, aligned left, gives way where a line would be
/// wider than the look. All others are aligned right, but for those of `left`.
class Table {
  public:
    explicit Table(std::vector<std::string> heads, std::vector<bool> left = {});
    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
    /// Whether the first column has all the room that it needs.
    [[nodiscard]] bool fits(const Look& look) const;
    /// Two blanks in front of each line.
    [[nodiscard]] std::string print(const Look& look) const;

  private:
    [[nodiscard]] std::vector<std::size_t> wanted(const Look& look) const;
    [[nodiscard]] std::vector<std::size_t> widths(const Look& look) const;
    void print_row(std::string& out, const std::vector<Cell>& row,
                   const std::vector<std::size_t>& widths, const Look& look) const;

    std::vector<Cell> heads_;
    std::vector<bool> left_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace proviso::simulator
