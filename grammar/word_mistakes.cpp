#include "grammar/word_mistakes.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "grammar/place_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

std::string lower(std::string_view word) {
    std::string small(word);
    for (char& letter : small) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return small;
}

bool has_capitals(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

struct Hint {
    std::string_view word;
    std::string_view help;
};

template <std::size_t N>
std::string_view hint_for(const Hint (&hints)[N], std::string_view word) {
    for (const Hint& hint : hints) {
        if (hint.word == word) return hint.help;
    }
    return {};
}

constexpr Hint statement_hints[] = {
    {"deny", "write `block`"},
    {"forbid", "write `block`"},
    {"refuse", "write `block`"},
    {"reject", "write `block`"},
    {"permit", "write `allow`"},
    {"grant", "write `can` in a role"},
    {"require", "write `gate`"},
    {"hold", "write `gate`"},
    {"ask", "write `gate`"},
    {"approve", "write `gate`, and who approves behind `by`"},
    {"approved", "write `gate`, and who approves behind `by`"},
    {"warn", "write `notify`"},
    {"alert", "write `notify`"},
    {"const", "write `let`"},
    {"rule", "write `allow`, `notify`, `gate` or `block`"},
    {"enum", "write `type`"},
    {"include", "write `import`"},
    {"test", "write `example`"},
};

constexpr Hint operator_hints[] = {
    {"contains", "write `x in list`, or `like \"*part*\"` of a string"},
    {"equals", "write `==`"},
    {"eq", "write `==`"},
    {"ne", "write `!=`"},
    {"gt", "write `>`"},
    {"ge", "write `>=`"},
    {"gte", "write `>=`"},
    {"lt", "write `<`"},
    {"le", "write `<=`"},
    {"lte", "write `<=`"},
    {"xor", "write `(a or b) and not (a and b)`"},
    {"div", "`a / b > 0.2` is `a > 0.2 * b`"},
    {"mod", "there is no remainder"},
    {"between", "write `x in low .. high`"},
    {"starts_with", "write `like \"start*\"`"},
    {"ends_with", "write `like \"*end\"`"},
    {"startsWith", "write `like \"start*\"`"},
    {"endsWith", "write `like \"*end\"`"},
    {"plus", "write `+`"},
    {"minus", "write `-` between blanks"},
    {"times", "write `*`"},
    {"exceeds", "write `>`"},
    {"greater", "write `>`"},
    {"more", "write `>`"},
    {"above", "write `>`"},
    {"less", "write `<`"},
    {"fewer", "write `<`"},
    {"under", "write `<`"},
    {"below", "write `<`"},
    {"outside", "write `not in`"},
    {"inside", "write `in`"},
    {"during", "write `in`"},
    {"equal", "write `==`"},
};

constexpr Hint if_hints[] = {
    {"if", "write the condition after `when`"},
    {"then", "the statement's first word says what follows"},
    {"else", "write another rule, with `unless`"},
    {"elif", "write another rule"},
    {"elsif", "write another rule"},
    {"endif", "a statement ends with its last line"},
};

std::string_view if_help(std::string_view statement, std::string_view word) {
    const bool value = statement == "let" || statement == "param";
    if (value) return "a condition is a value: `let large = args.amount > 5 EUR`";
    if (word == "if" && statement == "limit") {
        return "`where` filters what is counted, `unless` exempts from the check";
    }
    if (word == "if" && statement == "counter") return "`where` filters what is counted";
    return hint_for(if_hints, word);
}

constexpr std::string_view priority_words[] = {"priority", "override",   "overrides", "weight",
                                               "rank",     "precedence", "order"};

constexpr Hint money_words[] = {{"dollar", "USD"}, {"dollars", "USD"}, {"euro", "EUR"},
                                {"euros", "EUR"},  {"pound", "GBP"},   {"pounds", "GBP"},
                                {"yen", "JPY"},    {"francs", "CHF"},  {"franc", "CHF"}};

constexpr std::string_view operators_in_words[] = {"and",  "or",      "not", "in",     "is",
                                                   "like", "matches", "has", "missing"};

bool is_capital_operator(std::string_view word) {
    const std::string small = lower(word);
    return has_capitals(word) &&
           std::find(std::begin(operators_in_words), std::end(operators_in_words), small) !=
               std::end(operators_in_words);
}

Explained capital_operator(MistakeReporter& mistake, Token word) {
    return mistake.at(DiagnosticId::capital_operator, word, {mistake.shown(word)},
                      fmt::format("write `{}`", lower(mistake.text_of(word))));
}

/// Help of the form: did you mean `when`?
std::string meant_help(std::string_view meant) {
    return fmt::format("did you mean `{}`?", meant);
}

// ---------------------------------------------------------------- at the start of a statement

Explained statement_word(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    if (const auto help = hint_for(if_hints, text); !help.empty()) {
        return mistake.at(DiagnosticId::no_if, word, {std::string(text)}, std::string(help));
    }
    const auto unknown = [&](std::string help) {
        return mistake.at(DiagnosticId::unknown_statement, word, {std::string(text)},
                          std::move(help));
    };
    if (const auto help = hint_for(statement_hints, lower(text)); !help.empty()) {
        return unknown(std::string(help));
    }
    if (is_clause_word(text) || text == "and" || text == "or" || text == "not") {
        Explained result = mistake.at(DiagnosticId::unindented_line, word, {std::string(text)},
                                      "indent the further lines of a statement");
        result.inside_statement = false;
        return result;
    }
    const std::string_view meant = did_you_mean(text, statement_words());
    return unknown(meant.empty() ? "a statement starts with a word such as `allow`, `gate`, `tool`"
                                 : meant_help(meant));
}

// ---------------------------------------------------------------- in the middle of a statement

std::string_view foreign_clause_help(std::string_view clause, std::string_view statement) {
    if (clause == "when" && statement == "limit") {
        return "`where` filters what is counted, `unless` exempts from the check";
    }
    if (clause == "when" && statement == "counter") return "`where` filters what is counted";
    if (clause == "where") return "write `when`";
    if (clause == "except") return "an exception to a rule is its `unless`";
    if (clause == "within") return "`within` follows the role after `tell`";
    if (clause == "tell") return "only a `notify` tells somebody";
    if (clause == "by" && (statement == "limit" || statement == "counter")) return "write `per`";
    if (clause == "by") return "only a `gate` is opened by somebody";
    if (clause == "to") return "only a `raise` has a tier to raise to";
    if (clause == "can") return "only a `role` grants";
    return "delete it, or write it where it belongs";
}

Explained clause_of_other(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    const std::string_view statement = mistake.stop().statement_word;
    return mistake.at(DiagnosticId::foreign_clause, word,
                      {std::string(text), std::string(statement)},
                      std::string(foreign_clause_help(text, statement)));
}

std::optional<Explained> misspelt_clause(MistakeReporter& mistake, Token word) {
    const std::string_view statement = mistake.stop().statement_word;
    const std::string_view text = mistake.text_of(word);
    const auto& clauses = clause_words(statement);
    const std::string_view meant = did_you_mean(text, clauses);
    std::string help(habitual_clause(statement, text));
    const bool known = !meant.empty() || !help.empty();
    if (!known && !(mistake.line_start() && !clauses.empty())) return std::nullopt;
    if (!help.empty())
        return mistake.at(DiagnosticId::unknown_clause, word,
                          {std::string(text), std::string(statement)}, std::move(help));
    if (!meant.empty()) {
        help = meant_help(meant);
    } else {
        for (const std::string_view clause : clauses) {
            help += fmt::format("{}`{}`", help.empty() ? "its clauses are " : ", ", clause);
        }
    }
    return mistake.at(DiagnosticId::unknown_clause, word,
                      {std::string(text), std::string(statement)}, std::move(help));
}

std::optional<Explained> currency_word(MistakeReporter& mistake, Token word) {
    const Token number = mistake.before().last[0];
    if (number.kind != TokenKind::number) return std::nullopt;
    const std::string_view text = mistake.text_of(word);
    const std::string small = lower(text);
    std::string code(hint_for(money_words, small));
    const bool is_code =
        text.size() == 3 && !is_reserved(text) && !is_capital_operator(text) &&
        std::all_of(small.begin(), small.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (code.empty() && !is_code) return std::nullopt;
    if (code.empty()) code = capitals(text);
    return mistake.at(DiagnosticId::currency_case, word, {std::string(text)},
                      fmt::format("currency codes are three capitals: write `{} {}`",
                                  mistake.shown(number), code));
}

std::optional<Explained> foreign_word(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    if (is_capital_operator(text)) return capital_operator(mistake, word);
    if (const auto help = hint_for(if_hints, lower(text)); !help.empty()) {
        return mistake.at(DiagnosticId::no_if, word, {std::string(text)},
                          std::string(if_help(mistake.stop().statement_word, lower(text))));
    }
    const bool after_value =
        mistake.stop().slot == Slot::statement_end || mistake.stop().slot == Slot::closer;
    if (!after_value) return std::nullopt;
    if (const auto help = hint_for(operator_hints, text); !help.empty()) {
        return mistake.at(DiagnosticId::foreign_operator, word, {std::string(text)},
                          std::string(help));
    }
    const bool is_priority = std::find(std::begin(priority_words), std::end(priority_words),
                                       text) != std::end(priority_words);
    if (!is_priority) return std::nullopt;
    return mistake.at(DiagnosticId::no_priority, word, {std::string(text)},
                      "write an exception as `unless` where it belongs");
}

std::optional<Explained> second_name(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    const std::string_view clause = mistake.text_before(2);
    const bool joins = text == "and" || text == "or";
    if (!joins || (clause != "by" && clause != "tell")) return std::nullopt;
    return mistake.at(DiagnosticId::list_of_approvers, word, {std::string(clause)},
                      std::string(one_name_help(clause)));
}

/// A quoted name would not be of use in an expression, where quotes make a string.
bool is_read_in_expressions(std::string_view statement) {
    for (const std::string_view word :
         {"param", "let", "data", "table", "counter", "facts", "attributes", "type"}) {
        if (word == statement) return true;
    }
    return false;
}

constexpr std::string_view name_bytes =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

Explained reserved_name(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    const std::string_view statement = mistake.stop().statement_word;
    const bool own_clause = contains(clause_words(statement), text);
    const bool has_member = mistake.stop().text.substr(word.end, 1) == ".";
    const bool is_field = statement == "attributes";
    if ((own_clause && !has_member) || (mistake.line_start() && !is_field)) {
        return mistake.expected();
    }
    std::string_view whole = mistake.stop().text.substr(word.begin);  // `over-limit`
    whole = whole.substr(0, std::min(whole.find_first_not_of(name_bytes), whole.size()));
    std::string help = fmt::format("choose another name, or quote it: `\"{}\"`", whole);
    if (is_read_in_expressions(statement)) help = "choose another name";
    if (mistake.stop().slot == Slot::operand) {
        help = "choose another name; where a word is meant, quote it";
    }
    return mistake.at(DiagnosticId::reserved_word, word, {std::string(text)}, std::move(help));
}

std::string own_clause_help(std::string_view statement, std::string_view clause) {
    const bool in_order = clause == "where" || clause == "per" || clause == "over";
    if (statement != "limit" || !in_order) return {};
    return "the order is: what is counted, `where`, `per`, `over`, steps";
}

Explained after_clause(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    const std::string_view statement = mistake.stop().statement_word;
    if (const auto found = second_name(mistake, word)) return *found;
    const bool in_fields = statement == "attributes" && mistake.before().innermost();
    if (in_fields && is_reserved(text)) return reserved_name(mistake, word);
    const bool own = contains(clause_words(statement), text);
    if (!own && is_clause_word(text) && is_reserved(text)) return clause_of_other(mistake, word);
    if (!own && mistake.line_start() && contains(statement_words(), text)) {
        return mistake.at(DiagnosticId::indented_statement, word, {},
                          fmt::format("move `{}` to column one", text));
    }
    if (own) return mistake.expected(own_clause_help(statement, text));
    if (const auto found = misspelt_clause(mistake, word)) return *found;
    return mistake.expected();
}

std::optional<Explained> quantifier_blank(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    const std::uint32_t next = skip_layout(mistake.stop().text, word.end);
    const bool is_spaced = (text == "count" || text == "sum") && next > word.end &&
                           mistake.stop().text.substr(next, 1) == "(";
    if (!is_spaced) return std::nullopt;
    return mistake.report(DiagnosticId::blank_before_bracket, word.end, next,
                          {std::string(text), "("}, "delete the blank");
}

Explained outcome_word(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    if (const auto help = hint_for(statement_hints, lower(text)); !help.empty()) {
        return mistake.expected(std::string(help));
    }
    if (text == "allow") return mistake.expected("a step of a limit only tightens");
    const std::string_view meant = did_you_mean(text, {"allow", "notify", "gate", "block"});
    return mistake.expected(meant.empty() ? std::string{} : meant_help(meant));
}

Explained symbol_word(MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view text = mistake.text_of(mistake.here());
    if (wanted == "`over`" && (text == "where" || text == "per")) {
        return mistake.expected("the order is: what is counted, `where`, `per`, `over`, steps");
    }
    if (wanted == "`by`" && mistake.text_before(1) == "gate") {
        return mistake.expected(fmt::format("write `gate by {}`", text));
    }
    if (wanted == "`count`, `sum` or `distinct`") {
        return mistake.expected(
            "say what is counted: `count`, `sum args.amount` or `distinct args.payee`");
    }
    return mistake.expected();
}

}  // namespace

std::string_view one_name_help(std::string_view clause) {
    return clause == "by" ? "write an `approval` that `needs` them, and name it here"
                          : "write one `notify` for each role";
}

MistakeReporter::MistakeReporter(const Stop& stop, DiagnosticSink& sink)
    : stop_(stop),
      sink_(sink),
      here_(token_at(stop.text, stop.where)),
      before_(tokens_before(stop.text, stop.statement_begin, stop.where)) {}

std::string MistakeReporter::slice(std::uint32_t begin, std::uint32_t end) const {
    constexpr std::size_t longest = 60;
    std::string_view text = stop_.text.substr(begin, end - begin);
    if (text.size() <= longest) return std::string(text);
    text = text.substr(0, longest);
    while ((static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.remove_suffix(1);
    return std::string(text) + "…";
}

Explained MistakeReporter::report(DiagnosticId id, std::uint32_t begin, std::uint32_t end,
                                  const std::vector<std::string>& arguments, std::string help) {
    constexpr std::size_t most = 3;
    std::array<std::string_view, most> views{};
    std::copy_n(arguments.begin(), std::min(arguments.size(), most), views.begin());
    sink_.report(id, {stop_.source, begin, end}, {views[0], views[1], views[2]}, std::move(help));
    return {begin, true};
}

Explained MistakeReporter::expected(std::string help) {
    const bool at_end =
        here_.kind == TokenKind::end_of_line || here_.kind == TokenKind::end_of_file;
    const std::uint32_t begin =
        at_end ? std::max(before_.last[0].end, stop_.statement_begin) : here_.begin;
    return report(DiagnosticId::expected, begin, at_end ? begin : here_.end,
                  {std::string(wanted()), describe(stop_.text, here_)}, std::move(help));
}

std::string_view MistakeReporter::wanted() const {
    if (stop_.slot != Slot::statement_end) return stop_.wanted;
    if (stop_.statement_word == "let") return "an operator or the end of the statement";
    if (clause_words(stop_.statement_word).empty() || before_.innermost()) return stop_.wanted;
    const bool is_block = text_before(1) == "}";
    return is_block ? stop_.wanted : "an operator, a clause or the end of the statement";
}

Explained explain_statement(MistakeReporter& mistake) {
    const std::string_view text = mistake.stop().text;
    const std::uint32_t first = skip_layout(text, mistake.stop().where);
    const Token token = token_at(text, first);
    if (first != mistake.stop().where) {
        return mistake.at(DiagnosticId::indented_statement, token, {},
                          fmt::format("move {} to column one", describe(text, token)));
    }
    if (token.kind == TokenKind::word) return statement_word(mistake, token);
    const std::string_view sign = mistake.text_of(token);
    if (sign == "}" || sign == ")" || sign == "]") {
        return mistake.at(DiagnosticId::stray_bracket, token, {std::string(sign)},
                          "delete it, or open it before");
    }
    const std::string_view two = text.substr(token.begin, 2);
    const bool comment = two == "//" || two == "/*" || two == "--";
    const char* const help =
        comment ? "a comment starts with `#`" : "a statement starts with a word such as `allow`";
    if (token.kind != TokenKind::sign) {
        return mistake.at(DiagnosticId::unknown_statement, token, {mistake.shown(token)}, help);
    }
    return mistake.at(DiagnosticId::unexpected_character, token, {mistake.shown(token)}, help);
}

std::optional<Explained> explain_word_before(MistakeReporter& mistake) {
    const Token last = mistake.before().last[0];
    if (last.kind != TokenKind::word || mistake.here().kind == TokenKind::sign) return std::nullopt;
    const std::string_view text = mistake.text_of(last);
    if (is_capital_operator(text)) return capital_operator(mistake, last);
    const bool article = text == "a" || text == "an" || text == "the";
    const std::string_view is_word = mistake.text_before(2);
    const bool after_is = is_word == "is" || (is_word == "not" && mistake.text_before(3) == "is");
    if (article && after_is && mistake.here().kind == TokenKind::word) {
        return mistake.at(DiagnosticId::is_article, last, {std::string(text)},
                          fmt::format("write `is {}`", mistake.text_of(mistake.here())));
    }
    if (text == "if" && mistake.here().kind == TokenKind::word) {
        return mistake.at(DiagnosticId::no_if, last, {std::string(text)},
                          std::string(if_help(mistake.stop().statement_word, text)));
    }
    return std::nullopt;
}

/// `trial | live` where a type stands: the words of an enum may be such when they are quoted.
std::optional<Explained> reserved_enum_word(MistakeReporter& mistake, Token word) {
    const std::string_view text = mistake.text_of(word);
    std::string_view rest = mistake.stop().text.substr(word.end);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    const bool joined = rest.starts_with('|') || rest.starts_with('<');
    if (mistake.stop().slot != Slot::type || !is_reserved(text) || !joined) return std::nullopt;
    return mistake.at(DiagnosticId::reserved_word, word, {std::string(text)},
                      fmt::format("choose another word, or quote it: `\"{}\"`", text));
}

Explained explain_word(MistakeReporter& mistake) {
    const Token word = mistake.here();
    if (const auto found = reserved_enum_word(mistake, word)) return *found;
    if (const auto found = currency_word(mistake, word)) return *found;
    if (const auto found = foreign_word(mistake, word)) return *found;
    switch (mistake.stop().slot) {
        case Slot::statement_end:
        case Slot::closer: {
            if (mistake.stop().slot == Slot::closer && is_reserved(mistake.text_of(word)) &&
                !mistake.line_start()) {
                return mistake.expected();
            }
            return after_clause(mistake, word);
        }
        case Slot::separator:
            return mistake.at(DiagnosticId::misplaced_separator, word, {}, "write `,`");
        case Slot::operand:
            if (const auto found = quantifier_blank(mistake, word)) return *found;
            [[fallthrough]];
        case Slot::name:
        case Slot::label:
            if (is_reserved(mistake.text_of(word))) return reserved_name(mistake, word);
            return mistake.expected();
        case Slot::outcome: return outcome_word(mistake, word);
        case Slot::tried:
            if (contains(statement_words(), mistake.text_of(word))) {
                return mistake.at(DiagnosticId::trial_not_here, word, {mistake.shown(word)},
                                  "only what tightens can be tried");
            }
            return mistake.expected();
        case Slot::symbol: return symbol_word(mistake);
        case Slot::duration:
            if (contains({"day", "week", "month", "quarter"}, mistake.text_of(word))) {
                return mistake.expected(
                    fmt::format("write `each {} in \"zone\"`", mistake.text_of(word)));
            }
            return mistake.expected();
        case Slot::window_part:
            if (mistake.stop().wanted != "a weekday") return mistake.expected();
            return mistake.at(DiagnosticId::unknown_weekday, word, {mistake.shown(word)},
                              std::string(weekday_help));
        case Slot::none:
        case Slot::statement:
        case Slot::row_bar:
        case Slot::type:
        case Slot::string:
        case Slot::string_end:
        case Slot::escape:
        case Slot::prose_end:
        case Slot::nesting: return mistake.expected();
    }
    return mistake.expected();
}

}  // namespace proviso::grammar
