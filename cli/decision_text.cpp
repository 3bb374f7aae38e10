// Every name and text of a call or a rule goes through `visible`: a call must not be able to draw
// its own decision. Covered by tests/cli/decide_test.py and terminal_test.py.
#include "cli/decision_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "cli/approval_text.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

constexpr std::size_t margin = 2;
constexpr std::size_t label_cells = 11;  // "tightened" and two blanks
constexpr std::size_t effect_cells = 8;  // "notify" and two blanks
constexpr std::size_t text_indent = margin + label_cells + effect_cells;
constexpr std::size_t headline_indent = 8;
constexpr std::size_t hash_digits = 12;
constexpr std::size_t reason_cells = 14;

std::string upper(std::string_view word) {
    std::string text(word);
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return text;
}

std::string_view reason_phrase(Reason reason) {
    switch (reason) {
        case Reason::allowed: return "a rule allows it";
        case Reason::by_default: return "by default";
        case Reason::rule: return "a rule says so";
        case Reason::limit: return "a limit is passed";
        case Reason::no_grant: return "no role grants it";
        case Reason::missing_data: return "something it depends on is not known";
        case Reason::invalid_args: return "the args are not valid";
        case Reason::invalid_stage: return "the stage is not valid";
        case Reason::unknown_tool: return "the policy has no such tool";
        case Reason::id_reuse: return "its id was used for another call";
        case Reason::rejected: return "it was rejected";
        case Reason::unsupported_obligation: return "the host cannot do a duty that it owes";
        case Reason::halted: return "it is halted";
    }
    return "";
}

std::string review_sentence(const Decision& decision) {
    std::vector<std::string> reviews;
    for (const Review& review : decision.reviews) {
        const std::string within = review.within_seconds > 0
                                       ? " within " + duration_text(review.within_seconds)
                                       : std::string();
        reviews.push_back(visible(review.role) + within);
    }
    if (reviews.empty()) return "Do it; people review it afterwards.";
    return fmt::format("Do it; for review by {}.", joined(reviews));
}

std::string what_to_do(const Decision& decision) {
    if (decision.repeat) return "Do not do it again.";
    switch (decision.outcome) {
        case Outcome::allow: return "Do it.";
        case Outcome::notify: return review_sentence(decision);
        case Outcome::gate: return gate_sentence(decision);
        case Outcome::block: return "Do not do it.";
    }
    return {};
}

struct Row {
    std::string_view label;
    const Match* match;
};

std::string_view label_of(const Match& match, bool is_base) {
    if (match.on_trial) return "on trial";
    if (is_base) return "base";
    return match.sure ? "tightened" : "perhaps";
}

std::vector<Row> rows_of(const Decision& decision) {
    std::vector<Row> rows;
    for (const Match& match : decision.base) rows.push_back({label_of(match, true), &match});
    for (const Match& match : decision.restrictions) {
        rows.push_back({label_of(match, false), &match});
    }
    for (const Match& match : decision.trials) rows.push_back({"on trial", &match});
    return rows;
}

/// Who has to act on a rule, or why it counts.
std::string remark(const Match& match) {
    std::vector<std::string> parts;
    if (!match.who.empty() && match.effect == Outcome::gate) parts.push_back("by " + match.who);
    if (!match.who.empty() && match.effect == Outcome::notify) {
        const std::string within =
            match.within_seconds > 0 ? " within " + duration_text(match.within_seconds) : "";
        parts.push_back("tells " + match.who + within);
    }
    if (!match.sure) parts.emplace_back("counts, as something it asks is not known");
    return visible(fmt::format("{}", fmt::join(parts, "; ")));
}

/// The names as wide as the longest, within reason.
std::size_t name_cells(const std::vector<Row>& rows) {
    constexpr std::size_t most = 40;
    std::size_t widest = 0;
    for (const Row& row : rows) widest = std::max(widest, cells(visible(row.match->name)));
    return std::min(widest, most) + 2;
}

