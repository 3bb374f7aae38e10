// The policy against the baseline, and the gate, for a terminal: the verdict first, then why.
// Covered by tests/unit/simulator/comparison_test.cpp and gate_test.cpp.

#include <algorithm>

#include "simulator/comparison.h"
#include "simulator/text_page.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t causes_shown = 10;

std::string verdict_of(const Comparison& made) {
    const bool tightens = made.of(Change::tighter) > 0;
    const bool loosens = made.of(Change::looser) > 0;
    if (tightens && loosens) return "tightens and loosens";
    if (loosens) return "only loosens";
    return tightens ? "only tightens" : "changes nothing";
}

std::string sums_of(const Comparison& made) {
    return grouped(made.of(Change::none)) + " the same, " + grouped(made.of(Change::tighter)) +
           " tighter (" + grouped(made.newly_blocked) + " newly blocked), " +
           grouped(made.of(Change::looser)) + " looser (" + grouped(made.newly_allowed) +
           " newly allowed)";
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

void examples(TextPage& page, const Comparison& made, Change change) {
    const auto& calls = made.samples[static_cast<std::size_t>(change)];
    if (calls.empty()) return;
    page.indented(std::string{name(change)} + ", for example", 2, Style::bold);
    for (const ChangedCall& call : calls) {
        const std::string went =
            std::string{name(call.before.outcome)} + " to " + std::string{name(call.after.outcome)};
        page.indented(went + "  " + call.after.tool + ' ' + call.after.args, 4,
                      style_of(call.after.outcome));
        page.indented("was: " + why(call.before), 6);
        page.indented("now: " + why(call.after), 6);
        page.indented(place_of(call.after), 6, Style::dim);
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

std::string fidelity_of(const Comparison& made) {
    if (made.recorded == 0) return "baseline fidelity: nothing is recorded to hold it against";
    return "baseline fidelity " + percent(made.as_recorded, made.recorded) + ": of " +
           counted(made.recorded, "recorded call", "recorded calls") + " the baseline decides " +
           grouped(made.as_recorded) + " as recorded";
}

void print_comparison(TextPage& page, const Comparison& made) {
    page.heading(verdict_of(made) + " against " + made.baseline_name + ' ' + made.baseline_version +
                 " (" + made.baseline_hash.substr(0, hash_shown) + ")");
    page.indented(sums_of(made), 2, made.of(Change::looser) > 0 ? Style::block : Style::plain);
    page.indented("the baseline down, this policy across; unknown: missing data decided", 2,
                  Style::dim);
    transitions(page, made);
    causes(page, made);
    examples(page, made, Change::looser);
    examples(page, made, Change::tighter);
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
