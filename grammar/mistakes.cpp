// The places are tried in this order: limits and strings, the end of a line, a row's end, the
// start of a statement, then what stands there: a sign, a number, a word. Where nothing is known
// of it, the message is `expected …, found …`.
#include "grammar/mistakes.h"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/number_mistakes.h"
#include "grammar/place_mistakes.h"
#include "grammar/tokens_before.h"
#include "grammar/word_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

/// What keyboards, word processors and mathematics write otherwise; empty for all else.
std::string_view written_sign(std::string_view sign) {
    struct Sign {
        std::string_view found, written;
    };
    constexpr Sign signs[] = {
        {"\xE2\x89\xA5", ">="},  {"\xE2\x89\xA4", "<="}, {"\xE2\x89\xA0", "!="},
        {"\xC3\x97", "*"},       {"\xE2\x88\x92", "-"},  {"\xE2\x80\x93", "-"},
        {"\xE2\x80\xA6", ".."},  {"\xE2\x88\x88", "in"}, {"\xC2\xB7", "*"},
        {"\xE2\x88\xA7", "and"}, {"\xE2\x88\xA8", "or"}, {"\xC2\xAC", "not"}};
    for (const Sign& known : signs) {
        if (known.found == sign) return known.written;
    }
    return {};
}

class Explainer : public MistakeReporter {
  public:
    Explainer(const Stop& stop, DiagnosticSink& sink) : MistakeReporter(stop, sink) {}

    Explained explain() {
        if (stop_.slot == Slot::nesting) return nesting();
        if (stop_.slot == Slot::escape) return escape();
        if (stop_.slot == Slot::string_end) return string_end();
        const bool at_end =
            here_.kind == TokenKind::end_of_line || here_.kind == TokenKind::end_of_file;
        if (stop_.slot == Slot::statement) return explain_statement(*this);
        if (stop_.slot == Slot::row_bar && (at_end || line_start() || letter() == '}'))
            return row();
        if (at_end) return end_of_line();
        if (std::string help = help_of_place(*this); !help.empty()) return expected(help);
        if (stop_.slot == Slot::window_part && starts_with_hours()) return hours_alone();
        if (stop_.slot == Slot::prose_end) return prose_end();
        if (const auto found = explain_word_before(*this)) return *found;
        if (here_.kind == TokenKind::word) return explain_word(*this);
        if (const auto found = number()) return *found;
        if (const auto found = sign()) return *found;
        return expected();
    }

  private:
    // ---- limits and strings

    Explained nesting() {
        return at(DiagnosticId::nesting_too_deep, here_, {fmt::format("{}", stop_.deepest)},
                  "name a part with `let`");
    }

    Explained escape() {
        const std::uint32_t begin = stop_.where - 1;
        const bool is_unicode = letter() == 'u';
        std::uint32_t end = stop_.where;
        if (end < stop_.text.size() && stop_.text[end] != '\n') {
            end += character_length(stop_.text, end);
        }
        const char* const help =
            is_unicode ? "`\\u` takes four hexadecimal digits, as `\\u00e9`"
                       : "write `\\\\`, `\\\"`, `\\/`, `\\n`, `\\r`, `\\t` or `\\u` with four "
                         "digits; in r\"…\" a backslash is itself";
        return report(DiagnosticId::unknown_escape, begin, end, {slice(begin, end)}, help);
    }

    Explained string_end() {
        if (letter() == '}') {
            return report(DiagnosticId::lone_brace, stop_.where, stop_.where + 1, {},
                          "write `}}` for a brace");
        }
        const std::uint32_t begin = before_.open_string.value_or(stop_.where);
        return report(DiagnosticId::unterminated_string, begin, stop_.where, {},
                      "close it with `\"`; write a line end as `\\n`");
    }

    Explained prose_end() { return expected("write `{{` where a brace is meant"); }

    // ---- ends of lines and rows

    Explained row() {
        const Token last = before_.last[0];
        return at(DiagnosticId::row_without_bar, last, {}, "write `|` behind its last cell");
    }

