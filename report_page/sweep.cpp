// What each value of a knob would have made of the history, side by side.

#include "report_page/html.h"
#include "report_page/sections.h"
#include "simulator/render/render_sweep.h"

namespace proviso::report_page {

std::string sweep_section(const simulator::Report& report) {
    if (!report.sweep) return {};
    const simulator::SweepReport& sweep = *report.sweep;
    const simulator::SweepTexts texts = simulator::sweep_texts(sweep);
    DataTable table{simulator::sweep_title(sweep) + "; * is the policy as it is", {}, {}, 20};
    for (std::size_t i = 0; i < texts.heads.size(); ++i) {
        table.columns.push_back({texts.heads[i], i >= sweep.knobs.size()});
    }
    for (const std::vector<std::string>& texts_of_row : texts.rows) {
        std::vector<TableCell>& row = table.rows.emplace_back();
        for (const std::string& text : texts_of_row) row.push_back(text_cell(text));
    }
    std::string notes;
    for (const std::string& note : simulator::sweep_notes(sweep)) notes += paragraph(note, "soft");
    return section_html(
        "sweep", "Sweep",
        "<div class=\"chart\" data-chart=\"sweep\"></div>\n" + table_html(table) + notes, "wide");
}

}  // namespace proviso::report_page
