// What is not known: the ledger of facts, limits counted in three ways, lines that cannot be read,
// and what no replay can tell.

#include <array>

#include "report_page/html.h"
#include "report_page/sections.h"
#include "report_page/words.h"
#include "simulator/render/comparison_words.h"
#include "simulator/render/text_page.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::counted;
using simulator::grouped;
using simulator::percent;
using simulator::Report;

constexpr std::array<std::string_view, simulator::memory_ways> way_words{
    "what was carried out", "open gates approved", "open gates rejected"};

class Sentences {
  public:
    void add(std::string_view text) { items_ += element("li", html_text(text)) + '\n'; }
    [[nodiscard]] std::string html() const { return element("ul", "\n" + items_) + '\n'; }

  private:
    std::string items_;
};

void of_recorded_words(Sentences& told, const Report& report) {
    std::string text;
    for (const std::string& line : simulator::unknown_words_of(report)) {
        text += (text.empty() ? "" : text.ends_with(':') ? " " : "; ") + line;
    }
    if (!text.empty()) told.add(text);
}

void of_comparison(Sentences& told, const simulator::Comparison& made, std::uint64_t calls) {
    if (made.recorded == 0) {
        told.add(
            "No outcome that can be read is recorded: whether the baseline is what was in force is "
            "not known.");
    } else if (made.as_recorded < made.recorded) {
        told.add("The baseline decides " + grouped(made.recorded - made.as_recorded) + " of " +
                 counted(made.recorded, "recorded call", "recorded calls") +
                 " otherwise than recorded: the history lacks facts, or the baseline is not what "
                 "was in force.");
    }
    if (made.recorded > 0 && made.recorded < calls) {
        told.add(counted(calls - made.recorded, "call records", "calls record") +
                 " no outcome: fidelity says nothing of them.");
    }
    if (made.intents.unkeyed > 0) {
        told.add(counted(made.intents.unkeyed, "call names", "calls name") +
                 " no intent and no run: each counts as an intent of its own.");
    }
    if (made.intents.one_in > 1) {
        told.add("Intents are estimated from one in " + grouped(made.intents.one_in) + '.');
    }
}

std::string days_of(std::int64_t seconds) {
    constexpr std::int64_t hour = 3'600;
    constexpr std::int64_t day = 24 * hour;
    const bool is_long = seconds >= 2 * day;
    const std::int64_t unit = is_long ? day : hour;
    const auto count = static_cast<std::uint64_t>((seconds + unit - 1) / unit);
    return is_long ? counted(count, "day", "days") : counted(count, "hour", "hours");
}

void of_memory(Sentences& told, const simulator::MemoryReplay& memory) {
    if (memory.path_dependent > 0) {
        told.add(counted(memory.path_dependent, "call hangs", "calls hang") +
                 " on what people would have said of earlier ones: limits come out differently "
                 "between the two bounds, which are two runs and no proof that nothing lies "
                 "outside them.");
    }
    if (memory.warm_up_calls > 0) {
        told.add(counted(memory.warm_up_calls, "call lies", "calls lie") + " in the first " +
                 days_of(memory.longest_seconds) + " (till " + readable_date(memory.warm_up_until) +
                 "), for which limits saw less than they would have.");
    }
    if (memory.untold > 0) {
        told.add(counted(memory.untold, "call does", "calls do") +
                 " not say whether it was carried out, and counts as if.");
    }
    if (memory.untimed > 0) {
        told.add(counted(memory.untimed, "call has", "calls have") +
                 " no time, so that no limit can count it.");
    }
}

void of_lines(Sentences& told, const Report& report) {
    if (report.bad > 0) {
        told.add(counted(report.bad, "line", "lines") +
                 " of the history cannot be read, and nothing here covers them.");
    }
    if (report.skipped > 0) {
        told.add(counted(report.skipped, "line is", "lines are") + " left out by the mapping.");
    }
    of_recorded_words(told, report);
    if (report.verdicts && report.verdicts->unreadable > 0) {
        told.add(counted(report.verdicts->unreadable, "verdict is", "verdicts are") +
                 " in words that the mapping does not explain.");
    }
}

}  // namespace