    /// Whether the next line with text starts in column one with a word of no statement.
    [[nodiscard]] Token unindented() const {
        const std::uint32_t next = skip_layout(stop_.text, stop_.where);
        const Token token = token_at(stop_.text, next);
        const bool in_column_one = next > 0 && next < stop_.text.size() &&
                                   stop_.text[next - 1] == '\n' && next > stop_.where;
        if (!in_column_one) return {};
        const auto& words = statement_words();
        const bool is_statement =
            std::find(words.begin(), words.end(), text_of(token)) != words.end();
        return is_statement ? Token{} : token;
    }

    Explained end_of_line() {
        const Token next = unindented();
        if (next.end != 0) {
            const bool closes = text_of(next) == "]" || text_of(next) == ")";
            Explained result = at(DiagnosticId::unindented_line, next, {shown(next)},
                                  closes ? "indent it: of closing brackets only `}` may stand there"
                                         : "indent the further lines of a statement");
            result.inside_statement = false;
            return result;
        }
        const bool is_closer = stop_.slot == Slot::closer || stop_.slot == Slot::separator ||
                               stop_.slot == Slot::statement_end;
        if (is_closer && before_.innermost()) return unclosed(*before_.innermost());
        return expected(help_of_place(*this));
    }

    Explained unclosed(std::uint32_t bracket) {
        const char opening = stop_.text[bracket];
        const char closing = opening == '(' ? ')' : opening == '[' ? ']' : '}';
        return report(DiagnosticId::unclosed_bracket, bracket, bracket + 1,
                      {std::string(1, opening)}, fmt::format("close it with `{}`", closing));
    }

    // ---- numbers

    [[nodiscard]] bool starts_with_hours() const {
        const std::string_view rest = stop_.text.substr(stop_.where, 5);
        return here_.kind == TokenKind::number && rest.size() == 5 && rest[2] == ':';
    }

    Explained hours_alone() {
        const std::uint32_t end = stop_.where + 5;
        return report(DiagnosticId::hours_without_days, stop_.where, end, {slice(stop_.where, end)},
                      "write the days first: `mon..sun 09:00..17:00`");
    }

    std::optional<Explained> number() {
        // `5,000`: the comma came first
        std::uint32_t begin = stop_.where;
        if (before_.last[0].kind == TokenKind::number && before_.last[0].end == begin &&
            letter() == ',') {
            begin = before_.last[0].begin;
        }
        const auto found = number_mistake(stop_.text.substr(begin));
        if (found) {
            const auto length = static_cast<std::uint32_t>(found->length);
            return report(found->id, begin, begin + length, {found->written}, found->help);
        }
        if (here_.kind != TokenKind::number) return std::nullopt;
        if (stop_.slot == Slot::duration &&
            stop_.wanted.find("duration") != std::string_view::npos) {
            return expected("a duration has a unit, as `4h`");
        }
        const bool may_be_minus = letter() == '-' && stop_.slot != Slot::operand;
        if (may_be_minus) return minus();
        return std::nullopt;
    }

    // ---- signs

    Explained minus() {
        const Token left = before_.last[0];
        const Token right = token_at(stop_.text, skip_layout(stop_.text, stop_.where + 1));
        const std::uint32_t begin = left.end == 0 ? stop_.where : left.begin;
        const std::string written = slice(begin, right.end);
        const std::string_view first = weekday_meant(text_of(left));
        const std::string_view last = weekday_meant(text_of(right));
        const bool days = stop_.statement_word == "window" && !first.empty() && !last.empty();
        if (days || (is_weekday(text_of(left)) && is_weekday(text_of(right)))) {
            return report(DiagnosticId::minus_without_blanks, begin, right.end, {written},
                          fmt::format("days from one to another are `{}..{}`", first, last));
        }
        const std::string spaced = fmt::format("{} - {}", shown(left), shown(right));
        return report(DiagnosticId::minus_without_blanks, begin, right.end, {written},
                      fmt::format("write `{}`; a name with a minus is quoted", spaced));
    }

    Explained foreign(std::uint32_t begin, std::uint32_t end, std::string_view help) {
        return report(DiagnosticId::foreign_operator, begin, end, {slice(begin, end)},
                      std::string(help));
    }

    [[nodiscard]] bool compared_before() const {
        for (const Token& token : before_.last) {
            const std::string_view text = text_of(token);
            const bool clause = contains(clause_words(stop_.statement_word), text);
            if (text == "and" || text == "or" || clause) return false;
            for (const std::string_view sign : {"<", "<=", ">", ">=", "==", "!="}) {
                if (text == sign) return true;
            }
        }
        return false;
    }

