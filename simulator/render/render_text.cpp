// The report for a terminal: what was decided at the top, then why, by tool and by rule, samples.
// Covered by tests/unit/simulator/render/render_text_test.cpp.

#include <algorithm>
#include <array>
#include <string>

#include "simulator/render/comparison_words.h"
#include "simulator/render/doubts.h"
#include "simulator/render/render.h"
#include "simulator/render/render_sweep.h"
#include "simulator/render/text_page.h"
#include "simulator/text/text_table.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t tools_shown = 20;
constexpr std::size_t rules_shown = 20;
constexpr std::size_t missing_shown = 10;
constexpr std::size_t inputs_shown = 5;

class TextReport : private TextPage {
  public:
    TextReport(const Report& report, const Look& look, const RenderOptions& options)
        : TextPage(look),
          report_(report),
          full_(options.full || (!report.comparison && !report.sweep)),
          figures_(options.figures) {}

    std::string print() {
        if (report_.comparison) fidelity();
        head();
        print_doubts(*this, report_);
        if (report_.sweep) print_sweep(*this, *report_.sweep);
        if (full_ || !report_.sweep) replay();
        if (report_.gate) print_gate(*this, *report_.gate);
        if (full_) details();
        if (full_ || !report_.sweep) print_asked(*this, report_.figures.workload);
        if (figures_) print_figures(*this, report_);
        bad_lines();
        foot();
        return take();
    }

  private:
    void replay() {
        if (full_) outcomes();
        if (report_.comparison) print_comparison(*this, *report_.comparison);
        if (report_.memory) {
            print_memory(*this, *report_.memory, report_.comparison.has_value());
        }
        trials();
        print_facts(*this, report_.facts);
        print_unread(*this, report_.unread, report_.counts.calls());
    }

    void fidelity() {
        line(look().cut(fidelity_of(report_), look().width));
        if (!full_) unknown_words();
    }

    void unknown_words() {
        for (const std::string& one : unknown_words_of(report_)) indented(one, 2, Style::block);
    }

    /// Whatever else there is no room for: a trial is there to be read.
    void trials() {
        std::vector<const RuleRow*> tried;
        for (const RuleRow& rule : report_.rules) {
            if (rule.trial_hits > 0) tried.push_back(&rule);
        }
        if (tried.empty()) return;
        heading("On trial: reported, and not felt");
        Table table({"", "effect", "would match", "would tighten"}, {true, true});
        for (std::size_t i = 0; i < std::min(tried.size(), rules_shown); ++i) {
            const RuleRow& rule = *tried[i];
            table.add({{rule.name, Style::plain},
                       {std::string{name(rule.effect)}, style_of(rule.effect)},
                       number(rule.trial_hits),
                       number(rule.trial_tighter)});
        }
        TextPage::table(table);
        more(tried.size(), rules_shown);
    }

    void outcomes() {
        outcome_bars();
        reasons();
    }

    void details() {
        recorded();
        verdicts();
        tools();
        rules();
        missing();
        samples();
    }

    void head() {
        if (!report_.partial.empty()) {
            line(look().cut("PARTIAL: " + report_.partial, look().width), Style::block);
        }
        const std::string policy = report_.policy_name + ' ' + report_.policy_version + " (" +
                                   report_.policy_hash.substr(0, hash_shown) + ")";
        line(look().cut(policy, look().width), Style::bold);
        for (std::size_t i = 0; i < std::min(report_.inputs.size(), inputs_shown); ++i) {
            input(report_.inputs[i]);
        }
        more(report_.inputs.size(), inputs_shown);
        if (!report_.mapping.empty()) indented("read by " + report_.mapping, 2, Style::dim);
    }

    void input(const InputRow& row) {
        std::string text = row.path == "-" ? "stdin" : row.path;
        text += ": " + counted(row.calls, "call", "calls") + ", " + byte_size(row.bytes);
        if (!row.error.empty()) text += ", " + row.error;
        indented(text, 2, row.error.empty() ? Style::dim : Style::block);
    }

