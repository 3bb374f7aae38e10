// What could be lighter, what agents run into again and again, and how near keys come to their
// caps.

#include "report_page/html.h"
#include "report_page/sections.h"
#include "report_page/words.h"
#include "simulator/report/interval_words.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::Report;

std::string stake_of(const simulator::AlwaysApproved& one) {
    std::string text;
    for (const simulator::Sum& sum : one.money) {
        text += (text.empty() ? "" : ", ") + money_words(sum.total, sum.currency);
    }
    return text;
}

}  // namespace

std::string always_approved_section(const Report& report) {
    DataTable table{"Gates that people always opened: candidates for a lighter outcome",
                    {{"gate", false},
                     {"tool", false},
                     {"calls", true},
                     {"approved", true},
                     {"95 % bounds", true},
                     {"half within", true, false},
                     {"at stake", true},
                     {"note", false, false}},
                    {},
                    4};
    table.has_short_names = true;
    for (const simulator::AlwaysApproved& one : report.figures.always_approved) {
        table.rows.push_back(
            {text_cell(one.rule), text_cell(one.tool), count_cell(one.calls),
             count_cell(one.approved), text_cell(simulator::interval_words(one.approval)),
             duration_cell(one.turnaround, one.turnaround.p50), text_cell(stake_of(one)),
             text_cell(one.rubber_stamp ? "answered within seconds: perhaps without a look" : "",
                       "warn")});
    }
    return section_html("always-approved", "Always approved", table_html(table));
}

std::string often_blocked_section(const Report& report) {
    const simulator::BlockedTable& blocked = report.figures.often_blocked;
    DataTable table{"Intents that were blocked more than once",
                    {{"intent", false},
                     {"tool", false},
                     {"by", false},
                     {"calls", true},
                     {"first", false, false}},
                    {},
                    4};
    for (const simulator::BlockedIntent& one : blocked.intents) {
        table.rows.push_back(
            {text_cell(one.intent), text_cell(one.tool),
             text_cell(one.rule.empty() ? "form or authority" : one.rule), count_cell(one.calls),
             text_cell(simulator::place_text(one.file, one.line, one.call), "soft")});
    }
    std::string out = table_html(table);
    if (!out.empty() && blocked.beyond > 0) {
        out +=
            paragraph(simulator::counted(blocked.beyond, "blocked call is", "blocked calls are") +
                          " of further intents, which are not told apart.",
                      "soft");
    }
    return section_html("often-blocked", "Blocked again and again", out);
}

std::string caps_section(const Report& report) {
    DataTable table{"The most that each key came to, in per cent of the cap",
                    {{"limit", false},
                     {"step", false},
                     {"keys", true},
                     {"p50", true},
                     {"p95", true},
                     {"highest", true},
                     {"keys over", true}},
                    {},
                    4};
    std::uint64_t beyond = 0;
    for (const simulator::CapRow& one : report.figures.caps) {
        const bool is_used = one.keys > 0;
        const auto share = [&](simulator::Millionths of) {
            return text_cell(is_used ? cap_share(of) : "");
        };
        table.rows.push_back({text_cell(one.limit), text_cell(name(one.effect), name(one.effect)),
                              count_cell(one.keys), share(one.p50), share(one.p95),
                              share(one.highest), count_cell(one.over)});
        beyond += one.beyond;
    }
    std::string out = table_html(table);
    if (out.empty()) return {};
    if (beyond > 0) {
        out += paragraph(simulator::counted(beyond, "call is", "calls are") +
                             " of further keys, which are not told apart.",
                         "soft");
    }
    return section_html("caps", "Use of caps",
                        "<div class=\"chart screen\" data-chart=\"caps\"></div>\n" + out);
}

}  // namespace proviso::report_page
