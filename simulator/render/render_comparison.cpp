// The policy against the baseline, and the gate, for a terminal: the verdict first, then why.
// Covered by tests/unit/simulator/comparison_test.cpp and gate_test.cpp.

#include <algorithm>
#include <set>

#include "simulator/render/comparison_words.h"
#include "simulator/render/differences.h"
#include "simulator/render/text_page.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t causes_shown = 5;
constexpr std::size_t moves_shown = 10;
constexpr std::size_t currencies_shown = 3;
constexpr std::size_t facts_shown = 5;

/// What an intent is, and what the amounts are.
void legend(TextPage& page, const Comparison& made, std::size_t currencies) {
    page.indented(intents_of(made), 2, Style::dim);
    if (currencies > 0) page.indented(amounts_of(made, currencies), 2, Style::dim);
}

void transitions(TextPage& page, const Comparison& made) {
    std::vector<std::string> heads{""};
    for (std::size_t i = 0; i < class_count; ++i) heads.emplace_back(class_name(i));
    Table table(std::move(heads));
    for (std::size_t i = 0; i < class_count; ++i) {
        std::vector<Cell> row{{std::string{class_name(i)}, Style::plain}};
        for (std::size_t j = 0; j < class_count; ++j) {
            const Style style = j == unknown_class ? Style::plain : style_of(every_outcome[j]);
            row.push_back(page.number(made.table[i][j], i == j ? Style::dim : style));
        }
        table.add(std::move(row));
    }
    page.table(table);
}

Cell money_cell(const TextPage& page, const MoneyTable& money, std::size_t i, std::size_t j) {
    if (money.calls[i][j] == 0) return page.number(0);
    return {grouped_amount(money.sums[i][j]), Style::plain};
}

void moves(TextPage& page, const Comparison& made) {
    const auto cells = moves_of(made);
    if (cells.empty()) return;
    const std::size_t currencies = std::min(made.money.size(), currencies_shown);
    std::vector<std::string> heads{"what moves", "calls", "intents"};
    for (std::size_t i = 0; i < currencies; ++i) {
        heads.push_back(made.money[i].currency.empty() ? "amount" : made.money[i].currency);
    }
    Table table(std::move(heads));
    for (std::size_t k = 0; k < std::min(cells.size(), moves_shown); ++k) {
        const auto [i, j] = cells[k];
        const Style style = j == unknown_class ? Style::plain : style_of(every_outcome[j]);
        std::vector<Cell> row{
            {std::string{class_name(i)} + " to " + std::string{class_name(j)}, style}};
        row.push_back(page.number(made.table[i][j]));
        row.push_back(page.number(made.intents.table[i][j]));
        for (std::size_t m = 0; m < currencies; ++m) {
            row.push_back(money_cell(page, made.money[m], i, j));
        }
        table.add(std::move(row));
    }
    page.table(table);
    page.more(cells.size(), moves_shown);
    legend(page, made, currencies);
}

void causes(TextPage& page, const Comparison& made) {
    if (made.rules.empty()) return;
    Table table({"because of", "change", "calls"}, {true, true});
    for (std::size_t i = 0; i < std::min(made.rules.size(), causes_shown); ++i) {
        const ChangeRow& row = made.rules[i];
        const bool looser = row.change == Change::looser;
        table.add({{row.rule + (looser ? " (no longer holds)" : ""), Style::plain},
                   {std::string{name(row.change)}, Style::plain},
                   page.number(row.calls)});
    }
    page.table(table);
    page.more(made.rules.size(), causes_shown);
}

std::string why(const Sample& one) {
    std::string text;
    for (const SampleRule& rule : one.rules) {
        text += (text.empty() ? "" : "; ") + rule.name + (rule.sure ? "" : " (may match)");
    }
    return text.empty() ? failure_of(one) : text;
}

/// One of each choice; JSON has them all.
void examples(TextPage& page, const Comparison& made, Change change) {
    const auto& calls = made.samples[static_cast<std::size_t>(change)];
    if (calls.empty()) return;
    page.indented(std::string{name(change)} + ", for example (random: --seed " +
                      std::to_string(made.seed) + ")",
                  2, Style::bold);
    std::set<std::string> shown;
    for (const ChangedCall& call : calls) {
        if (!shown.insert(call.chosen).second) continue;
        const std::string went =
            std::string{name(call.before.outcome)} + " to " + std::string{name(call.after.outcome)};
        page.indented(call.chosen + std::string(12 - call.chosen.size(), ' ') + went + "  " +
                          call.after.tool + ' ' + call.after.args,
                      4, style_of(call.after.outcome));
        page.indented("was " + why(call.before) + ", now " + why(call.after) + "; " +
                          short_place_of(call.after),
                      16, Style::dim);
    }
}

