// The marks stand in a column of their own, so that the eye finds the `false` that held a rule
// back. Covered by tests/cli/explain_test.py.
#include "cli/explanation_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/approval_text.h"
#include "cli/decision_text.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

constexpr std::size_t rule_indent = 2;
constexpr std::size_t tree_indent = 4;
constexpr std::size_t mark_cells = 9;  // "unknown" and two blanks
constexpr std::size_t depth_cells = 2;
constexpr std::string_view unknown_word = "unknown";

struct Mark {
    std::string_view word;
    Style style;
};

Mark mark_of(std::string_view value) {
    if (value == "true") return {"true", Style::green};
    if (value == "false") return {"false", Style::red};
    return {unknown_word, Style::yellow};
}

/// "unknown (missing)" has " (missing)" left to say behind the mark.
std::string_view behind_mark(std::string_view value) {
    return value.starts_with(unknown_word) ? value.substr(unknown_word.size()) : "";
}

/// An expression that its author broke into lines, on one: a line end and the blanks round it
/// become one blank. Blanks within a line stay, for they may stand in a text.
std::string on_one_line(std::string_view expression) {
    std::string line;
    std::size_t place = 0;
    while (place < expression.size()) {
        const std::size_t end = std::min(expression.find('\n', place), expression.size());
        std::string_view piece = expression.substr(place, end - place);
        if (place > 0) piece.remove_prefix(std::min(piece.find_first_not_of(" \t"), piece.size()));
        const std::size_t last = piece.find_last_not_of(" \t\r");
        if (end < expression.size()) piece = piece.substr(0, last + 1);
        if (!line.empty() && !piece.empty()) line += ' ';
        line += piece;
        place = end + 1;
    }
    return line;
}

/// A literal's value says nothing that the text does not.
bool is_plain_literal(const ExplainedValue& value) {
    return !value.condition && value.expression == value.value;
}

bool holds_back(const ExplainedRule& rule, const ExplainedValue& value) {
    const auto& names = rule.held_back_by;
    return std::find(names.begin(), names.end(), value.expression) != names.end();
}

/// `text` broken at the terminal's width, its lines behind blanks: the mark stands before the
/// first.
std::string behind_blanks(const Output& out, std::string_view text, std::size_t indent) {
    return paragraph(out, text, tree_indent + mark_cells + indent);
}

std::string condition_line(const Output& out, const ExplainedRule& rule,
                           const ExplainedValue& value, std::size_t indent) {
    std::string said = on_one_line(value.expression);
    said += behind_mark(value.value);
    if (holds_back(rule, value)) said += "  <- kept it from matching";
    const Mark mark = mark_of(value.value);
    std::string lines = behind_blanks(out, said, indent);
    return lines.replace(tree_indent, mark_cells,
                         out.styled(mark.style, pad(mark.word, mark_cells)));
}

std::string value_line(const Output& out, const ExplainedValue& value, std::size_t indent) {
    const bool unknown = value.value.starts_with(unknown_word);
    return behind_blanks(
        out,
        fmt::format("{} {} {}", on_one_line(value.expression), unknown ? "is" : "=", value.value),
        indent);
}

std::string tree(const Output& out, const ExplainedRule& rule) {
    std::string text;
    for (const ExplainedValue& value : rule.values) {
        if (is_plain_literal(value)) continue;
        const std::size_t indent = value.depth * depth_cells;
        text += value.condition ? condition_line(out, rule, value, indent)
                                : value_line(out, value, indent);
    }
    return text;
}

/// "gate", "allow", "trial block", "grant", "raise".
std::string kind_word(const ExplainedRule& rule) {
    const std::string effect(name(rule.match.effect));
    if (rule.kind == "grant" || rule.kind == "raise") return rule.kind;
    return rule.match.on_trial ? "trial " + effect : effect;
}

Style result_style(std::string_view result) {
    if (result == "matched") return Style::green;
    return result == "did not match" ? Style::red : Style::yellow;
}

/// What held a rule back and stands in no line of its tree.
std::string other_hindrances(const Output& out, const ExplainedRule& rule) {
    std::string text;
    for (const std::string& hindrance : rule.held_back_by) {
        const bool shown =
            std::any_of(rule.values.begin(), rule.values.end(),
                        [&](const ExplainedValue& value) { return value.expression == hindrance; });
        if (!shown)
            text += paragraph(out, "kept from matching by: " + on_one_line(hindrance), tree_indent);
    }
    return text;
}

/// Of a step of a limit: the total that passed its cap.
std::string total_line(const Output& out, const ExplainedRule& rule,
                       const std::vector<LimitTotal>& totals) {
    for (const LimitTotal& total : totals) {
        const std::string_view name = rule.match.name;
        if (!name.starts_with(total.limit) || name.substr(total.limit.size(), 1) != "[") continue;
        return paragraph(out, fmt::format("total: {}, {} before", total.after, total.before),
                         tree_indent);
    }
    return {};
}

std::string rule_block(const Output& out, const ExplainedRule& rule,
                       const std::vector<LimitTotal>& totals) {
    const std::string title = visible(fmt::format("{} {}", kind_word(rule), rule.match.name));
    std::string text = fmt::format("{:{}}{}  {}", "", rule_indent, out.styled(Style::bold, title),
                                   out.styled(result_style(rule.result), rule.result));
    const std::string place = place_text(rule.match);
    if (!place.empty()) text += "  " + out.styled(Style::dim, place);
    text += '\n';
    text += other_hindrances(out, rule);
    const std::string total = total_line(out, rule, totals);
    text += rule.values.empty() && rule.held_back_by.empty() && total.empty()
                ? fmt::format("{:{}}no condition\n", "", tree_indent)
                : tree(out, rule) + total;
    if (!rule.match.because.empty()) {
        text += paragraph(out, "because: " + rule.match.because, tree_indent);
    }
    return text;
}

std::string section(const Output& out, std::string_view title,
                    const std::vector<ExplainedRule>& rules,
                    const std::vector<LimitTotal>& totals) {
    if (rules.empty()) return {};
    std::string text = fmt::format("\n{}\n", title);
    for (const ExplainedRule& rule : rules) text += '\n' + rule_block(out, rule, totals);
    return text;
}

}  // namespace

std::string explanation_text(const Output& out, const Explanation& explanation,
                             const std::vector<std::string>& notes) {
    const Decision& decision = explanation.decision;
    std::string text = headline(out, decision);
    text += section(out, "What took part:", explanation.took_part, decision.totals);
    text += section(out, "What came near, and does not allow it:", explanation.near_misses,
                    decision.totals);
    const std::string approval = approval_text(out, decision);
    if (!approval.empty()) text += "\nWhat people are asked, and have said:\n\n" + approval;
    const std::string missing = missing_text(out, decision);
    if (!missing.empty()) text += "\nWhat would have to be known:\n\n" + missing;
    const std::string noted = role_note(out, decision) + note_lines(out, notes);
    if (!noted.empty()) text += '\n' + noted;
    return text;
}

}  // namespace proviso::cli