    void outcome_bars() {
        const std::uint64_t calls = report_.counts.calls();
        blank();
        const std::size_t digits = columns_of(grouped(calls));
        const std::size_t columns = std::min<std::size_t>(look().width - digits - 24, 60);
        for (const Outcome outcome : every_outcome) {
            const std::uint64_t count = report_.counts.of(outcome);
            const std::string number = grouped(count);
            const std::string share = percent(count, calls);
            std::string text = "  " + std::string{name(outcome)};
            text.append(10 - columns_of(text) + digits - number.size(), ' ');
            text += number;
            text.append(10 - columns_of(share), ' ');
            text += share;
            const double part =
                calls == 0 ? 0 : static_cast<double>(count) / static_cast<double>(calls);
            const std::string bar = look().bar(part, columns);
            if (!bar.empty()) text += "  " + look().paint(bar, style_of(outcome));
            line(text);
        }
        unknown_line(calls);
    }

    void unknown_line(std::uint64_t calls) {
        const std::uint64_t unknown = report_.counts.unknown_calls();
        if (unknown == 0) return;
        std::string text = "of these, missing data decided " + grouped(unknown) + " (" +
                           percent(unknown, calls) + ")";
        std::string_view between = ": ";
        for (const Outcome outcome : every_outcome) {
            const std::uint64_t count = report_.counts.unknown_of(outcome);
            if (count == 0) continue;
            text += std::string{between} + grouped(count) + ' ' + std::string{name(outcome)};
            between = ", ";
        }
        indented(text, 2);
    }

