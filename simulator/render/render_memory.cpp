// Limits and counters in the ways that a replay counts them, for a terminal.
// Covered by tests/unit/simulator/lanes_test.cpp.

#include "simulator/render/text_page.h"

namespace proviso::simulator {
namespace {

constexpr std::array<std::string_view, memory_ways> way_words{"recorded: what was carried out",
                                                              "closed loop, open gates approved",
                                                              "closed loop, open gates rejected"};

void add_way(Table& table, const TextPage& page, const MemoryMode& mode, std::string_view words,
             bool compares) {
    std::vector<Cell> row{{std::string{words}, Style::plain}};
    for (const Outcome outcome : every_outcome) {
        row.push_back(page.number(mode.policy.of(outcome), style_of(outcome)));
    }
    if (compares) {
        row.push_back(page.number(mode.of(Change::tighter)));
        row.push_back(page.number(mode.of(Change::looser)));
    }
    table.add(std::move(row));
}

std::string days(std::int64_t seconds) {
    constexpr std::int64_t day = 86'400;
    constexpr std::int64_t hour = 3'600;
    if (seconds >= 2 * day) return std::to_string((seconds + day - 1) / day) + " days";
    return std::to_string((seconds + hour - 1) / hour) + " hours";
}

void warm_up(TextPage& page, const MemoryReplay& memory, bool compares) {
    if (memory.warm_up_calls == 0) return;
    std::string text = "warm-up: " + days(memory.longest_seconds) + ", till " +
                       memory.warm_up_until + ": " + counted(memory.warm_up_calls, "call", "calls");
    if (compares) text += ", " + grouped(memory.warm_up_changes) + " of them changed";
    page.indented(text, 2, Style::dim);
}

}  // namespace

void print_memory(TextPage& page, const MemoryReplay& memory, bool compares) {
    page.heading("Limits and counters, by what counts");
    std::vector<std::string> heads{"", "allow", "notify", "gate", "block"};
    if (compares) heads.insert(heads.end(), {"tighter", "looser"});
    Table table(std::move(heads));
    for (std::size_t i = 0; i < memory_ways; ++i) {
        add_way(table, page, memory.modes[i], way_words[i], compares);
    }
    page.table(table);
    std::string path =
        "path-dependent (differs between the bounds): " + grouped(memory.path_dependent);
    if (compares) path += ", by the baseline " + grouped(memory.baseline_path_dependent);
    page.indented(path, 2);
    page.indented("gates that people answered: " + grouped(memory.answered) + " of " +
                      grouped(memory.answered + memory.unanswered) +
                      "; the bounds are of the others",
                  2, Style::dim);
    warm_up(page, memory, compares);
    if (memory.untold > 0) {
        page.indented(counted(memory.untold, "call does", "calls do") +
                          " not say whether it was carried out: taken as if",
                      2, Style::dim);
    }
    if (memory.untimed > 0) {
        page.indented(
            counted(memory.untimed, "call", "calls") + " without a time, which no limit can count",
            2, Style::dim);
    }
    page.indented("not known: what agents would have tried after another answer", 2, Style::dim);
}

}  // namespace proviso::simulator