std::size_t place_cells(const std::vector<Row>& rows) {
    std::size_t widest = 0;
    for (const Row& row : rows) widest = std::max(widest, cells(place_text(*row.match)));
    return widest + 2;
}

std::string without_trailing_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

/// Widths, in cells, of the columns that depend on what they hold.
struct Columns {
    std::size_t name;
    std::size_t place;

    [[nodiscard]] std::size_t all() const { return text_indent + name + place; }
};

std::string rule_row(const Output& out, const Row& row, Columns columns) {
    const Match& match = *row.match;
    const Style style = match.on_trial ? Style::dim : style_of(match.effect);
    const std::string effect = out.styled(style, pad(name(match.effect), effect_cells));
    std::string text =
        fmt::format("{:{}}{}{}{}{}", "", margin, pad(row.label, label_cells), effect,
                    pad(visible(match.name), columns.name), pad(place_text(match), columns.place));
    const std::string said = remark(match);
    const bool fits = out.width() == 0 || columns.all() + cells(said) <= out.width();
    if (fits) text += said;
    text = without_trailing_blanks(std::move(text)) + '\n';
    if (!fits) text += paragraph(out, said, text_indent);
    if (!match.because.empty()) text += paragraph(out, match.because, text_indent);
    if (!match.fix.empty()) text += paragraph(out, "fix: " + match.fix, text_indent);
    return text;
}

std::string rule_rows(const Output& out, const Decision& decision) {
    const std::vector<Row> rows = rows_of(decision);
    const Columns columns{name_cells(rows), place_cells(rows)};
    std::string text;
    for (const Row& row : rows) text += rule_row(out, row, columns);
    return text;
}

std::string duties(const Output& out, const Decision& decision) {
    std::string text;
    for (const Duty& duty : decision.obligations) {
        std::vector<std::string> arguments;
        for (const auto& [name, value] : duty.arguments) arguments.push_back(name + " = " + value);
        text += labelled(
            out, "duty",
            fmt::format("{}({}), of {}", duty.name, fmt::join(arguments, ", "), duty.rule));
    }
    return text;
}

std::string totals(const Output& out, const Decision& decision) {
    std::string text;
    for (const LimitTotal& total : decision.totals) {
        text +=
            labelled(out, "total",
                     fmt::format("{} of {}, {} before", total.after, total.limit, total.before));
    }
    return text;
}

std::string roles(const Output& out, const Decision& decision) {
    std::string text;
    if (!decision.granted_by.empty()) {
        text += labelled(out, "granted", "by " + joined(decision.granted_by));
    }
    return text + role_note(out, decision);
}

std::string policy_line(const Output& out, const Decision& decision) {
    const std::string hash = decision.policy_hash.substr(0, hash_digits);
    return labelled(
        out, "policy",
        fmt::format("{} {}, hash {}", decision.policy_name, decision.policy_version, hash));
}

}  // namespace

std::string joined(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool last = i + 1 == words.size();
        text += i == 0 ? "" : last ? " and " : ", ";
        text += words[i];
    }
    return text;
}

std::string labelled(const Output& out, std::string_view label, std::string_view text) {
    std::string lines = paragraph(out, text, margin + label_cells);
    return lines.replace(0, margin + label_cells,
                         std::string(margin, ' ') + pad(label, label_cells));
}

Style style_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::allow: return Style::green;
        case Outcome::notify: return Style::cyan;
        case Outcome::gate: return Style::yellow;
        case Outcome::block: return Style::red;
    }
    return Style::plain;
}

std::string outcome_word(const Output& out, Outcome outcome) {
    return out.styled(style_of(outcome), upper(name(outcome)));
}

