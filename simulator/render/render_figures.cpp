// The figures for a terminal, and the one line of them that every report has.
// Covered by tests/unit/simulator/render/render_text_test.cpp.

#include <algorithm>
#include <cmath>

#include "simulator/render/text_page.h"
#include "simulator/report/interval_words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t figure_rows = 20;

std::string seconds_text(std::int64_t seconds) {
    if (seconds < 120) return std::to_string(seconds) + " s";
    if (seconds < 2 * 3'600) return std::to_string((seconds + 59) / 60) + " min";
    if (seconds < 2 * 86'400) return std::to_string((seconds + 3'599) / 3'600) + " h";
    return std::to_string((seconds + 86'399) / 86'400) + " d";
}

Cell duration(const TextPage& page, const Durations& of, std::int64_t value) {
    if (of.count == 0) return page.number(0);
    return {seconds_text(value), Style::plain};
}

std::string share_of_cap(Millionths share) {
    return std::to_string(share / 10'000) + " %";
}

void outcome_cells(std::vector<Cell>& row, const TextPage& page, const Counts& counts) {
    for (const Outcome outcome : every_outcome) {
        row.push_back(page.number(counts.of(outcome), style_of(outcome)));
    }
}

void days(TextPage& page, const DayTable& table, bool compares) {
    if (table.days.empty()) return;
    page.heading(compares ? "Days (UTC): the baseline, then this policy" : "Days (UTC)");
    std::vector<std::string> heads{"", "allow", "notify", "gate", "block"};
    if (compares) heads.insert(heads.end(), {"allow", "notify", "gate", "block"});
    Table rows(std::move(heads));
    for (std::size_t i = 0; i < std::min(table.days.size(), figure_rows); ++i) {
        std::vector<Cell> row{{table.days[i].day, Style::plain}};
        if (compares) outcome_cells(row, page, table.days[i].baseline);
        outcome_cells(row, page, table.days[i].policy);
        rows.add(std::move(row));
    }
    page.table(rows);
    page.more(table.days.size(), figure_rows);
    if (table.untimed > 0) {
        page.indented(counted(table.untimed, "call", "calls") + " without a time", 2, Style::dim);
    }
}

void workflows(TextPage& page, const WorkflowTable& table) {
    if (table.workflows.empty()) return;
    page.heading("Workflows");
    Table rows({"", "calls", "gate", "block", "approved", "edited", "rejected", "escalated",
                "cycle p50", "p95"});
    for (std::size_t i = 0; i < std::min(table.workflows.size(), figure_rows); ++i) {
        const WorkflowRow& one = table.workflows[i];
        const std::uint64_t people = one.verdicts.calls();
        const auto said = [&](HumanVerdict verdict) -> Cell {
            if (people == 0) return page.number(0);
            return {percent(one.verdicts.of(verdict), people), Style::plain};
        };
        rows.add({{one.name.empty() ? "(none named)" : one.name, Style::plain},
                  page.number(one.policy.calls()),
                  page.number(one.policy.of(Outcome::gate), Style::gate),
                  page.number(one.policy.of(Outcome::block), Style::block),
                  said(HumanVerdict::approved),
                  said(HumanVerdict::edited),
                  said(HumanVerdict::rejected),
                  one.escalation_told == 0
                      ? Cell{"not told", Style::dim}
                      : Cell{percent(one.escalated, one.escalation_told), Style::plain},
                  duration(page, one.cycle, one.cycle.p50),
                  duration(page, one.cycle, one.cycle.p95)});
    }
    page.table(rows);
    page.more(table.workflows.size(), figure_rows);
}

void precision(TextPage& page, const std::vector<RuleRow>& all) {
    Table rows({"", "decided", "alone", "verdicts", "rejected", "95 % bounds"});
    std::size_t shown = 0;
    for (const RuleRow& rule : all) {
        if (rule.effect < Outcome::gate || rule.decisive == 0 || ++shown > figure_rows) continue;
        const std::uint64_t people = rule.verdicts.calls();
        const std::uint64_t rejected = rule.verdicts.of(HumanVerdict::rejected);
        rows.add({{rule.name, Style::plain},
                  page.number(rule.decisive),
                  page.number(rule.sole),
                  page.number(people),
                  people == 0 ? page.number(0) : Cell{percent(rejected, people), Style::plain},
                  people == 0 ? page.number(0)
                              : Cell{interval_words(wilson(rejected, people)), Style::plain}});
    }
    if (shown == 0) return;
    page.heading("Gates and blocks: what people rejected of what they decided");
    page.table(rows);
    page.more(shown, figure_rows);
}

std::uint64_t busiest(const RoleLoad& load) {
    std::uint64_t most = 0;
    for (const WeekLoad& week : load.weeks) most = std::max(most, week.requests);
    return most;
}

void doubts(TextPage& page, const Workload& workload) {
    for (const std::string& text : workload.doubts) page.indented(text, 2, Style::gate);
}

void forecasts(TextPage& page, const Workload& workload) {
    if (workload.assumptions.empty()) return;
    page.heading("Approvals, were there so many people");
    Table rows({"", "people", "asked", "busy", "wait p50", "p95", "late", "escalated"});
    for (const RoleLoad& load : workload.roles) {
        if (!load.forecast) continue;
        const Forecast& one = *load.forecast;
        rows.add(
            {{load.role, Style::plain},
             page.number(one.people),
             page.number(one.requests),
             {std::to_string(std::lround(one.busy * 100)) + " %", Style::plain},
             duration(page, one.wait, one.wait.p50),
             duration(page, one.wait, one.wait.p95),
             one.late == 0 ? page.number(0) : Cell{percent(one.late, one.requests), Style::gate},
             page.number(one.escalated)});
    }
    page.table(rows);
    for (const std::string& text : workload.assumptions) page.indented(text, 2, Style::dim);
    doubts(page, workload);
}

void handling_lines(TextPage& page, const Workload& workload) {
    const Handling& handling = workload.handling;
    if (handling.answered > 0) {
        std::string text = "times of people's answers: told of " + grouped(handling.timed) +
                           " of " + grouped(handling.answered);
        if (handling.timed > 0) {
            text += "; half within " + seconds_text(handling.turnaround.p50) + ", 95 % within " +
                    seconds_text(handling.turnaround.p95);
        }
        page.indented(text, 2);
    }
    if (handling.late_known > 0) {
        page.indented("as recorded, " + grouped(handling.late) + " of " +
                          grouped(handling.late_known) + " came later than their gates allow now",
                      2);
    }
}

void workload_tables(TextPage& page, const Workload& workload, bool compares) {
    if (workload.roles.empty()) return;
    page.heading("Approvers: people whom calls ask for");
    std::vector<std::string> heads{"", "asked", "others may too", "busiest week"};
    if (compares) heads.emplace_back("by the baseline");
    Table rows(std::move(heads));
    for (std::size_t i = 0; i < std::min(workload.roles.size(), figure_rows); ++i) {
        const RoleLoad& load = workload.roles[i];
        std::vector<Cell> row{{load.role, Style::plain},
                              page.number(load.requests),
                              page.number(load.shared),
                              page.number(busiest(load))};
        if (compares) row.push_back(page.number(load.baseline_requests));
        rows.add(std::move(row));
    }
    page.table(rows);
    page.more(workload.roles.size(), figure_rows);
    handling_lines(page, workload);
    forecasts(page, workload);
}

void always_approved_table(TextPage& page, const std::vector<AlwaysApproved>& all) {
    if (all.empty()) return;
    page.heading("Always approved: could these be lighter?");
    Table rows({"", "tool", "calls", "approved", "at least", "half within", "at stake"},
               {true, true});
    for (std::size_t i = 0; i < std::min(all.size(), figure_rows); ++i) {
        const AlwaysApproved& one = all[i];
        const std::string stake =
            one.money.empty() ? "" : one.money.front().total + ' ' + one.money.front().currency;
        rows.add({{one.rule, Style::plain},
                  {one.tool, Style::plain},
                  page.number(one.calls),
                  page.number(one.approved),
                  {std::to_string(static_cast<int>(one.approval.low * 100)) + " %", Style::plain},
                  duration(page, one.turnaround, one.turnaround.p50),
                  {stake, Style::plain}});
    }
    page.table(rows);
    page.more(all.size(), figure_rows);
    for (const AlwaysApproved& one : all) {
        if (!one.rubber_stamp) continue;
        page.indented(one.rule + " at " + one.tool + ": answers take seconds; they may be given " +
                          "without a look",
                      2, Style::block);
    }
}

void often_blocked_table(TextPage& page, const BlockedTable& table) {
    if (table.intents.empty()) return;
    page.heading("Blocked again and again");
    Table rows({"intent", "tool", "by", "calls"}, {true, true, true});
    for (const BlockedIntent& one : table.intents) {
        rows.add({{one.intent, Style::plain},
                  {one.tool, Style::plain},
                  {one.rule, Style::plain},
                  page.number(one.calls)});
    }
    page.table(rows);
}

void caps_table(TextPage& page, const std::vector<CapRow>& all) {
    if (all.empty()) return;
    page.heading("Caps: the most that each key came to");
    Table rows({"", "effect", "keys", "p50", "p95", "highest", "over"}, {true, true});
    for (std::size_t i = 0; i < std::min(all.size(), figure_rows); ++i) {
        const CapRow& one = all[i];
        rows.add({{one.rule, Style::plain},
                  {std::string{name(one.effect)}, style_of(one.effect)},
                  page.number(one.keys),
                  {share_of_cap(one.p50), Style::plain},
                  {share_of_cap(one.p95), Style::plain},
                  {share_of_cap(one.highest), Style::plain},
                  page.number(one.over)});
    }
    page.table(rows);
    page.more(all.size(), figure_rows);
}

}  // namespace

void print_asked(TextPage& page, const Workload& workload) {
    constexpr std::size_t roles_shown = 3;
    std::vector<std::string> parts;
    for (const RoleLoad& load : workload.roles) {
        if (load.requests == 0) continue;
        if (parts.size() == roles_shown) {
            parts.emplace_back("others");
            break;
        }
        std::string text = load.role + ' ' + grouped(load.requests);
        const std::uint64_t most = busiest(load);
        if (most > 0) text += ", at most " + grouped(most) + " a week";
        parts.push_back(std::move(text));
    }
    if (parts.empty()) return;
    page.heading("Approvals asked");
    page.wrapped(parts);
    doubts(page, workload);
}

void print_figures(TextPage& page, const Report& report) {
    const Figures& figures = report.figures;
    const bool compares = report.comparison.has_value();
    days(page, figures.days, compares);
    workflows(page, figures.workflows);
    precision(page, report.rules);
    workload_tables(page, figures.workload, compares);
    always_approved_table(page, figures.always_approved);
    often_blocked_table(page, figures.often_blocked);
    caps_table(page, figures.caps);
}

}  // namespace proviso::simulator
