// The values of place_mistakes.h, and the order in which places are asked: what belongs to one
// statement alone comes first.
#include "grammar/place_mistakes.h"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/number_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

bool is_capitals(std::string_view word) {
    return word.size() == 3 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// `3 days`, with the stop at the number or at the word.
std::string duration_in_words(const MistakeReporter& mistake) {
    const Token here = mistake.here();
    const Token last = mistake.before().last[0];
    std::string_view number = mistake.text_of(last);
    std::string_view unit = mistake.text_of(here);
    if (here.kind == TokenKind::number && mistake.stop().slot == Slot::duration) {
        number = unit;
        unit = mistake.text_of(token_behind(mistake));
    } else if (here.kind != TokenKind::word || last.kind != TokenKind::number) {
        return {};
    }
    return written_duration(number, unit);
}

/// `5 000`: the digits behind the blank belong to the number.
std::string grouped_by_blanks(const MistakeReporter& mistake) {
    const Token here = mistake.here();
    const Token last = mistake.before().last[0];
    const bool adjoin = here.kind == TokenKind::number && last.kind == TokenKind::number &&
                        here.begin == last.end + 1;
    if (!adjoin) return {};
    const std::string_view group = mistake.text_of(here);
    const std::string_view front = mistake.text_of(last);
    const auto is_number_figure = [](char c) { return c >= '0' && c <= '9'; };
    const bool whole = std::all_of(front.begin(), front.end(), is_number_figure) &&
                       std::all_of(group.begin(), group.end(), is_number_figure);
    if (!whole || group.size() != 3) return {};
    return fmt::format("write `{}_{}`", front, group);
}

std::string number_in_value(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const Token last = mistake.before().last[0];
    const std::string_view before = mistake.text_before(1);
    if (last.kind == TokenKind::word && is_capitals(before)) {
        return fmt::format("the code follows the amount: write `{} {}`", found, before);
    }
    if (before == "than") return "delete `than`";
    if (is_one_of(before, "first", "last") && mistake.text_before(2) == "in") {
        return fmt::format(
            "name it: `window month_end = {} {} workdays of month in \"ZONE\"`, and "
            "write `time in month_end`",
            before, found);
    }
    const std::size_t minus = found.find('-', 1);
    const bool range = before == "in" && minus != std::string_view::npos &&
                       found.find_first_not_of("0123456789_.-") == std::string_view::npos &&
                       found.find('-', minus + 1) == std::string_view::npos;
    if (range) {
        return fmt::format("from one to the other is written `{} .. {}`", found.substr(0, minus),
                           found.substr(minus + 1));
    }
    const bool clock = found.size() >= 4 && found.find(':') != std::string_view::npos;
    if (clock && last.kind == TokenKind::number && before.size() == 10 && before[4] == '-') {
        return fmt::format("a time is one word with its zone: `{}T{}Z`", before, found);
    }
    return grouped_by_blanks(mistake);
}

/// The text of the bracket that the stop lies in begins behind this word: `in (`.
bool bracket_follows(const MistakeReporter& mistake, std::string_view word) {
    const auto bracket = mistake.before().innermost();
    if (!bracket) return false;
    std::string_view text = mistake.stop().text.substr(0, *bracket);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text.ends_with(word) && !text.ends_with('_');
}

}  // namespace

std::string decimal_comma(const MistakeReporter& mistake) {
    if (mistake.text_of(mistake.here()) != "," ||
        mistake.before().last[0].end != mistake.here().begin) {
        return {};
    }
    const Token cents = token_at(mistake.stop().text, mistake.here().end);
    if (cents.kind != TokenKind::number || cents.begin != mistake.here().end) return {};
    const std::string number =
        rule_number(fmt::format("{},{}", mistake.text_before(1), mistake.text_of(cents)));
    return number.empty() ? number : fmt::format("write `{}`", number);
}