    void reasons() {
        std::vector<std::pair<std::uint64_t, std::string>> parts;
        for (std::size_t i = 0; i < reason_count; ++i) {
            if (report_.reasons[i] == 0) continue;
            parts.emplace_back(report_.reasons[i], name(static_cast<Reason>(i)));
        }
        if (parts.empty()) return;
        std::stable_sort(parts.begin(), parts.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<std::string> texts;
        texts.reserve(parts.size());
        for (const auto& [count, reason] : parts) texts.push_back(reason + ' ' + grouped(count));
        heading("Reasons");
        wrapped(texts);
    }

    template <std::size_t Rows, typename RowName>
    void transition_table(const std::array<std::array<std::uint64_t, outcome_count>, Rows>& table,
                          const std::string& corner, RowName row_name) {
        Table text({corner, "allow", "notify", "gate", "block"});
        for (std::size_t i = 0; i < Rows; ++i) {
            std::vector<Cell> row{{std::string{row_name(i)}, Style::plain}};
            for (std::size_t j = 0; j < outcome_count; ++j) {
                row.push_back(number(table[i][j], style_of(every_outcome[j])));
            }
            text.add(std::move(row));
        }
        TextPage::table(text);
    }

    void recorded() {
        if (!report_.recorded) return;
        const Recorded& then = *report_.recorded;
        heading("Recorded (down) against this policy (across)");
        transition_table(then.table, "", [](std::size_t i) { return name(every_outcome[i]); });
        indented(grouped(then.same) + " the same (" + percent(then.same, then.calls) + "), " +
                     grouped(then.tighter) + " tighter, " + grouped(then.looser) + " looser",
                 2);
        unknown_words();
    }

    void verdicts() {
        if (!report_.verdicts) return;
        heading("People's verdicts (down) against this policy (across)");
        transition_table(report_.verdicts->table, "",
                         [](std::size_t i) { return name(static_cast<HumanVerdict>(i)); });
        unreadable(report_.verdicts->unreadable, "verdict", "verdicts",
                   "approved, edited, rejected");
    }

    void unreadable(std::uint64_t count, std::string_view one, std::string_view many,
                    std::string_view known) {
        if (count == 0) return;
        indented(counted(count, one, many) + " in words that the mapping does not explain", 2,
                 Style::block);
        indented("known: " + std::string(known) + "; `words` of a mapping (--map) tell others", 2);
    }

    void add_counts(std::vector<Cell>& row, const Counts& counts) const {
        row.push_back({grouped(counts.calls()), Style::plain});
        for (const Outcome outcome : every_outcome) {
            row.push_back(number(counts.of(outcome), style_of(outcome)));
        }
        row.push_back(number(counts.unknown_calls()));
    }

    void tools() {
        if (report_.tools.empty()) return;
        heading("Tools");
        Table table({"", "calls", "allow", "notify", "gate", "block", "unknown"});
        for (std::size_t i = 0; i < std::min(report_.tools.size(), tools_shown); ++i) {
            const ToolRow& tool = report_.tools[i];
            std::vector<Cell> row{{tool.name + (tool.declared ? "" : " *"), Style::plain}};
            add_counts(row, tool.counts);
            table.add(std::move(row));
        }
        if (report_.other_tools.calls() > 0) {
            std::vector<Cell> row{{"other names", Style::dim}};
            add_counts(row, report_.other_tools);
            table.add(std::move(row));
        }
        TextPage::table(table);
        more(report_.tools.size(), tools_shown);
        const bool all_declared = std::all_of(report_.tools.begin(), report_.tools.end(),
                                              [](const ToolRow& tool) { return tool.declared; });
        if (!all_declared) indented("* not in the catalogue", 2, Style::dim);
    }

    void rules() {
        if (report_.rules.empty()) return;
        heading("Rules");
        Table table({"", "effect", "hits", "decided", "unsure", "on trial"}, {true, true});
        std::size_t used = 0;
        for (const RuleRow& rule : report_.rules) {
            if (rule.hits + rule.trial_hits == 0 || ++used > rules_shown) continue;
            table.add({{rule.name, Style::plain},
                       {std::string{name(rule.effect)}, style_of(rule.effect)},
                       number(rule.hits),
                       number(rule.decisive),
                       number(rule.unsure),
                       number(rule.trial_hits)});
        }
        if (used > 0) TextPage::table(table);
        more(used, rules_shown);
        const auto idle = static_cast<std::size_t>(
            std::count_if(report_.rules.begin(), report_.rules.end(),
                          [](const RuleRow& rule) { return rule.is_dead(); }));
        if (idle == 0) return;
        indented(grouped(idle) + " of " +
                     counted(written_rules(report_), "rule or cell", "rules and cells") +
                     " never took part",
                 2, Style::dim);
    }

    void missing() {
        if (report_.missing.empty()) return;
        heading("What was missing where missing data decided");
        Table table({"", "cause", "calls"}, {true, true});
        for (std::size_t i = 0; i < std::min(report_.missing.size(), missing_shown); ++i) {
            const MissingRow& row = report_.missing[i];
            table.add({{row.name, Style::plain}, {row.cause, Style::plain}, number(row.calls)});
        }
        TextPage::table(table);
        more(report_.missing.size(), missing_shown);
    }

    void samples() {
        bool any = false;
        for (std::size_t i = outcome_count; i-- > 0;) {
            for (const Sample& one : report_.samples[i]) {
                if (!any) heading("Samples");
                any = true;
                sample(one);
            }
        }
    }

    void sample(const Sample& one) {
        std::string outcome{name(one.outcome)};
        const std::string padding(7 - outcome.size(), ' ');
        text("  " + look().paint(outcome, style_of(one.outcome)) + padding);
        line(look().cut(one.tool + ' ' + one.args, look().width - 9));
        for (const SampleRule& rule : one.rules) {
            const std::string because = rule.because.empty() ? "" : ": " + rule.because;
            indented(rule.name + (rule.sure ? "" : " (may match)") + because, 9);
        }
        if (one.rules.empty()) indented(failure_of(one), 9);
        if (one.unknown && !one.missing.empty()) indented(missing_of(one), 9);
        indented(short_place_of(one), 9, Style::dim);
    }

    static std::string missing_of(const Sample& one) {
        std::string text = "unknown: ";
        for (std::size_t i = 0; i < one.missing.size(); ++i) {
            text += (i == 0 ? "" : ", ") + one.missing[i].name + " (" + one.missing[i].cause + ")";
        }
        return text;
    }

    void bad_lines() {
        if (report_.bad == 0) return;
        heading(counted(report_.bad, "line", "lines") + " that cannot be read");
        for (const BadLine& bad : report_.bad_lines) {
            indented(place_text(shown_file(bad.file), bad.line, bad.call) + ": " + bad.reason, 2);
        }
        more(report_.bad, report_.bad_lines.size());
    }

    void foot() {
        const std::uint64_t calls = report_.counts.calls();
        blank();
        std::vector<std::string> parts{counted(calls, "call", "calls")};
        if (report_.skipped > 0) parts.push_back(grouped(report_.skipped) + " left out");
        if (report_.seconds > 0) {
            const auto rate =
                static_cast<std::uint64_t>(static_cast<double>(calls) / report_.seconds);
            parts.push_back(grouped(rate) + " calls/s");
        }
        parts.push_back(counted(report_.threads, "thread", "threads"));
        parts.push_back("digest " + report_.digest);
        wrapped(parts);
    }

    const Report& report_;
    bool full_;
    bool figures_;
};

}  // namespace

std::string render_text(const Report& report, const RenderOptions& options) {
    const Look look{options.colour, options.unicode,
                    std::clamp<std::size_t>(options.width, 60, 120)};
    return TextReport{report, look, options}.print();
}

}  // namespace proviso::simulator
