// What moves: the table of outcomes, each cell with the calls behind it, and because of what.

#include <algorithm>

#include "report_page/grid.h"
#include "report_page/html.h"
#include "report_page/sections.h"
#include "simulator/render/comparison_words.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::grouped;
using simulator::Report;

constexpr std::string_view unknown_key = "unknown";

/// Which way a cell goes; empty where nothing moves.
std::string_view direction(const Grid& grid, std::size_t i, std::size_t j) {
    const std::string& before = grid.rows[i].key;
    const std::string& now = grid.columns[j].key;
    if (before == now || grid.before.empty()) return {};
    if (before == unknown_key) return grid.rows[i].label == before ? "unsettled" : "";
    if (now == unknown_key) return "unsettled";
    return i < j ? "tighter" : "looser";
}

/// How strong a cell's colour is: by its share of all calls.
char depth(std::uint64_t calls, std::uint64_t all) {
    if (calls * 100 < all) return '1';
    if (calls * 20 < all) return '2';
    return calls * 5 < all ? '3' : '4';
}

std::string cell(const Grid& grid, std::size_t i, std::size_t j, std::uint64_t all) {
    const std::uint64_t calls = grid.calls[i][j];
    if (calls == 0) return "<td class=\"none\"><span aria-label=\"0\">·</span></td>";
    const std::string_view way = direction(grid, i, j);
    const std::string label = grid.rows[i].label + " to " + grid.columns[j].label + ": " +
                              simulator::counted(calls, "call", "calls") +
                              (way.empty() ? "" : ", " + std::string(way));
    std::string out = "<td class=\"" + (way.empty() ? "same" : std::string(way)) + " depth" +
                      depth(calls, all) + "\"><button type=\"button\" data-before=\"" +
                      grid.rows[i].key + "\" data-now=\"" + grid.columns[j].key +
                      "\" data-calls=\"" + std::to_string(calls) + "\" aria-haspopup=\"dialog\"" +
                      " aria-label=\"" + html_text(label) + "\">";
    return out + grouped(calls) + "</button></td>";
}

std::string heat_map(const Grid& grid, const Report& report) {
    std::string head = "<td></td>";
    for (const GridLine& column : grid.columns) {
        head += "<th scope=\"col\">" + html_text(column.label) + "</th>";
    }
    std::string body;
    for (std::size_t i = 0; i < grid.rows.size(); ++i) {
        std::string row = "<th scope=\"row\">" + html_text(grid.rows[i].label) + "</th>";
        for (std::size_t j = 0; j < grid.columns.size(); ++j) {
            row += cell(grid, i, j, report.counts.calls());
        }
        body += element("tr", row) + '\n';
    }
    const std::string caption =
        grid.before.empty() ? "Calls by outcome" : grid.before + ", down; this policy, across";
    return "<table class=\"heat\">\n" + element("caption", html_text(caption)) + "\n<thead>" +
           element("tr", head) + "</thead>\n" + element("tbody", "\n" + body) + "\n</table>\n";
}

std::string key(const Grid& grid, const Report& report) {
    std::string out;
    if (!grid.before.empty()) {
        out =
            "<span class=\"swatch looser\">looser</span> <span class=\"swatch tighter\">tighter"
            "</span> ";
    }
    if (report.comparison) {
        out +=
            "<span class=\"swatch unsettled\">unsettled</span> Unknown: missing data decided; "
            "with all known, the outcome could be lighter. ";
    }
    return element("p", out + "<span class=\"scripted\">Open a number to see its calls.</span>",
                   "key") +
           '\n';
}

TableCell money_cell(const simulator::MoneyTable& money, std::size_t i, std::size_t j) {
    if (money.calls[i][j] == 0) return count_cell(0);
    return {simulator::grouped_amount(money.sums[i][j]), {}};
}

std::string moves_table(const simulator::Comparison& made) {
    constexpr std::size_t currencies_shown = 4;
    constexpr std::size_t currencies_on_paper = 2;
    const std::size_t currencies = std::min(made.money.size(), currencies_shown);
    DataTable table{"What moves", {{"from, to", false}, {"calls", true}, {"intents", true}}, {}, 8};
    for (std::size_t k = 0; k < currencies; ++k) {
        const std::string& currency = made.money[k].currency;
        table.columns.push_back(
            {currency.empty() ? "amount" : currency, true, k < currencies_on_paper});
    }
    for (const auto& [i, j] : simulator::moves_of(made)) {
        std::vector<TableCell> row{text_cell(std::string{simulator::class_name(i)} + " to " +
                                             std::string{simulator::class_name(j)}),
                                   count_cell(made.table[i][j]),
                                   count_cell(made.intents.table[i][j])};
        for (std::size_t k = 0; k < currencies; ++k) {
            row.push_back(money_cell(made.money[k], i, j));
        }
        table.rows.push_back(std::move(row));
    }
    if (table.rows.empty()) return {};
    return table_html(table) + paragraph(simulator::intents_of(made), "soft") +
           (currencies > 0 ? paragraph(simulator::amounts_of(made, currencies), "soft") : "");
}

std::string causes_table(const simulator::Comparison& made) {
    DataTable table{
        "Because of", {{"rule", false}, {"what it does", false}, {"calls", true}}, {}, 5};
    for (const simulator::ChangeRow& row : made.rules) {
        const bool looser = row.change == simulator::Change::looser;
        table.rows.push_back(
            {text_cell(row.rule),
             text_cell(looser ? "no longer holds" : "holds now", looser ? "looser" : "tighter"),
             count_cell(row.calls)});
    }
    return table_html(table);
}

}  // namespace

std::string moves_section(const Report& report) {
    const Grid grid = grid_of(report);
    if (report.counts.calls() == 0) return {};
    std::string out =
        element("div", "", "measures") + '\n' + heat_map(grid, report) + key(grid, report);
    if (report.comparison) {
        out += moves_table(*report.comparison) + causes_table(*report.comparison);
    }
    return section_html("moves", grid.before.empty() ? "Outcomes, and their calls" : "What changes",
                        out);
}

}  // namespace proviso::report_page