    std::optional<Explained> comparison() {
        const std::string_view sign = text_of(here_);
        const bool follows_equals = before_.last[0].end == stop_.where && text_before(1) == "==";
        if (follows_equals) return foreign(stop_.where - 2, stop_.where + 1, "write `==`");
        if (sign.starts_with('>') && stop_.where > 0 && stop_.text[stop_.where - 1] == '<') {
            return foreign(stop_.where - 1, stop_.where + 1, "write `!=`");
        }
        if (sign == "<>") return foreign(here_.begin, here_.end, "write `!=`");
        if (sign == "=>") return foreign(here_.begin, here_.end, "write `>=`");
        if (sign == "=<") return foreign(here_.begin, here_.end, "write `<=`");
        if (stop_.wanted == "`=`" && sign == "==") return expected("write `=`");
        if (stop_.wanted == "`:`" && sign == "=")
            return expected("a type comes first: `a : int = 5`");
        if (stop_.slot == Slot::operand) return std::nullopt;
        const bool is_relation = sign == "<" || sign == "<=" || sign == ">" || sign == ">=" ||
                                 sign == "==" || sign == "!=";
        if (is_relation && compared_before()) {
            const std::string_view behind =
                text_of(token_at(stop_.text, skip_layout(stop_.text, here_.end)));
            const bool truth = behind == "true" || behind == "false";
            return at(
                DiagnosticId::comparison_chain, here_, {},
                truth ? "a condition stands alone, or behind `not`" : "write `a < b and b < c`");
        }
        if (stop_.slot == Slot::symbol) return std::nullopt;
        if (sign == "=") return at(DiagnosticId::single_equals, here_, {}, "write `==`");
        return std::nullopt;
    }

    std::optional<Explained> logic() {
        switch (letter()) {
            case '&': return foreign(here_.begin, here_.end, "write `and`");
            case '|':
                if (stop_.slot == Slot::label || stop_.slot == Slot::outcome) return std::nullopt;
                return foreign(here_.begin, here_.end, "write `or`");
            case '!':
                if (text_of(here_) == "!=") return std::nullopt;
                return foreign(here_.begin, here_.end, "write `not`");
            case '/':
                if (text_of(here_) == "//") return unexpected("a comment starts with `#`");
                return at(DiagnosticId::no_division, here_, {}, "`a / b > 0.2` is `a > 0.2 * b`");
            case '%':
                return at(DiagnosticId::percent_sign, here_, {}, "write a fraction: 5 % is `0.05`");
            default: return std::nullopt;
        }
    }

    Explained unexpected(std::string_view help) {
        return at(DiagnosticId::unexpected_character, here_, {shown(here_)}, std::string(help));
    }

    std::optional<Explained> brackets() {
        const char sign = letter();
        if (before_.open_string) return std::nullopt;
        const bool closes = sign == ')' || sign == ']' || sign == '}';
        if (closes && !before_.innermost()) {
            return at(DiagnosticId::stray_bracket, here_, {shown(here_)},
                      "delete it, or open it before");
        }
        const Token last = before_.last[0];
        const bool opens = (sign == '(' || sign == '[') && last.kind == TokenKind::word &&
                           last.end < stop_.where && stop_.slot != Slot::operand &&
                           stop_.slot != Slot::symbol;
        if (!opens) return std::nullopt;
        return report(DiagnosticId::blank_before_bracket, last.end, stop_.where,
                      {shown(last), std::string(1, sign)}, "delete the blank");
    }

