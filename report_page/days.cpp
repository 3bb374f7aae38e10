// How calls come out, day by day, of both policies.

#include "report_page/html.h"
#include "report_page/sections.h"
#include "report_page/words.h"
#include "simulator/render/text_page.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::Report;

void add_columns(DataTable& table, const std::string& of) {
    for (const Outcome outcome : simulator::every_outcome) {
        table.columns.push_back({of + std::string{name(outcome)}, true});
    }
}

void add_cells(std::vector<TableCell>& row, const simulator::Counts& counts) {
    for (const Outcome outcome : simulator::every_outcome) {
        row.push_back(count_cell(counts.of(outcome)));
    }
}

std::string left_out(const simulator::DayTable& days) {
    std::string text;
    if (days.untimed > 0) {
        text = simulator::counted(days.untimed, "call has", "calls have") + " no time. ";
    }
    if (days.later > 0) {
        text += simulator::counted(days.later, "call is", "calls are") + " of days after the last.";
    }
    return text.empty() ? "" : paragraph(text, "soft");
}

}  // namespace

std::string days_section(const Report& report) {
    const simulator::DayTable& days = report.figures.days;
    if (days.days.empty()) return {};
    const bool compares = report.comparison.has_value();
    DataTable table{"Calls by day (UTC) and outcome", {{"day", false}}, {}, 0};
    if (compares) add_columns(table, "in force: ");
    add_columns(table, compares ? "this policy: " : "");
    table.is_for_paper = false;
    for (const simulator::DayRow& day : days.days) {
        std::vector<TableCell> row{text_cell(readable_date(day.day))};
        row[0].html = "<time datetime=\"" + html_text(day.day) + "\">" + row[0].html + "</time>";
        if (compares) add_cells(row, day.baseline);
        add_cells(row, day.policy);
        table.rows.push_back(std::move(row));
    }
    return section_html(
        "days", "Day by day",
        "<div class=\"chart\" data-chart=\"days\"></div>\n" + table_html(table) + left_out(days));
}

}  // namespace proviso::report_page