namespace {

std::string unread_table(const simulator::UnreadReport& unread) {
    DataTable table{"Members of calls that the policy does not know",
                    {{"member", false}, {"calls", true}, {"nearest", false}, {"mostly", false}},
                    {},
                    5};
    for (const simulator::UnreadRow& row : unread.members) {
        table.rows.push_back({text_cell(row.name), count_cell(row.calls), text_cell(row.near),
                              text_cell(row.tools.front().first)});
    }
    if (table.rows.empty()) return {};
    return table_html(table) +
           paragraph("Of " + grouped(unread.looked_at) +
                     " calls that were looked into: all of the first MiB of a history, then one "
                     "in 64.");
}

}  // namespace

std::string facts_section(const Report& report) {
    const std::string unread = unread_table(report.unread);
    DataTable table{"Calls that read a value, lack it, and were decided by that",
                    {{"value", false},
                     {"read by", true},
                     {"lacking", true},
                     {"share", true, false},
                     {"decided", true},
                     {"share", true},
                     {"mostly", false, false}},
                    {},
                    5};
    for (const simulator::FactRow& fact : report.facts) {
        const simulator::FactCounts& counts = fact.counts;
        if (counts.absent + counts.decisive == 0) continue;
        const std::string tool = fact.tools.empty() ? "" : fact.tools.front().first;
        table.rows.push_back({text_cell(fact.name), count_cell(counts.reads),
                              count_cell(counts.absent), share_cell(counts.absent, counts.reads),
                              count_cell(counts.decisive),
                              share_cell(counts.decisive, counts.reads),
                              text_cell(tool.empty() ? "names outside the catalogue" : tool)});
    }
    if (table.rows.empty()) {
        return section_html("facts", "What the history lacks",
                            paragraph("Nothing: every value that rules read was there.") + unread);
    }
    return section_html("facts", "What the history lacks", table_html(table) + unread);
}

std::string memory_section(const Report& report) {
    if (!report.memory) return {};
    const simulator::MemoryReplay& memory = *report.memory;
    DataTable table{
        "Outcomes, by what limits and counters look back on: calls as carried out, or those that "
        "this policy lets through",
        {{"what counts", false}},
        {},
        simulator::memory_ways};
    for (const Outcome outcome : simulator::every_outcome) {
        table.columns.push_back({std::string{name(outcome)}, true});
    }
    if (report.comparison) {
        table.columns.insert(table.columns.end(), {{"tighter", true}, {"looser", true}});
    }
    for (std::size_t i = 0; i < simulator::memory_ways; ++i) {
        const simulator::MemoryMode& mode = memory.modes[i];
        std::vector<TableCell> row{text_cell(way_words[i])};
        for (const Outcome outcome : simulator::every_outcome) {
            row.push_back(count_cell(mode.policy.of(outcome)));
        }
        if (report.comparison) {
            row.push_back(count_cell(mode.of(simulator::Change::tighter)));
            row.push_back(count_cell(mode.of(simulator::Change::looser)));
        }
        table.rows.push_back(std::move(row));
    }
    return section_html("memory", "Limits and counters, three ways", table_html(table));
}

std::string bad_lines_section(const Report& report) {
    DataTable table{
        "The first lines that cannot be read", {{"line", false}, {"why", false}}, {}, 3};
    for (const simulator::BadLine& bad : report.bad_lines) {
        table.rows.push_back({text_cell(simulator::place_text(bad.file, bad.line, bad.call)),
                              text_cell(bad.reason)});
    }
    return section_html("bad-lines", "Lines that cannot be read", table_html(table), "screen");
}

std::string unknowns_section(const Report& report) {
    Sentences told;
    told.add(
        "What agents would have tried, and people decided, after another answer than the one "
        "that was given.");
    const std::uint64_t unknown = report.counts.unknown_calls();
    if (unknown > 0) {
        told.add("What " + counted(unknown, "call", "calls") + " (" +
                 percent(unknown, report.counts.calls()) +
                 ") would come to with all known: missing data decided, and only ever tightens.");
    }
    if (report.comparison) of_comparison(told, *report.comparison, report.counts.calls());
    if (report.memory) of_memory(told, *report.memory);
    of_lines(told, report);
    return section_html("unknowns", "What this run cannot know", told.html());
}

}  // namespace proviso::report_page
