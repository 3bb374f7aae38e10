// The rules: which of them did anything, and which did nothing.

#include <algorithm>

#include "report_page/html.h"
#include "report_page/sections.h"
#include "simulator/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::Report;
using simulator::RuleRow;

constexpr std::size_t dead_named = 6;

bool is_dead(const RuleRow& rule) {
    return rule.hits + rule.trial_hits == 0;
}

std::string place_of(const RuleRow& rule) {
    return rule.file.empty() ? "" : rule.file + ':' + std::to_string(rule.line);
}

TableCell state_of(const RuleRow& rule) {
    if (is_dead(rule)) return text_cell("never took part", "warn");
    if (rule.on_trial) {
        return text_cell("on trial: " + simulator::grouped(rule.trial_hits) + " hits, " +
                         simulator::grouped(rule.trial_tighter) + " would tighten");
    }
    return text_cell("");
}

std::string words_of(const Report& report) {
    std::vector<std::string> dead;
    for (const RuleRow& rule : report.rules) {
        if (is_dead(rule)) dead.push_back(rule.name);
    }
    std::string text = simulator::grouped(dead.size()) + " of " +
                       simulator::counted(report.rules.size(), "rule or cell", "rules and cells") +
                       " never took part";
    for (std::size_t i = 0; i < std::min(dead.size(), dead_named); ++i) {
        text += (i == 0 ? ": " : ", ") + dead[i];
    }
    return text + (dead.size() > dead_named ? ", …" : "") +
           ". Decisive: the decision is the rule's own effect, alone or with others. Unsure: it "
           "counts because something is not known.";
}

}  // namespace

std::string rules_section(const Report& report) {
    DataTable table{"Rules, cells and defaults",
                    {{"rule", false},
                     {"effect", false},
                     {"hits", true},
                     {"decisive", true},
                     {"unsure", true},
                     {"note", false},
                     {"where", false, false}},
                    {},
                    12};
    for (const RuleRow& rule : report.rules) {
        table.rows.push_back({text_cell(rule.name), text_cell(name(rule.effect), name(rule.effect)),
                              count_cell(rule.hits), count_cell(rule.decisive),
                              count_cell(rule.unsure), state_of(rule),
                              text_cell(place_of(rule), "soft")});
    }
    if (table.rows.empty()) return {};
    return section_html("rules", "Rules", paragraph(words_of(report), "soft") + table_html(table),
                        "wide");
}

}  // namespace proviso::report_page
