// How calls come out: of both policies, by tool, against what was recorded and what people said.

#include "report_page/grid.h"
#include "report_page/html.h"
#include "report_page/sections.h"
#include "simulator/render/text_page.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::every_outcome;
using simulator::outcome_count;
using simulator::Report;

std::vector<Column> outcome_columns(std::string first) {
    std::vector<Column> columns{{std::move(first), false}};
    for (const Outcome outcome : every_outcome) {
        columns.push_back({std::string{name(outcome)}, true});
    }
    return columns;
}

template <typename Counts>
void add_outcomes(std::vector<TableCell>& row, const Counts& counts) {
    for (std::size_t j = 0; j < outcome_count; ++j) row.push_back(count_cell(counts[j]));
}

std::string recorded_table(const simulator::Recorded& recorded) {
    DataTable table{"Recorded, down; this policy, across", outcome_columns("recorded"), {}, 4};
    table.is_for_paper = false;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        std::vector<TableCell> row{text_cell(name(every_outcome[i]))};
        add_outcomes(row, recorded.table[i]);
        table.rows.push_back(std::move(row));
    }
    return table_html(table);
}

std::string verdicts_table(const simulator::HumanVerdicts& verdicts) {
    DataTable table{
        "What people said, down; this policy, across", outcome_columns("people"), {}, 4};
    for (std::size_t i = 0; i < simulator::verdict_count; ++i) {
        std::vector<TableCell> row{text_cell(name(static_cast<simulator::HumanVerdict>(i)))};
        add_outcomes(row, verdicts.table[i]);
        table.rows.push_back(std::move(row));
    }
    return table_html(table);
}

std::vector<TableCell> tool_row(const std::string& label, const simulator::Counts& counts) {
    std::vector<TableCell> row{text_cell(label), count_cell(counts.calls())};
    add_outcomes(row, counts.outcomes);
    row.push_back(count_cell(counts.unknown_calls()));
    return row;
}

}  // namespace

std::string outcomes_section(const Report& report) {
    const Grid grid = grid_of(report);
    const std::uint64_t calls = report.counts.calls();
    if (calls == 0) return {};
    const bool compares = !grid.before.empty();
    DataTable table{"Calls by outcome", {{"outcome", false}}, {}, simulator::class_count};
    if (compares) table.columns.insert(table.columns.end(), {{grid.before, true}, {"share", true}});
    table.columns.insert(table.columns.end(), {{"this policy", true}, {"share", true}});
    for (std::size_t i = 0; i < std::max(grid.columns.size(), grid.rows.size()); ++i) {
        const bool is_column = i < grid.columns.size();
        if (!compares && !is_column) break;
        const std::uint64_t now = is_column ? grid.columns[i].calls : 0;
        std::vector<TableCell> row{text_cell(is_column ? grid.columns[i].label : grid.rows[i].label,
                                             is_column ? grid.columns[i].key : "")};
        if (compares) {
            const std::uint64_t before = i < grid.rows.size() ? grid.rows[i].calls : 0;
            row.insert(row.end(), {count_cell(before), share_cell(before, calls)});
        }
        row.insert(row.end(), {count_cell(now), share_cell(now, calls)});
        table.rows.push_back(std::move(row));
    }
    return section_html(
        "outcomes", "How calls come out",
        "<div class=\"chart\" data-chart=\"outcomes\"></div>\n" + table_html(table));
}

std::string recorded_section(const Report& report) {
    std::string out;
    if (report.recorded && report.comparison) out += recorded_table(*report.recorded);
    if (report.verdicts) out += verdicts_table(*report.verdicts);
    return section_html("recorded", "What was done, and what people said", out);
}

std::string tools_section(const Report& report) {
    DataTable table{"Tools", outcome_columns("tool"), {}, 8};
    table.columns.insert(table.columns.begin() + 1, {"calls", true});
    table.columns.push_back({"unknown", true});
    for (const simulator::ToolRow& tool : report.tools) {
        table.rows.push_back(
            tool_row(tool.name + (tool.declared ? "" : " (not in the catalogue)"), tool.counts));
    }
    if (report.other_tools.calls() > 0) {
        table.rows.push_back(tool_row("other names", report.other_tools));
    }
    return section_html("tools", "By tool", table_html(table), "screen");
}

}  // namespace proviso::report_page