void differences(TextPage& page, const Comparison& made) {
    constexpr std::size_t each = 8;
    const std::string head = differing_of(made);
    if (head.empty()) return;
    page.indented(head, 2, Style::bold);
    for (const ShownDifference& one : shown_differences(made, each)) {
        const bool is_marked =
            one.group == DifferenceGroup::who || one.group == DifferenceGroup::unreached;
        page.sentence(one.text, 4, is_marked ? Style::gate : Style::plain);
    }
}

Style style_of_state(GateState state) {
    switch (state) {
        case GateState::kept: return Style::allow;
        case GateState::broken: return Style::block;
        case GateState::no_evidence: return Style::gate;
    }
    return Style::plain;
}

}  // namespace

void print_comparison(TextPage& page, const Comparison& made) {
    page.heading(verdict_of(made) + " against " + made.baseline_name + ' ' + made.baseline_version +
                 " (" + made.baseline_hash.substr(0, hash_shown) + ")");
    page.indented(freed_of(made), 2, made.newly_allowed > 0 ? Style::block : Style::bold);
    for (const std::string& one : params_of(made)) page.indented(one, 2);
    page.indented(sums_of(made), 2, made.of(Change::looser) > 0 ? Style::block : Style::plain);
    differences(page, made);
    page.indented("the baseline down, this policy across; unknown: missing data decided", 2,
                  Style::dim);
    transitions(page, made);
    moves(page, made);
    causes(page, made);
    examples(page, made, Change::looser);
    examples(page, made, Change::tighter);
}

void print_facts(TextPage& page, const std::vector<FactRow>& facts) {
    std::vector<const FactRow*> lacking;
    for (const FactRow& row : facts) {
        if (row.counts.absent + row.counts.decisive > 0) lacking.push_back(&row);
    }
    if (lacking.empty()) return;
    page.heading("What the history lacks of what the rules read");
    Table table({"", "reads", "absent", "", "decided", "", "mostly"},
                {true, false, false, false, false, false, true});
    for (std::size_t i = 0; i < std::min(lacking.size(), facts_shown); ++i) {
        const FactRow& row = *lacking[i];
        const FactCounts& counts = row.counts;
        const auto share = [&](std::uint64_t part) {
            return counts.reads == 0 ? "" : percent(part, counts.reads);
        };
        const std::string& tool = row.tools.front().first;
        table.add({{row.name, Style::plain},
                   page.number(counts.reads),
                   page.number(counts.absent),
                   {share(counts.absent), Style::dim},
                   page.number(counts.decisive, counts.decisive > 0 ? Style::gate : Style::plain),
                   {share(counts.decisive), Style::dim},
                   {tool.empty() ? "names outside the catalogue" : tool, Style::plain}});
    }
    page.table(table);
    page.more(lacking.size(), facts_shown);
}

void print_unread(TextPage& page, const UnreadReport& unread, std::uint64_t calls) {
    if (unread.members.empty()) return;
    page.heading("What calls say and the policy does not know");
    if (unread.looked_at < calls) {
        page.indented("of " + grouped(unread.looked_at) + " calls that were looked into", 2);
    }
    Table table({"", "calls", "nearest", "mostly"}, {true, false, true, true});
    for (std::size_t i = 0; i < std::min(unread.members.size(), facts_shown); ++i) {
        const UnreadRow& row = unread.members[i];
        table.add({{row.name, Style::plain},
                   page.number(row.calls),
                   {row.near, Style::plain},
                   {row.tools.front().first, Style::plain}});
    }
    page.table(table);
    page.more(unread.members.size(), facts_shown);
}

void print_gate(TextPage& page, const GateReport& gate) {
    page.heading(gate.broken()           ? "Gate: broken"
                 : gate.lacks_evidence() ? "Gate: not enough evidence"
                                         : "Gate: kept");
    Table table({"", "bound", "found", ""}, {true, true, true, true});
    for (const GateCheck& check : gate.checks) {
        table.add({{check.name, Style::plain},
                   {check.bound, Style::plain},
                   {check.found, Style::plain},
                   {std::string{name(check.state)}, style_of_state(check.state)}});
    }
    page.table(table);
    for (const GateCheck& check : gate.checks) {
        for (const std::string& call : check.calls) page.indented(check.name + ": " + call, 2);
    }
}

}  // namespace proviso::simulator