namespace {

constexpr std::string_view list_help = "a list has square brackets: `[a, b]`";

std::string comma_in_value(const MistakeReporter& mistake) {
    if (std::string help = decimal_comma(mistake); !help.empty()) return help;
    const bool in_window = mistake.stop().statement_word == "window";
    if (mistake.text_before(2) == "in" && !in_window) return std::string(list_help);
    if (mistake.stop().wanted == "`)`") {
        return bracket_follows(mistake, " in") ? std::string(list_help) : std::string();
    }
    if (mistake.stop().slot != Slot::statement_end) return {};
    const std::string_view clause = clause_at(mistake);
    return is_one_of(clause, "when", "unless", "where") ? "join conditions with `and`" : "";
}

/// The sign and, where it is glued to the next one, that too: `<<`, `~=`, `=~`.
std::string sign_in_value(const MistakeReporter& mistake) {
    const std::string_view text = mistake.stop().text;
    const std::uint32_t where = mistake.here().begin;
    const std::string_view two = text.substr(where, 2);
    const std::string_view around = where == 0 ? two : text.substr(where - 1, 2);
    if (two == "=~") return "write `matches r\"…\"`";
    if (two == "~=") return "write `!=`";
    if (around == "<<" || around == ">>") return fmt::format("write `{}`", around.substr(0, 1));
    if (around == "++" || around == "--") return "a rule changes no value";
    if (two.starts_with('/') && mistake.text_before(1) == "matches") {
        return "a pattern is quoted: `matches r\"…\"`";
    }
    if (two.starts_with(':') && mistake.stop().slot == Slot::statement_end &&
        is_one_of(clause_at(mistake), "when", "unless", "where")) {
        return "write `==`";
    }
    if (two.starts_with('{') && mistake.stop().slot == Slot::operand) {
        return mistake.text_before(1) == "in" ? std::string(list_help)
                                              : "conditions are grouped by `(` and `)`";
    }
    const Token behind = token_at(text, where + 1);
    if (two.starts_with('$') && behind.kind == TokenKind::word) {
        return fmt::format("write the name alone: `{}`", mistake.text_of(behind));
    }
    if (two.starts_with('@') && mistake.stop().slot == Slot::operand) {
        return "a tag stands behind `on`; a value has no `@`";
    }
    return {};
}

bool ends_a_value(Token token, std::string_view text) {
    return token.kind == TokenKind::number || token.kind == TokenKind::string ||
           (token.kind == TokenKind::word && !is_reserved(text));
}

std::string word_in_value(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view before = mistake.text_before(1);
    if (mistake.stop().wanted == "`,` or `]`" && !is_reserved(found) &&
        ends_a_value(mistake.before().last[0], before)) {
        return "write `,` between";
    }
    if (before == "is" || (before == "not" && mistake.text_before(2) == "is")) {
        const bool equal = before == "is";
        if (found == "true" || found == "false") {
            const bool stands = equal == (found == "true");
            return stands ? "a condition stands alone: delete `is` and what follows it"
                          : "a condition stands alone, or behind `not`";
        }
        if (is_one_of(found, "in", "like", "matches")) return "delete the `is`";
    }
    const bool after_value =
        mistake.stop().slot == Slot::statement_end || mistake.stop().slot == Slot::closer;
    if (!after_value) return {};
    if (is_one_of(before, "exists", "defined", "present")) {
        std::string_view path = mistake.stop().text.substr(mistake.here().begin);
        path = path.substr(0, path.find_first_of(" \t\r\n),"));
        return fmt::format("write `has {}`", path);
    }
    if (is_one_of(found, "exists", "defined") &&
        !is_at_line_start(mistake.stop().text, mistake.here().begin)) {
        return "write `has` before it, as `has args.note`";
    }
    const bool party = is_one_of(before, "principal", "agent");
    if (party && is_one_of(found, "has", "in")) {
        return fmt::format("write `{} is lead`", before);
    }
    const bool roles = is_one_of(before, "roles", "role", "groups");
    if (roles && is_one_of(found, "contains", "includes", "has")) {
        return "write `principal is lead`";
    }
    return {};
}

/// The path that ends before `end`: `args.note`.
std::string_view path_before(std::string_view text, std::uint32_t end) {
    text = text.substr(0, end);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const std::size_t blank = text.find_last_of(" \t\r\n([,");
    return blank == std::string_view::npos ? text : text.substr(blank + 1);
}

/// `is > 5`, `is 5`, `is not 5`, `is missing`: the stop is behind `is`, where a role is wanted.
std::string behind_is(const MistakeReporter& mistake) {
    if (mistake.stop().wanted != "a role") return {};
    const bool negated = mistake.text_before(1) == "not";
    if (mistake.text_before(negated ? 2 : 1) != "is") return {};
    const Token here = mistake.here();
    const std::string_view found = mistake.text_of(here);
    if (found == "missing") {
        const Token is = mistake.before().last[negated ? 1 : 0];
        return presence_help(path_before(mistake.stop().text, is.begin), negated);
    }
    if (is_one_of(found, "<", "<=", ">", ">=", "==", "!=")) {
        return negated ? "a comparison has no `is`: write its opposite, as `<= 5` for `> 5`"
                       : fmt::format("a comparison has no `is`: write `{}`", found);
    }
    const bool value = here.kind == TokenKind::number || here.kind == TokenKind::string;
    return value ? fmt::format("compare values with `{}`", negated ? "!=" : "==") : std::string();
}

std::string help_in_value(const MistakeReporter& mistake) {
    if (std::string help = behind_is(mistake); !help.empty()) return help;
    switch (mistake.here().kind) {
        case TokenKind::number: return number_in_value(mistake);
        case TokenKind::word: return word_in_value(mistake);
        case TokenKind::sign:
            return mistake.text_of(mistake.here()) == "," ? comma_in_value(mistake)
                                                          : sign_in_value(mistake);
        case TokenKind::string:
        case TokenKind::end_of_line:
        case TokenKind::end_of_file: return {};
    }
    return {};
}

}  // namespace

