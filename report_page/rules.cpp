// The rules: which of them did anything, and which did nothing.

#include <algorithm>

#include "report_page/html.h"
#include "report_page/sections.h"
#include "report_page/words.h"
#include "simulator/report/interval_words.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::Report;
using simulator::RuleRow;

constexpr std::size_t dead_named = 6;

std::string place_of(const RuleRow& rule) {
    return rule.file.empty() ? "" : rule.file + ':' + std::to_string(rule.line);
}

TableCell state_of(const RuleRow& rule) {
    if (rule.restricts_nothing()) return text_cell("restricts nothing, so takes no part", "soft");
    if (rule.is_dead()) return text_cell("never took part", "warn");
    if (!rule.is_written() && rule.hits == 0) {
        return text_cell(rule.kind == "default" ? "in force where nothing else is said"
                                                : "for what the limit cannot count",
                         "soft");
    }
    if (rule.on_trial) {
        return text_cell("on trial: " + simulator::grouped(rule.trial_hits) + " hits, " +
                         simulator::grouped(rule.trial_tighter) + " would tighten");
    }
    return text_cell("");
}

bool is_held_to_people(const RuleRow& rule) {
    return rule.effect >= Outcome::gate && rule.verdicts.calls() > 0;
}

/// Of what it decides and people answered, the share that they rejected: the rule was right there.
TableCell precision_of(const RuleRow& rule) {
    if (!is_held_to_people(rule)) return text_cell("");
    const std::uint64_t rejected = rule.verdicts.of(simulator::HumanVerdict::rejected);
    return text_cell(simulator::percent(rejected, rule.verdicts.calls()) + " of " +
                     simulator::grouped(rule.verdicts.calls()));
}

TableCell bounds_of(const RuleRow& rule) {
    if (!is_held_to_people(rule)) return text_cell("");
    const std::uint64_t rejected = rule.verdicts.of(simulator::HumanVerdict::rejected);
    return text_cell(simulator::interval_words(simulator::wilson(rejected, rule.verdicts.calls())),
                     "soft");
}

std::string words_of(const Report& report) {
    std::vector<std::string> dead;
    for (const RuleRow& rule : report.rules) {
        if (rule.is_dead()) dead.push_back(rule.name);
    }
    std::string text =
        simulator::grouped(dead.size()) + " of " +
        simulator::counted(simulator::written_rules(report), "rule or cell", "rules and cells") +
        " never took part";
    for (std::size_t i = 0; i < std::min(dead.size(), dead_named); ++i) {
        text += (i == 0 ? ": " : ", ") + short_name(dead[i]);
    }
    return text + (dead.size() > dead_named ? ", …" : ".") +
           " Decisive: the decision is the rule's own effect. Alone: without the rule it would be "
           "another. Unsure: it counts because something is not known. Rejected: of the calls that "
           "a "
           "gate or block decides and people answered, those that they refused as well, with 95 % "
           "bounds (Wilson).";
}

}  // namespace

std::string rules_section(const Report& report) {
    DataTable table{"Rules, cells and defaults",
                    {{"rule", false},
                     {"effect", false},
                     {"hits", true},
                     {"decisive", true},
                     {"alone", true},
                     {"unsure", true, false},
                     {"rejected", true},
                     {"95 % bounds", true},
                     {"note", false, false},
                     {"where", false, false}},
                    {},
                    10};
    for (const RuleRow& rule : report.rules) {
        table.rows.push_back({text_cell(rule.name), text_cell(name(rule.effect), name(rule.effect)),
                              count_cell(rule.hits), count_cell(rule.decisive),
                              count_cell(rule.sole), count_cell(rule.unsure), precision_of(rule),
                              bounds_of(rule), state_of(rule), text_cell(place_of(rule), "soft")});
    }
    if (table.rows.empty()) return {};
    return section_html("rules", "Rules", paragraph(words_of(report), "soft") + table_html(table),
                        "wide");
}

}  // namespace proviso::report_page
