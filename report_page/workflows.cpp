// A card for each workflow: how its calls come out, what people said of them, how long that took,
// and the money.

#include <algorithm>

#include "report_page/html.h"
#include "report_page/sections.h"
#include "report_page/words.h"
#include "simulator/render/text_page.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::HumanVerdict;
using simulator::Report;
using simulator::WorkflowRow;

std::string name_of(const WorkflowRow& one) {
    return one.name.empty() ? "(none named)" : one.name;
}

std::vector<TableCell> score_row(const WorkflowRow& one) {
    const std::uint64_t calls = one.policy.calls();
    const std::uint64_t people = one.verdicts.calls();
    return {text_cell(name_of(one)),
            count_cell(calls),
            share_cell(one.policy.of(Outcome::gate), calls),
            share_cell(one.policy.of(Outcome::block), calls),
            count_cell(people),
            share_cell(one.verdicts.of(HumanVerdict::approved), people),
            share_cell(one.verdicts.of(HumanVerdict::edited), people),
            share_cell(one.verdicts.of(HumanVerdict::rejected), people),
            one.escalation_told == 0 ? text_cell("not told", "soft")
                                     : share_cell(one.escalated, one.escalation_told),
            duration_cell(one.cycle, one.cycle.p50),
            duration_cell(one.cycle, one.cycle.p95)};
}

std::string score_table(const simulator::WorkflowTable& workflows) {
    DataTable table{"By workflow; what people said and how long it took is as recorded",
                    {{"workflow", false},
                     {"calls", true},
                     {"gated", true, false},
                     {"blocked", true},
                     {"answered", true, false},
                     {"approved", true},
                     {"edited", true, false},
                     {"rejected", true},
                     {"escalated", true},
                     {"cycle p50", true},
                     {"p95", true}},
                    {},
                    4};
    table.has_short_names = true;
    for (const WorkflowRow& one : workflows.workflows) table.rows.push_back(score_row(one));
    return table_html(table);
}

std::string money_table(const simulator::WorkflowTable& workflows) {
    DataTable table{"Money by workflow and outcome of this policy, retries included",
                    {{"workflow", false}, {"currency", false}},
                    {},
                    4};
    for (const Outcome outcome : simulator::every_outcome) {
        table.columns.push_back({std::string{name(outcome)}, true});
    }
    for (const WorkflowRow& one : workflows.workflows) {
        for (const simulator::WorkflowMoney& money : one.money) {
            std::vector<TableCell> row{text_cell(name_of(one)), text_cell(money.currency)};
            for (std::size_t i = 0; i < simulator::outcome_count; ++i) {
                row.push_back(money.calls[i] == 0 ? count_cell(0)
                                                  : text_cell(money_words(money.sums[i], {})));
            }
            table.rows.push_back(std::move(row));
        }
    }
    return table_html(table);
}

}  // namespace

std::string workflows_section(const Report& report) {
    const simulator::WorkflowTable& workflows = report.figures.workflows;
    if (workflows.workflows.empty()) return {};
    std::string out = score_table(workflows) + money_table(workflows);
    if (workflows.other_calls > 0) {
        out += paragraph(simulator::counted(workflows.other_calls, "call is", "calls are") +
                             " of further workflows, which are not told apart.",
                         "soft");
    }
    return section_html("workflows", "Workflows", out, "wide");
}

}  // namespace proviso::report_page