std::string written_duration(std::string_view number, std::string_view unit) {
    struct Unit {
        std::string_view word;
        std::string_view letter;
    };
    constexpr Unit units[] = {{"second", "s"}, {"seconds", "s"}, {"sec", "s"}, {"secs", "s"},
                              {"minute", "m"}, {"minutes", "m"}, {"min", "m"}, {"mins", "m"},
                              {"hour", "h"},   {"hours", "h"},   {"hr", "h"},  {"hrs", "h"},
                              {"day", "d"},    {"days", "d"},    {"d", "d"},   {"h", "h"},
                              {"m", "m"},      {"s", "s"}};
    for (const Unit& known : units) {
        if (known.word == unit) return fmt::format("write `{}{}`", number, known.letter);
    }
    if (is_one_of(unit, "week", "weeks")) return "write days: a week is `7d`";
    if (is_one_of(unit, "month", "months", "year", "years")) return "write days, as `30d`";
    return {};
}

std::string_view clause_at(const MistakeReporter& mistake) {
    const auto& clauses = clause_words(mistake.stop().statement_word);
    for (std::size_t nth = 1; nth <= Before::kept; ++nth) {
        const std::string_view word = mistake.text_before(nth);
        if (contains(clauses, word)) return word;
    }
    return {};
}

Token token_behind(const MistakeReporter& mistake) {
    return token_at(mistake.stop().text, skip_layout(mistake.stop().text, mistake.here().end));
}

std::string help_of_place(const MistakeReporter& mistake) {
    if (mistake.before().open_string) return {};
    if (mistake.stop().statement_word == "window") {
        if (std::string help = help_in_window(mistake); !help.empty()) return help;
    }
    if (std::string help = help_in_statement(mistake); !help.empty()) return help;
    if (std::string help = duration_in_words(mistake); !help.empty()) return help;
    if (std::string help = help_in_type(mistake); !help.empty()) return help;
    return help_in_value(mistake);
}

}  // namespace proviso::grammar