std::string headline(const Output& out, const Decision& decision) {
    const std::string tool = decision.tool.empty() ? "a call without a tool" : decision.tool;
    const std::string stage = decision.stage.empty() ? "" : " at " + decision.stage;
    const std::size_t blanks = headline_indent - name(decision.outcome).size();
    const std::string what = visible(tool + stage);
    const std::string why =
        fmt::format("{} ({})", reason_phrase(decision.reason), name(decision.reason));
    const bool fits =
        out.width() == 0 || headline_indent + cells(what) + 2 + cells(why) <= out.width();
    std::string text = fmt::format("{}{:{}}{}:{}\n", outcome_word(out, decision.outcome), "",
                                   blanks, out.styled(Style::bold, what), fits ? " " + why : "");
    if (!fits) text += paragraph(out, why, headline_indent);
    text += paragraph(out, what_to_do(decision), headline_indent);
    if (!decision.detail.empty()) text += paragraph(out, decision.detail, headline_indent);
    return text;
}

std::string role_note(const Output& out, const Decision& decision) {
    if (decision.undeclared_roles.empty()) return {};
    return labelled(out, "note",
                    fmt::format("the policy does not declare {}: it grants nothing",
                                joined(decision.undeclared_roles)));
}

std::string note_lines(const Output& out, const std::vector<std::string>& notes) {
    std::string text;
    for (const std::string& note : notes) text += labelled(out, "note", note);
    return text;
}

std::string decision_text(const Output& out, const Decision& decision,
                          const std::vector<std::string>& notes) {
    std::string text = headline(out, decision);
    const std::array<std::string, 3> blocks{
        rule_rows(out, decision), approval_text(out, decision),
        missing_text(out, decision) + totals(out, decision) + duties(out, decision) +
            roles(out, decision) + note_lines(out, notes) + policy_line(out, decision)};
    for (const std::string& block : blocks) {
        if (!block.empty()) text += '\n' + block;
    }
    return text;
}

std::string decision_line(const Output& out, const Decision& decision) {
    constexpr std::size_t tool_cells = 24;
    std::vector<std::string> names;
    for (const auto* matches : {&decision.base, &decision.restrictions}) {
        for (const Match& match : *matches) {
            if (match.effect == decision.outcome) names.push_back(visible(match.name));
        }
    }
    const std::string why = names.empty() ? visible(decision.detail) : joined(names);
    const std::string outcome = pad(name(decision.outcome), effect_cells);
    return without_trailing_blanks(fmt::format(
        "{}{} {} {}", out.styled(style_of(decision.outcome), outcome),
        pad(visible(decision.tool), tool_cells), pad(name(decision.reason), reason_cells), why));
}

std::string agent_view_text(const Output& out, const AgentView& view) {
    std::string text = fmt::format("{}  ({}{})\n", outcome_word(out, view.outcome),
                                   name(view.reason), view.repeat ? ", repeat" : "");
    for (const std::string& fix : view.fixes) text += paragraph(out, "fix: " + fix, margin);
    if (view.approvals_needed > 0) {
        text += paragraph(
            out,
            fmt::format("approvals: {} of {} given", view.approvals_given, view.approvals_needed),
            margin);
    }
    return text;
}

std::string agent_view_line(const Output& out, const AgentView& view) {
    const std::string outcome = pad(name(view.outcome), effect_cells);
    return without_trailing_blanks(
        fmt::format("{}{} {}", out.styled(style_of(view.outcome), outcome),
                    pad(name(view.reason), reason_cells), visible(joined(view.fixes))));
}

std::string place_text(const Match& match) {
    if (match.file.empty()) return {};
    return visible(fmt::format("{}:{}", match.file, match.line));
}

std::string missing_text(const Output& out, const Decision& decision) {
    std::string text;
    for (const Missing& missing : decision.missing) {
        text += labelled(out, "not known", fmt::format("{} ({})", missing.name, missing.cause));
    }
    if (decision.best_case < decision.outcome) {
        text += paragraph(
            out, fmt::format("With all known it could be {}, at best.", name(decision.best_case)),
            margin + label_cells);
    }
    return text;
}

std::string paragraph(const Output& out, std::string_view text, std::size_t indent) {
    const std::size_t width = out.width() > indent ? out.width() - indent : 0;
    std::string lines;
    for (const std::string& line : wrap(visible(text), width)) {
        lines += fmt::format("{:{}}{}\n", "", indent, line);
    }
    return lines;
}

}  // namespace proviso::cli