    std::optional<Explained> money_sign() {
        struct Sign {
            std::string_view sign, code;
        };
        constexpr Sign signs[] = {
            {"$", "USD"}, {"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP"}, {"\xC2\xA5", "JPY"}};
        for (const Sign& known : signs) {
            if (text_of(here_) != known.sign) continue;
            const Token amount = token_at(stop_.text, here_.end);
            const bool follows = amount.kind == TokenKind::number;
            const bool precedes = before_.last[0].kind == TokenKind::number;
            const std::string number = follows    ? shown(amount)
                                       : precedes ? shown(before_.last[0])
                                                  : std::string("500");
            const std::uint32_t end = follows ? amount.end : here_.end;
            return report(DiagnosticId::currency_sign, here_.begin, end, {slice(here_.begin, end)},
                          fmt::format("write the code: `{} {}`", number, known.code));
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_typographic_quote() const {
        for (const std::string_view quote :
             {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98", "\xE2\x80\x99",
              "\xC2\xAB", "\xC2\xBB", "`"}) {
            if (text_of(here_) == quote) return true;
        }
        return false;
    }

    /// A quote, or the one between the thousands of `25'000`.
    std::optional<Explained> apostrophe() {
        const Token number = before_.last[0];
        if (number.kind == TokenKind::number && number.end == here_.begin) {
            const std::string_view rest = stop_.text.substr(number.begin);
            const std::string_view written =
                rest.substr(0, rest.find_first_not_of("0123456789.,'"));
            const std::string plain = rule_number(written);
            if (!plain.empty()) {
                const auto end = static_cast<std::uint32_t>(number.begin + written.size());
                return report(DiagnosticId::malformed_number, number.begin, end,
                              {std::string(written)}, fmt::format("write `{}`", plain));
            }
        }
        return at(DiagnosticId::single_quoted, here_, {}, "write `\"`");
    }

    std::optional<Explained> question_mark() {
        for (const std::string_view declares :
             {"attributes", "data", "facts", "obligation", "tool", "type"}) {
            if (stop_.statement_word != declares) continue;
            return unexpected(
                "the `?` of an optional stands right behind its type: `money? in USD`");
        }
        return unexpected("write two rules, or `x ?? y` for an optional");
    }

    std::optional<Explained> character() {
        if (is_typographic_quote()) {
            return at(DiagnosticId::typographic_quote, here_, {shown(here_)}, "write `\"`");
        }
        switch (letter()) {
            case '\'': return apostrophe();
            case ';': return unexpected("a statement ends with its line");
            case '?': return question_mark();
            case '^':
            case '~':
            case '\\': return unexpected("delete it");
            default: break;
        }
        const bool is_ascii = static_cast<unsigned char>(letter()) < 0x80;
        if (is_ascii) return std::nullopt;
        if (const auto sign = written_sign(text_of(here_)); !sign.empty()) {
            return foreign(here_.begin, here_.end, fmt::format("write `{}`", sign));
        }
        return unexpected("names have letters A to Z, digits and `_`; quote anything else");
    }

    std::optional<Explained> sign() {
        if (here_.kind != TokenKind::sign) return std::nullopt;
        if (const auto found = money_sign()) return found;
        if (const auto found = character()) return found;
        if (const auto found = comparison()) return found;
        if (const auto found = logic()) return found;
        if (const auto found = brackets()) return found;
        if (letter() == '-' && stop_.slot == Slot::operand) {
            const Token operand = token_at(stop_.text, skip_layout(stop_.text, here_.end));
            const bool is_word = operand.kind == TokenKind::word;
            if (operand.kind == TokenKind::number) {
                return at(DiagnosticId::unary_minus, here_, {shown(operand)},
                          fmt::format("write `-{}`", shown(operand)));
            }
            return at(DiagnosticId::unary_minus, here_, {shown(operand)},
                      fmt::format("write `0 - {}`", is_word ? shown(operand) : "(…)"));
        }
        const bool may_subtract = stop_.slot == Slot::statement_end || stop_.slot == Slot::closer;
        if (letter() == '-' && may_subtract) return minus();
        if (letter() == ',') return comma();
        const bool closes = letter() == ')' || letter() == ']';
        if (closes && stop_.slot == Slot::operand && text_before(1) == ",") {
            return expected("delete the comma");
        }
        if (stop_.wanted == "`in`" && text_before(3) == "count") {
            return expected(
                "how many there are is `length(list)`; how many are so is "
                "`count(x in list: condition)`");
        }
        if (stop_.wanted == "`in`") return expected("name the member: `any(x in list: condition)`");
        return std::nullopt;
    }

    std::optional<Explained> comma() {
        const std::string_view clause = text_before(2);
        if (clause != "by" && clause != "tell") return std::nullopt;
        return at(DiagnosticId::list_of_approvers, here_, {std::string(clause)},
                  std::string(one_name_help(clause)));
    }
};

}  // namespace

Explained explain(const Stop& stop, DiagnosticSink& sink) {
    return Explainer(stop, sink).explain();
}

}  // namespace proviso::grammar
