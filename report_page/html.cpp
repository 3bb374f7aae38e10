#include "report_page/html.h"

#include "simulator/text/markup.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {

std::string html_text(std::string_view text) {
    return simulator::markup_text(simulator::Look{}.clean(text));
}

std::string short_name(std::string_view name) {
    constexpr std::size_t columns = 40;
    return simulator::Look{}.cut(name, columns);
}

std::string element(std::string_view name, std::string_view inner, std::string_view css) {
    std::string out = "<" + std::string(name);
    if (!css.empty()) out += " class=\"" + std::string(css) + '"';
    return out.append(">").append(inner).append("</").append(name).append(">");
}

std::string paragraph(std::string_view text, std::string_view css) {
    return element("p", html_text(text), css) + '\n';
}

TableCell text_cell(std::string_view text, std::string_view css) {
    return {html_text(text), std::string(css)};
}

TableCell count_cell(std::uint64_t number) {
    if (number == 0) return {"<span aria-label=\"0\">·</span>", "none"};
    return {simulator::grouped(number), {}};
}

TableCell share_cell(std::uint64_t part, std::uint64_t whole) {
    return {whole == 0 ? "" : html_text(simulator::percent(part, whole)), "soft"};
}

namespace {

constexpr std::size_t rows_at_once = 16;  // more scroll by themselves
constexpr std::size_t few_columns = 5;    // more are set closer

std::string css_of(const Column& column, std::string_view more) {
    std::string css(column.is_number ? "number" : "");
    if (!column.is_for_paper) css += css.empty() ? "screen" : " screen";
    if (!more.empty()) css.append(css.empty() ? "" : " ").append(more);
    return css.empty() ? "" : " class=\"" + css + '"';
}

std::string head_row(const std::vector<Column>& columns) {
    std::string out;
    for (const Column& column : columns) {
        out += "<th scope=\"col\"" + css_of(column, {}) + '>' + html_text(column.head) + "</th>";
    }
    return "<thead>" + element("tr", out) + "</thead>\n";
}

std::string cell_html(const TableCell& cell, const Column& column, bool is_head) {
    return (is_head ? "<th scope=\"row\"" : "<td") + css_of(column, cell.css) + '>' + cell.html +
           (is_head ? "</th>" : "</td>");
}

std::string row_html(const DataTable& table, std::size_t row) {
    std::string out;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        out += cell_html(table.rows[row][i], table.columns[i], i == 0);
    }
    return element("tr", out, row < table.printed ? "" : "screen") + '\n';
}

/// What paper says of the rows that it has no room for.
std::string rest_html(const DataTable& table) {
    if (!table.is_for_paper || table.rows.size() <= table.printed) return {};
    return paragraph("and " + simulator::grouped(table.rows.size() - table.printed) +
                         " more in the file that this was printed from",
                     "paper soft");
}

}  // namespace

std::string table_html(const DataTable& table) {
    if (table.rows.empty()) return {};
    const std::string label = html_text(table.caption);
    const bool is_tall = table.rows.size() > rows_at_once;
    const bool is_dense = table.columns.size() > few_columns;
    std::string out = "<div class=\"scroll" + std::string(is_tall ? " tall" : "") +
                      (is_dense ? " dense" : "") + (table.has_short_names ? " short" : "") +
                      (table.is_for_paper ? "" : " screen") +
                      "\" role=\"region\" tabindex=\"0\" aria-label=\"" + label + "\">\n<table>\n" +
                      element("caption", label) + '\n' + head_row(table.columns) + "<tbody>\n";
    for (std::size_t i = 0; i < table.rows.size(); ++i) out += row_html(table, i);
    return out + "</tbody>\n</table>\n</div>\n" + rest_html(table);
}

std::string section_html(std::string_view id, std::string_view heading, const std::string& inner,
                         std::string_view css) {
    if (inner.empty()) return {};
    std::string out =
        "<section id=\"" + std::string(id) + "\" aria-labelledby=\"" + std::string(id) + "-head\"";
    if (!css.empty()) out += " class=\"" + std::string(css) + '"';
    return out + ">\n<h2 id=\"" + std::string(id) + "-head\">" + html_text(heading) + "</h2>\n" +
           inner + "</section>\n";
}

}  // namespace proviso::report_page
