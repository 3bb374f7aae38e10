// Whom the policy would keep busy: requests by role, when they come, and how long they would wait.

#include <algorithm>
#include <array>
#include <cmath>

#include "report_page/html.h"
#include "report_page/sections.h"
#include "report_page/words.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::counted;
using simulator::grouped;
using simulator::Report;
using simulator::RoleLoad;

/// Roles whose week is drawn hour by hour; on paper the first alone.
constexpr std::size_t weeks_drawn = 6;
constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::size_t hours_of_day = 24;

std::string busiest_week(const RoleLoad& load) {
    const auto most =
        std::max_element(load.weeks.begin(), load.weeks.end(),
                         [](const auto& a, const auto& b) { return a.requests < b.requests; });
    if (most == load.weeks.end()) return {};
    return grouped(most->requests) + ", from " + readable_date(most->monday);
}

std::string roles_table(const simulator::Workload& workload, bool compares) {
    DataTable table{
        "People whom gates ask for, by role", {{"role", false}, {"asked", true}}, {}, 4};
    if (compares) table.columns.push_back({"in force", true});
    table.columns.insert(table.columns.end(),
                         {{"others may too", true, false}, {"busiest week", false}});
    for (const RoleLoad& load : workload.roles) {
        std::vector<TableCell> row{text_cell(load.role), count_cell(load.requests)};
        if (compares) row.push_back(count_cell(load.baseline_requests));
        row.insert(row.end(), {count_cell(load.shared), text_cell(busiest_week(load))});
        table.rows.push_back(std::move(row));
    }
    return table_html(table);
}

/// By fifths of the busiest hour.
char depth_of_hour(std::uint64_t requests, std::uint64_t most) {
    return static_cast<char>('0' + (requests * 4 + most - 1) / most);
}

std::string week_of_hours(const RoleLoad& load, bool is_for_paper) {
    const std::uint64_t most = *std::max_element(load.hours.begin(), load.hours.end());
    if (most == 0) return {};
    std::string head = "<td></td>";
    for (std::size_t hour = 0; hour < hours_of_day; ++hour) {
        head += "<th scope=\"col\">" + std::to_string(hour) + "</th>";
    }
    std::string body;
    for (std::size_t day = 0; day < weekdays.size(); ++day) {
        std::string row = "<th scope=\"row\">" + std::string(weekdays[day]) + "</th>";
        for (std::size_t hour = 0; hour < hours_of_day; ++hour) {
            const std::uint64_t requests = load.hours[day * hours_of_day + hour];
            row += requests == 0
                       ? "<td></td>"
                       : std::string("<td class=\"tighter depth") + depth_of_hour(requests, most) +
                             "\">" + grouped(requests) + "</td>";
        }
        body += element("tr", row) + '\n';
    }
    const std::string label =
        html_text("Requests to " + short_name(load.role) + " by weekday and hour (UTC)");
    return "<div class=\"scroll" + std::string(is_for_paper ? "" : " screen") +
           "\" role=\"region\" tabindex=\"0\" aria-label=\"" + label +
           "\">\n<table class=\"hours\">\n" + element("caption", label) + "\n<thead>" +
           element("tr", head) + "</thead>\n" + element("tbody", "\n" + body) +
           "\n</table>\n</div>\n";
}

std::vector<TableCell> forecast_row(const RoleLoad& load) {
    const simulator::Forecast& one = *load.forecast;
    return {text_cell(load.role),
            count_cell(one.people),
            count_cell(one.requests),
            text_cell(std::to_string(std::lround(one.busy * 100)) + " %"),
            duration_cell(one.wait, one.wait.p50),
            duration_cell(one.wait, one.wait.p95),
            duration_cell(one.wait, one.wait.longest),
            one.late == 0 ? count_cell(0)
                          : text_cell(grouped(one.late) + " (" +
                                          simulator::percent(one.late, one.requests) + ")",
                                      "warn"),
            count_cell(one.escalated)};
}

std::string forecast_table(const simulator::Workload& workload) {
    DataTable table{"Forecast: were there so many people",
                    {{"role", false},
                     {"people", true},
                     {"asked", true},
                     {"busy", true},
                     {"wait p50", true},
                     {"p95", true},
                     {"longest", true, false},
                     {"late", true},
                     {"escalated", true}},
                    {},
                    3};
    table.has_short_names = true;
    for (const RoleLoad& load : workload.roles) {
        if (load.forecast) table.rows.push_back(forecast_row(load));
    }
    std::string assumptions;
    for (const std::string& text : workload.assumptions) {
        assumptions += element("li", html_text(text)) + '\n';
    }
    if (!assumptions.empty()) assumptions = element("ul", "\n" + assumptions, "soft") + '\n';
    if (table.rows.empty() && !workload.roles.empty()) {
        assumptions +=
            paragraph("No forecast of waits: nobody said how many people answer.", "soft");
    }
    return table_html(table) + assumptions;
}

std::string handling_words(const simulator::Handling& handling) {
    if (handling.answered == 0) return {};
    std::string text = "As recorded: " + counted(handling.answered, "call was", "calls were") +
                       " answered by people, " + grouped(handling.timed) + " with times";
    if (handling.timed > 0) {
        text += "; half within " + duration_words(handling.turnaround.p50) + ", 95 % within " +
                duration_words(handling.turnaround.p95);
    }
    text += '.';
    if (handling.late_known > 0) {
        text += ' ' + grouped(handling.late) + " of " + grouped(handling.late_known) +
                " came later than their gates allow now.";
    }
    return paragraph(text, "soft");
}

}  // namespace

std::string approvers_section(const Report& report) {
    const simulator::Workload& workload = report.figures.workload;
    if (workload.roles.empty()) return {};
    std::string out =
        roles_table(workload, report.comparison.has_value()) + forecast_table(workload);
    for (const std::string& doubt : workload.doubts) out += paragraph(doubt + '.', "warn");
    out += handling_words(workload.handling);
    for (std::size_t i = 0; i < std::min(workload.roles.size(), weeks_drawn); ++i) {
        out += week_of_hours(workload.roles[i], i == 0);
    }
    return section_html("approvers", "Approvers", out);
}

}  // namespace proviso::report_page
