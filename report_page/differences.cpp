// What is written differently in the two sets: those first that say who may act or approve.

#include "simulator/render/differences.h"

#include "report_page/html.h"
#include "report_page/sections.h"

namespace proviso::report_page {

std::string differences_section(const simulator::Report& report) {
    using simulator::DifferenceGroup;
    if (!report.comparison) return {};
    const simulator::Comparison& made = *report.comparison;
    DataTable table{"Each by what is written, or by what that names",
                    {{"statement", false}, {"where", false}, {"how", false}},
                    {},
                    12};
    for (const simulator::DifferenceLine& line : simulator::differences_of(made)) {
        const bool is_marked = line.group <= DifferenceGroup::unreached;
        table.rows.push_back({text_cell(line.what), text_cell(line.place),
                              text_cell(line.how, is_marked ? "warn" : "")});
    }
    for (const ParamChange& one : made.params) {
        const std::string before = one.before.empty() ? "none" : one.before;
        const std::string after = one.after.empty() ? "none" : one.after;
        table.rows.push_back(
            {text_cell("param " + one.param), text_cell(""), text_cell(before + ", now " + after)});
    }
    if (table.rows.empty()) return {};
    return section_html("differences", "What differs between the sets", table_html(table));
}

}  // namespace proviso::report_page
