// The report as Markdown. Covered by tests/unit/simulator/render/render_exports_test.cpp.

#include <algorithm>
#include <set>

#include "simulator/render/comparison_words.h"
#include "simulator/render/differences.h"
#include "simulator/render/doubts.h"
#include "simulator/render/render.h"
#include "simulator/render/render_sweep.h"
#include "simulator/render/text_page.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t rows_shown = 20;
constexpr std::size_t calls_shown = 10;

/// Foreign words: no control characters, no markup, no line end, no end of a cell.
std::string plain(std::string_view foreign) {
    constexpr std::string_view markup = "\\`*_{}[]<>()#|!~$";
    // A character of no width, so that no person is told of it and no address becomes a link.
    constexpr std::string_view apart = "&#8203;";
    const Look look{false, true, 100};
    const std::string text = look.clean(foreign);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = std::string_view{text}.substr(i);
        const char c = text[i];
        if (c == '<') {
            out += "&lt;";
        } else if (c == '&') {
            out += "&amp;";
        } else {
            if (markup.find(c) != std::string_view::npos) out += '\\';
            out += c;
        }
        const bool is_dot_of_www = c == '.' && i >= 3 && (text[i - 1] | 0x20) == 'w';
        if (c == '@' || rest.starts_with(":/") || is_dot_of_www) out += apart;
    }
    return out;
}

std::string count(std::uint64_t number) {
    return number == 0 ? "·" : grouped(number);
}

using Row = std::vector<std::string>;

void add_row(std::string& out, const Row& cells) {
    for (const std::string& cell : cells) out += "| " + cell + ' ';
    out += "|\n";
}

void add_head(std::string& out, const Row& heads) {
    add_row(out, heads);
    out += "|---";
    for (std::size_t i = 1; i < heads.size(); ++i) out += "|---:";
    out += "|\n";
}

std::string verdict_of(const Report& report) {
    if (!report.partial.empty()) return "❗ Partial: " + plain(report.partial);
    if (!report.gate) return "Dry run";
    if (report.gate->broken()) return "❌ Gate: broken";
    return report.gate->lacks_evidence() ? "❔ Gate: not enough evidence" : "✅ Gate: kept";
}

void add_gate(std::string& out, const GateReport& gate) {
    out += '\n';
    add_row(out, {"gate", "bound", "found", ""});
    out += "|---|---|---|---|\n";
    for (const GateCheck& check : gate.checks) {
        add_row(out,
                {plain(check.name), plain(check.bound), plain(check.found),
                 check.state == GateState::kept ? "kept"
                                                : "**" + std::string{name(check.state)} + "**"});
    }
}

void add_table(std::string& out, const Comparison& made) {
    out += "\nThe baseline down, this policy across; unknown: missing data decided.\n\n";
    Row heads{""};
    for (std::size_t i = 0; i < class_count; ++i) heads.emplace_back(class_name(i));
    add_head(out, heads);
    for (std::size_t i = 0; i < class_count; ++i) {
        Row row{std::string{class_name(i)}};
        for (std::size_t j = 0; j < class_count; ++j) {
            const std::string number = count(made.table[i][j]);
            row.push_back(i != j && made.table[i][j] > 0 ? "**" + number + "**" : number);
        }
        add_row(out, row);
    }
}

void add_moves(std::string& out, const Comparison& made) {
    Row heads{"what moves", "calls", "intents"};
    for (const MoneyTable& money : made.money) {
        heads.push_back(money.currency.empty() ? "amount" : money.currency);
    }
    std::string rows;
    for (std::size_t i = class_count; i-- > 0;) {
        for (std::size_t j = 0; j < class_count; ++j) {
            if (i == j || made.table[i][j] == 0) continue;
            Row row{std::string{class_name(i)} + " to " + std::string{class_name(j)},
                    count(made.table[i][j]), count(made.intents.table[i][j])};
            for (const MoneyTable& money : made.money) {
                row.push_back(money.calls[i][j] == 0 ? "·" : grouped_amount(money.sums[i][j]));
            }
            add_row(rows, row);
        }
    }
    if (rows.empty()) return;
    out += '\n';
    add_head(out, heads);
    out += rows;
}

void add_causes(std::string& out, const Comparison& made) {
    if (made.rules.empty()) return;
    out += '\n';
    add_head(out, {"because of", "calls"});
    for (std::size_t i = 0; i < std::min(made.rules.size(), rows_shown); ++i) {
        const ChangeRow& row = made.rules[i];
        const bool looser = row.change == Change::looser;
        add_row(out, {plain(row.rule) + (looser ? " no longer holds" : ""), count(row.calls)});
    }
    if (made.rules.size() > rows_shown) {
        out += "\nand " + grouped(made.rules.size() - rows_shown) + " more\n";
    }
}

void add_calls(std::string& out, const Comparison& made, Change change) {
    const auto& calls = made.samples[static_cast<std::size_t>(change)];
    if (calls.empty()) return;
    out += "\n<details><summary>" + std::string{name(change)} + ": " +
           counted(made.of(change), "call", "calls") + ", for example</summary>\n\n";
    for (std::size_t i = 0; i < std::min(calls.size(), calls_shown); ++i) {
        const ChangedCall& call = calls[i];
        out += "- " + call.chosen + ": " + std::string{name(call.before.outcome)} + " to " +
               std::string{name(call.after.outcome)} + ", " + plain(call.after.tool) + ' ' +
               plain(call.after.args) + " (" + plain(short_place_of(call.after)) + ")\n";
    }
    out += "\n</details>\n";
}

