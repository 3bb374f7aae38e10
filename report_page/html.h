// HTML while it is written: foreign text made harmless, tables that read the same on a phone, on
// paper and aloud.
// Covered by tests/unit/report_page/html_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::report_page {

/// Of the report's own or foreign words: no markup, no control characters, no marks that turn the
/// direction of writing.
[[nodiscard]] std::string html_text(std::string_view text);

/// Of a foreign name as much as a sentence has room for.
[[nodiscard]] std::string short_name(std::string_view name);

/// `<name class="css">inner</name>`; `inner` is HTML.
[[nodiscard]] std::string element(std::string_view name, std::string_view inner,
                                  std::string_view css = {});

/// A paragraph of the report's own or foreign words.
[[nodiscard]] std::string paragraph(std::string_view text, std::string_view css = {});

struct Column {
    std::string head;          ///< text
    bool is_number = false;    ///< aligned right
    bool is_for_paper = true;  ///< paper is narrow
};

struct TableCell {
    std::string html;
    std::string css;
};

/// Text or a number as a cell.
[[nodiscard]] TableCell text_cell(std::string_view text, std::string_view css = {});
/// With commas; a dot for none.
[[nodiscard]] TableCell count_cell(std::uint64_t number);
/// A share of a whole; empty where there is no whole.
[[nodiscard]] TableCell share_cell(std::uint64_t part, std::uint64_t whole);

struct DataTable {
    std::string caption;  ///< text
    std::vector<Column> columns;
    std::vector<std::vector<TableCell>> rows;  ///< the first cell heads its row
    std::size_t printed = 8;                   ///< rows that paper has room for
    bool is_for_paper = true;
    bool has_short_names = false;  ///< paper cuts names sooner, for the sake of the figures
};

/// A table that scrolls by itself, by keyboard too; of rows past `printed` paper says how many.
[[nodiscard]] std::string table_html(const DataTable& table);

/// A part of the page with its heading; empty where `inner` is. `css` names its place on the page.
[[nodiscard]] std::string section_html(std::string_view id, std::string_view heading,
                                       const std::string& inner, std::string_view css = {});

}  // namespace proviso::report_page