void add_facts(std::string& out, const std::vector<FactRow>& facts) {
    std::string rows;
    for (const FactRow& row : facts) {
        if (row.counts.decisive == 0) continue;
        add_row(rows, {plain(row.name), count(row.counts.reads), count(row.counts.absent),
                       count(row.counts.decisive), plain(row.tools.front().first)});
    }
    if (rows.empty()) return;
    out += '\n';
    add_head(out, {"not known", "reads", "absent", "decided", "mostly"});
    out += rows;
}

void add_unread(std::string& out, const UnreadReport& unread) {
    std::string rows;
    for (std::size_t i = 0; i < std::min(unread.members.size(), rows_shown); ++i) {
        const UnreadRow& row = unread.members[i];
        add_row(rows, {plain(row.name), count(row.calls), plain(row.near),
                       plain(row.tools.front().first)});
    }
    if (rows.empty()) return;
    out += '\n';
    add_head(out, {"not known to the policy", "calls", "nearest", "mostly"});
    out += rows;
}

void add_memory(std::string& out, const MemoryReplay& memory) {
    constexpr std::array<std::string_view, memory_ways> words{"what was carried out",
                                                              "closed loop, open gates approved",
                                                              "closed loop, open gates rejected"};
    out += '\n';
    add_head(out,
             {"limits, by what counts", "allow", "notify", "gate", "block", "tighter", "looser"});
    for (std::size_t i = 0; i < memory_ways; ++i) {
        const MemoryMode& mode = memory.modes[i];
        Row row{std::string{words[i]}};
        for (const Outcome outcome : every_outcome) row.push_back(count(mode.policy.of(outcome)));
        row.push_back(count(mode.of(Change::tighter)));
        row.push_back(count(mode.of(Change::looser)));
        add_row(out, row);
    }
    out += "\n" + grouped(memory.path_dependent) + " path-dependent, " +
           grouped(memory.warm_up_calls) + " in warm-up\n";
}

void add_sweep(std::string& out, const SweepReport& sweep) {
    const SweepTexts texts = sweep_texts(sweep);
    out += "\n" + plain(sweep_title(sweep)) + "\n\n";
    Row heads;
    for (const std::string& head : texts.heads) heads.push_back(plain(head));
    add_head(out, heads);
    for (const std::vector<std::string>& texts_of_row : texts.rows) {
        Row row;
        for (const std::string& text : texts_of_row) row.push_back(plain(text));
        add_row(out, row);
    }
}

void add_lines(std::string& out, std::string_view mark, const std::vector<std::string>& lines) {
    if (!lines.empty()) out += '\n';
    for (const std::string& one : lines) out += "- " + std::string{mark} + plain(one) + "\n";
}

void add_differences(std::string& out, const Comparison& made) {
    constexpr std::size_t each = 50;
    const std::string head = differing_of(made);
    if (head.empty()) return;
    out += "- **" + simulator::verdict_of(made) + "; " + plain(head) + "**\n";
    for (const ShownDifference& one : shown_differences(made, each)) {
        const bool is_marked =
            one.group == DifferenceGroup::who || one.group == DifferenceGroup::unreached;
        out += std::string{"  - "} + (is_marked ? "⚠ " : "") + plain(one.text) + "\n";
    }
}

void add_outcomes(std::string& out, const Report& report) {
    out += '\n';
    add_head(out, {"", "calls", "missing data decided"});
    for (const Outcome outcome : every_outcome) {
        add_row(out, {std::string{name(outcome)}, count(report.counts.of(outcome)),
                      count(report.counts.unknown_of(outcome))});
    }
}

}  // namespace

std::string to_markdown(const Report& report) {
    std::string out = "### " + verdict_of(report) + "\n\n" + plain(report.policy_name) + ' ' +
                      plain(report.policy_version) + " (" +
                      report.policy_hash.substr(0, hash_shown) + ")";
    if (report.comparison) {
        const Comparison& made = *report.comparison;
        out += " against " + plain(made.baseline_name) + ' ' + plain(made.baseline_version) + " (" +
               made.baseline_hash.substr(0, hash_shown) + ")";
    }
    out += ", " + counted(report.counts.calls(), "call", "calls") + "\n";
    if (report.comparison) {
        out += "\n**" + plain(freed_of(*report.comparison)) + "**\n\n";
        for (const std::string& one : params_of(*report.comparison))
            out += "- " + plain(one) + "\n";
        add_differences(out, *report.comparison);
    }
    if (report.comparison) out += "\n" + plain(fidelity_of(report)) + "\n";
    add_lines(out, "", unknown_words_of(report));
    add_lines(out, "⚠ ", doubts_of(report));
    add_lines(out, "⚠ ", report.figures.workload.doubts);
    if (report.gate) add_gate(out, *report.gate);
    if (report.sweep) add_sweep(out, *report.sweep);
    if (report.comparison) {
        add_table(out, *report.comparison);
        add_moves(out, *report.comparison);
        add_causes(out, *report.comparison);
    } else {
        add_outcomes(out, report);
    }
    if (report.memory) add_memory(out, *report.memory);
    add_facts(out, report.facts);
    add_unread(out, report.unread);
    if (report.comparison) {
        add_calls(out, *report.comparison, Change::looser);
        add_calls(out, *report.comparison, Change::tighter);
    }
    out += "\ndigest " + report.digest + "\n";
    return out;
}

}  // namespace proviso::simulator
