// Statements and clauses as people write them, statement by statement: a row that starts with
// `> 50`, `authority principal`, a limit without its period.
#include <algorithm>

#include <fmt/format.h>

#include "grammar/place_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

bool is_rule(std::string_view statement) {
    return is_one_of(statement, "allow", "notify", "gate", "block", "raise", "limit", "counter");
}

bool is_grid(std::string_view statement) {
    return is_one_of(statement, "matrix", "default matrix", "table");
}

// ---------------------------------------------------------------- matrices and tables

/// The number of a band and what is glued to it: `0-50`, of which `50` is the upper end.
std::string upper_end(std::string_view number) {
    const std::size_t minus = number.find('-', 1);
    return std::string(minus == std::string_view::npos ? number : number.substr(minus + 1));
}

std::string band(std::string_view upper) {
    return fmt::format("a band is written by its upper end, as `<= {}`", upper);
}

/// `approve lead`, `approved by lead`, `ok` in the cell of a matrix.
std::string spoken_cell(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    if (is_one_of(found, "ok", "yes", "OK", "pass")) return "write `allow`";
    if (is_one_of(found, "no", "never", "NO", "stop")) return "write `block`";
    if (!is_one_of(found, "approve", "approval", "approved", "needs", "ask", "require",
                   "requires")) {
        return {};
    }
    Token who = token_behind(mistake);
    if (is_one_of(mistake.text_of(who), "by", "from", "of")) {
        who = token_at(mistake.stop().text, skip_layout(mistake.stop().text, who.end));
    }
    const bool named = who.kind == TokenKind::word;
    return fmt::format("write `gate by {}`", named ? mistake.text_of(who) : "lead");
}

/// A table without its name, its keys or the type of its values.
std::string head_of_table(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (wanted == "a name" && found == "by") return "give it a name, as `table this by …`";
    if (wanted == "`by`") return "say what it is read by, and what it holds: `by bool : int`";
    if (wanted == "`:`" && found != "=") {
        return fmt::format("say what it holds, as `{} : int`", mistake.text_before(1));
    }
    if (wanted == "`:`") return "write `:` and the type of its values";
    if (wanted == "`{`" && found == "=") return "delete the `=`";
    return {};
}

std::string in_grid(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const Token here = mistake.here();
    const std::string_view found = mistake.text_of(here);
    const Token behind = token_behind(mistake);
    const bool label = wanted == "a row or `}`" || wanted == "the label of a column";
    if (label && (found == ">" || found == ">=")) {
        return "bands go upwards, as `<= 50`, and the last one is `_`: all that is above";
    }
    if (label && is_one_of(found, "*", "default", "else", "otherwise")) {
        return "all the rest is `_`";
    }
    const std::string_view line = mistake.stop().text.substr(here.begin, 2);
    if (wanted == "the label of a column" && (line == "--" || line == ":-")) {
        return "delete this line: rows follow the header";
    }
    if (wanted == "the label of a column" && is_one_of(found, "allow", "notify", "gate", "block")) {
        return "a row starts with its label: delete the `|` before it";
    }
    if (label && here.kind == TokenKind::number && found.find('-', 1) != std::string_view::npos &&
        found.find_first_not_of("0123456789_.-") == std::string_view::npos) {
        return band(upper_end(found));
    }
    if (wanted == "`|`" && found == "..") return band(mistake.text_of(behind));
    if (mistake.stop().slot == Slot::outcome) return spoken_cell(mistake);
    return mistake.stop().statement_word == "table" ? head_of_table(mistake) : std::string();
}

// ---------------------------------------------------------------- rules

/// `for tool pay` where `on pay` is meant.
std::string targets_behind(const MistakeReporter& mistake) {
    Token tool = token_behind(mistake);
    if (is_one_of(mistake.text_of(tool), "tool", "tools")) {
        const std::uint32_t next = skip_layout(mistake.stop().text, tool.end);
        tool = token_at(mistake.stop().text, next);
    }
    return tool.kind == TokenKind::word ? fmt::format("write `on {}`", mistake.text_of(tool))
                                        : "write `on` and the tools";
}

std::string rule_name(const MistakeReporter& mistake) {
    const std::string_view statement = mistake.stop().statement_word;
    const std::string_view found = mistake.text_of(mistake.here());
    const bool nameless = mistake.stop().wanted == "a name" && mistake.text_before(1) == statement;
    if (nameless && contains(clause_words(statement), found)) {
        return fmt::format("give it a name, as `{} this {} …`", statement, found);
    }
    if (mistake.text_before(2) != statement) return {};
    if (found == "for" && is_rule(statement)) return targets_behind(mistake);
    if (statement == "limit" && mistake.here().kind == TokenKind::number) {
        return fmt::format(
            "give it a name, and write the cap as a step: `limit this on pay count over 24h > {} "
            ": block`",
            found);
    }
    if (found == ":" && is_rule(statement)) return "delete the `:`";
    const bool other_word = mistake.here().kind == TokenKind::word && !is_reserved(found) &&
                            did_you_mean(found, clause_words(statement)).empty() &&
                            habitual_clause(statement, found).empty();
    if (other_word && is_rule(statement) && !mistake.line_start()) {
        return fmt::format("a name is one word: `{}_{}`", mistake.text_before(1), found);
    }
    return {};
}

/// `my-rule` as a name.
std::string name_with_minus(const MistakeReporter& mistake) {
    const Token last = mistake.before().last[0];
    const std::string_view text = mistake.stop().text;
    const bool glued = text.substr(mistake.here().begin, 1) == "-" &&
                       last.end == mistake.here().begin && last.kind == TokenKind::word;
    if (!glued || mistake.text_before(2) != mistake.stop().statement_word) return {};
    std::size_t end = last.begin;
    while (end < text.size() && is_of(text[end], tool_byte)) ++end;
    std::string name(text.substr(last.begin, end - last.begin));
    std::string plain = name;
    std::replace(plain.begin(), plain.end(), '-', '_');
    return fmt::format("write `{}`, or quote it: `\"{}\"`", plain, name);
}

std::string in_targets(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    if (clause_at(mistake) != "on") return {};
    const Token behind = token_behind(mistake);
    if (is_one_of(found, "tool", "tools") && behind.kind == TokenKind::word) {
        return fmt::format("write `on {}`", mistake.text_of(behind));
    }
    if (found == "[") return "tools are listed without brackets: `on a, b`";
    if (mistake.text_before(1) == "except" && is_one_of(found, "when", "if", "where")) {
        return fmt::format("write `unless` for `except {}`", found);
    }
    const bool joined = is_one_of(found, "and", "or") && mistake.text_before(1) != "on";
    return joined ? "tools are listed with `,` between" : "";
}

std::string in_people(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view clause = mistake.text_before(1);
    const bool names_one = clause == "by" || clause == "tell";
    if (names_one && mistake.here().kind == TokenKind::number) {
        return clause == "tell" ? std::string(one_name_help(clause))
                                : fmt::format(
                                      "write an `approval` that `needs {} of` them, and "
                                      "name it here",
                                      found);
    }
    if (names_one && is_one_of(found, "role", "approval")) {
        return fmt::format("write the name alone: `{} {}`", clause,
                           mistake.text_of(token_behind(mistake)));
    }
    const std::string_view second = mistake.text_before(2);
    const bool article = is_one_of(clause, "any", "a", "an", "one", "the", "some");
    if ((second == "by" || second == "tell") && article && mistake.here().kind == TokenKind::word) {
        return fmt::format("a role means one person of it: write `{} {}`", second, found);
    }
    if (mistake.stop().statement_word != "notify") return {};
    if (second == "tell" && is_one_of(found, "in", "after", "for")) return "write `within 24h`";
    if (found == "to" && clause != "tell") {
        return fmt::format("write `tell {} within 24h`", mistake.text_of(token_behind(mistake)));
    }
    return {};
}

/// `block a on pay trial until 2026-12-31`
std::string trial_behind(const MistakeReporter& mistake) {
    std::string_view end = mistake.stop().text.substr(mistake.here().end);
    end = end.substr(0, end.find('\n'));
    const std::size_t date = end.find_first_of("0123456789");
    const std::string_view until =
        date == std::string_view::npos ? "2026-12-31" : end.substr(date, 10);
    return fmt::format("it stands first: `trial until {} {} …`", until,
                       mistake.stop().statement_word);
}

/// Conditions on the time, and ranges, as they are spoken.
std::string in_condition(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view before = mistake.text_before(1);
    if (found == "in" && mistake.stop().slot == Slot::operand) {
        const Token window = token_behind(mistake);
        return window.kind == TokenKind::word
                   ? fmt::format("say what lies in it: `time in {}`", mistake.text_of(window))
                   : "say what lies in it, as `args.amount in 0 EUR .. 5 EUR`";
    }
    if (mistake.stop().slot != Slot::statement_end) return {};
    const bool within =
        found == "within" && (before == "time" || token_behind(mistake).kind != TokenKind::number);
    if (within) return "write `in`";
    const bool coded = mistake.before().last[1].kind == TokenKind::number;
    const std::string low =
        coded ? fmt::format("{} {}", mistake.text_before(2), before) : std::string(before);
    const bool range = mistake.text_before(coded ? 3 : 2) == "in" && !mistake.line_start() &&
                       is_one_of(found, "to", "until", "through", "till");
    if (!range) return {};
    const std::string_view high = mistake.text_of(token_behind(mistake));
    return fmt::format("from one to the other is written `{} .. {}{}`", low, high,
                       coded ? fmt::format(" {}", before) : "");
}

std::string in_rule(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const bool ended = mistake.stop().slot == Slot::statement_end;
    if (std::string help = in_targets(mistake); !help.empty()) return help;
    if (std::string help = in_people(mistake); !help.empty()) return help;
    if (ended && found == "trial") return trial_behind(mistake);
    if (ended && found == "{") return "clauses stand without brackets, on indented lines";
    const bool condition = is_one_of(clause_at(mistake), "when", "unless", "where");
    if (condition) {
        if (std::string help = in_condition(mistake); !help.empty()) return help;
    }
    if (ended && condition && found == "over" && !mistake.line_start()) return "write `>`";
    return {};
}

// ---------------------------------------------------------------- limits and counters

constexpr std::string_view period_help =
    "say over which time, as `over 24h` or `over each day in \"Europe/Berlin\"`";

/// `over today`, `over this month`, `over last 24h`, `over day`.
std::string spoken_period(const MistakeReporter& mistake) {
    const std::string_view text = mistake.stop().text;
    Token unit = mistake.here();
    while (is_one_of(mistake.text_of(unit), "this", "the", "last", "past", "a", "one", "per",
                     "every", "current")) {
        unit = token_at(text, skip_layout(text, unit.end));
    }
    const std::string_view word = mistake.text_of(unit);
    if (unit.kind == TokenKind::number) {
        if (unit.begin == mistake.here().begin) return {};
        const Token word_behind = token_at(text, skip_layout(text, unit.end));
        std::string help = written_duration(word, mistake.text_of(word_behind));  // `24 hours`
        return help.empty() ? fmt::format("write `{}`", word) : help;
    }
    struct Spoken {
        std::string_view spoken, period;
    };
    constexpr Spoken periods[] = {{"today", "day"},     {"day", "day"},        {"daily", "day"},
                                  {"week", "week"},     {"weekly", "week"},    {"month", "month"},
                                  {"monthly", "month"}, {"quarter", "quarter"}};
    for (const Spoken& known : periods) {
        if (known.spoken != word) continue;
        return fmt::format("write `each {} in \"Europe/Berlin\"`, with your zone", known.period);
    }
    if (word == "hour" || word == "hourly") return "write `1h`";
    if (word == "year") return "write days, as `365d`";
    return {};
}

std::string in_limit(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    const bool keyed = is_one_of(found, "by", "for", "group", "grouped");
    const bool measured = wanted == "`over`" || mistake.stop().statement_word == "counter";
    if (keyed && measured && mistake.text_before(1) != mistake.stop().statement_word) {
        std::string_view key = mistake.stop().text.substr(mistake.here().end);
        while (key.starts_with(' ')) key.remove_prefix(1);
        if (key.starts_with("by ")) key.remove_prefix(3);
        key = key.substr(0, key.find_first_of(" \t\r\n,#"));
        return fmt::format("write `per {}`", key);
    }
    if (mistake.stop().slot == Slot::duration) return spoken_period(mistake);
    if (wanted == "`over`" && found == "if") return {};  // has a message of its own
    if (wanted == "`over`") {
        const std::string_view behind = mistake.text_of(token_behind(mistake));
        const bool in_order = is_one_of(found, "where", "per");
        const bool period = is_one_of(behind, "second", "minute", "hour", "day", "week", "month");
        return in_order && !period ? std::string() : std::string(period_help);
    }
    if (wanted == "`:`" && clause_at(mistake) == "over" &&
        (mistake.here().kind == TokenKind::word || is_one_of(found, "=>", "->"))) {
        return "write `:` behind the cap, as `> 5 : block`";
    }
    if (wanted.starts_with("a step") &&
        (found == "<" || found == "<=" || mistake.here().kind == TokenKind::number)) {
        return "a limit is what is gone over: `> 5 : block`";
    }
    if (wanted == "`=`" && mistake.stop().statement_word == "counter") {
        return fmt::format("write `counter {} = count on …`", mistake.text_before(1));
    }
    return {};
}

// ---------------------------------------------------------------- tools, examples, the rest

std::string in_tool(const MistakeReporter& mistake) {
    if (mistake.stop().wanted != "`{`" || mistake.text_before(1) == "args") return {};
    if (mistake.text_of(mistake.here()) == "(") {
        return "args stand in brackets: `tool pay { args { amount : int } }`";
    }
    return "write `{ }` behind it";
}

std::string in_example(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (wanted == "`:`" && found == "=") return "an arg takes `:`; only `with` takes `=`";
    if (wanted == "`=`" && found == ":") return "`with` takes `=`";
    if (mistake.text_before(1) == "by" && mistake.here().kind == TokenKind::number) {
        return "write the role or the approval that the gate names";
    }
    if (mistake.stop().slot != Slot::statement_end) return {};
    if (found == "(" && mistake.text_before(2) == "call") {
        return "args stand in `{ }`, as `{ amount: 5 USD }`";
    }
    if (found == "and") return "write `,`";
    return {};
}

/// `param max 20 EUR`, `param max = 20 EUR`, `param max : money = 20 EUR max 50 EUR`.
std::string in_param(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    const bool bound = is_one_of(found, "max", "min", "between", "from", "range", "up");
    if (bound && mistake.stop().slot == Slot::statement_end) {
        return "bounds are written `in 0 EUR .. 50 EUR`";
    }
    if (bound && wanted == "`=`") return "a value comes first: `= 20 EUR in 0 EUR .. 50 EUR`";
    if (wanted != "`:`" && wanted != "a type") return {};
    const bool signed_before = found == "=";
    const Token value = signed_before ? token_behind(mistake) : mistake.here();
    const std::string_view name = mistake.text_before(wanted == "a type" ? 2 : 1);
    const bool is_value = value.kind == TokenKind::number || value.kind == TokenKind::string;
    if (!is_value) {
        return wanted == "`:`" ? fmt::format("write `param {} : money = 20 EUR`", name) : "";
    }
    const std::uint32_t next = skip_layout(mistake.stop().text, value.end);
    const Token code = token_at(mistake.stop().text, next);
    const std::string_view text = mistake.text_of(value);
    if (value.kind == TokenKind::string) {
        return fmt::format("a type comes first: `{} : string = {}`", name, text);
    }
    if (code.kind == TokenKind::word && !is_reserved(mistake.text_of(code))) {
        return fmt::format("a type comes first: `{} : money = {} {}`", name, text,
                           capitals(mistake.text_of(code)));
    }
    const bool whole = text.find('.') == std::string_view::npos;
    return fmt::format("a type comes first: `{} : {} = {}`", name, whole ? "int" : "decimal", text);
}

/// `import vocab from "vocab.proviso"`, `import ./vocab`, `import tools tools.json`.
std::string in_import(const MistakeReporter& mistake) {
    const Token here = mistake.here();
    const std::string_view found = mistake.text_of(here);
    const bool module =
        mistake.text_before(1).starts_with("std") || mistake.text_before(3) == "std";
    if (mistake.before().last[0].kind == TokenKind::string || module) return {};
    if (here.kind == TokenKind::string) return fmt::format("write `import {}`", found);
    const Token behind = token_behind(mistake);
    if (found == "from" && behind.kind == TokenKind::string) {
        return fmt::format("write `import {}`", mistake.text_of(behind));
    }
    if (found == ",") return "each import is a statement of its own";
    const bool tools = mistake.text_before(1) == "tools";
    if (here.kind != TokenKind::word && found != "." && found != "/") return {};
    return tools ? "a file is quoted: `import tools \"tools.json\"`"
                 : "a file is quoted: `import \"vocab.proviso\"`";
}

std::string in_definition(const MistakeReporter& mistake) {
    const std::string_view statement = mistake.stop().statement_word;
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (statement == "param") {
        if (std::string help = in_param(mistake); !help.empty()) return help;
    }
    if (wanted == "`=`" && found == ":") {
        return statement == "let" ? "a `let` has the type of its value: delete the type"
                                  : "write `=`";
    }
    if (wanted == "`=`" && statement == "param" && found != "==") {
        const bool value = mistake.here().kind == TokenKind::number;
        std::string help = value ? std::string() : help_in_type(mistake);
        return help.empty() ? "write `=` and its value" : help;
    }
    if (statement == "window" && wanted == "`=`" && found == "{") {
        return "its parts follow `=`, without brackets";
    }
    if (statement != "type" || found != ",") return {};
    return "the words of an enum stand between bars: `a | b`";
}

std::string anywhere(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const Token here = mistake.here();
    const std::string_view found = mistake.text_of(here);
    if (wanted == "a time zone in quotes" && here.kind == TokenKind::word) {
        std::string_view zone = mistake.stop().text.substr(here.begin);
        zone = zone.substr(0, zone.find_first_of(" \t\r\n,:>"));
        return fmt::format("write `\"{}\"`", zone);
    }
    if (wanted == "`until`") return "say until when: `trial until 2026-12-31 …`";
    if (wanted == "`version`") return "write `version \"1.0.0\"` behind the name";
    if (mistake.stop().statement_word == "authority" && wanted == "`of`") {
        return "write `authority of principal`";
    }
    const bool text = is_one_of(mistake.text_before(1), "because", "fix");
    if (text && here.kind == TokenKind::word && !mistake.line_start()) {
        return "write the text in quotes";
    }
    if (mistake.text_before(1) == "default" && found == ":") return "delete the `:`";
    return {};
}

std::string of_its_kind(const MistakeReporter& mistake) {
    const std::string_view statement = mistake.stop().statement_word;
    if (is_one_of(statement, "approval", "role", "bind")) return help_about_people(mistake);
    if (statement == "tool") return in_tool(mistake);
    if (statement == "import") return in_import(mistake);
    if (statement == "example") return in_example(mistake);
    if (is_grid(statement)) return in_grid(mistake);
    if (is_one_of(statement, "let", "param", "type", "window")) return in_definition(mistake);
    if (is_one_of(statement, "limit", "counter")) {
        if (std::string help = in_limit(mistake); !help.empty()) return help;
    }
    return is_rule(statement) ? in_rule(mistake) : std::string();
}

}  // namespace

std::string_view habitual_clause(std::string_view statement, std::string_view word) {
    const auto gate = [&] {
        if (is_one_of(word, "needs", "need", "requires", "require", "quorum")) {
            return "write an `approval` that `needs` them, and name it after `by`";
        }
        if (is_one_of(word, "approved", "approvers", "approver", "from")) return "write `by lead`";
        if (is_one_of(word, "timeout", "expires", "deadline", "ttl", "within")) {
            return "write an `approval` that has `within 2h`, and name it after `by`";
        }
        return "";
    };
    if (is_one_of(word, "reason", "message", "description", "why") && is_rule(statement)) {
        return "write `because \"…\"`";
    }
    if (statement == "gate") return gate();
    if (statement == "approval") {
        if (is_one_of(word, "requires", "require", "required", "quorum", "min", "approvers",
                      "approver", "from", "by")) {
            return "write `needs 2 of lead`";
        }
        if (is_one_of(word, "timeout", "expires", "deadline", "ttl", "for")) {
            return "write `within 4h`";
        }
    }
    if (statement == "limit" && is_one_of(word, "max", "maximum", "cap", "atmost", "up")) {
        return "a cap is a step: `count over 24h > 5 : block`";
    }
    if (statement == "example") {
        if (is_one_of(word, "expect", "expects", "then", "returns", "result", "is")) {
            return "write `gives allow`";
        }
        if (is_one_of(word, "given", "context", "where")) return "write `with environment = dev`";
        if (is_one_of(word, "user", "role", "principal", "by")) return "write `as lead`";
    }
    return {};
}

std::string help_in_statement(const MistakeReporter& mistake) {
    if (mistake.text_of(mistake.here()) == ",") {
        const std::string_view behind = mistake.text_of(token_behind(mistake));
        const bool clause = contains(clause_words(mistake.stop().statement_word), behind);
        if (clause) return fmt::format("no `,` stands before `{}`", behind);
    }
    if (std::string help = rule_name(mistake); !help.empty()) return help;
    if (std::string help = name_with_minus(mistake); !help.empty()) return help;
    if (std::string help = of_its_kind(mistake); !help.empty()) return help;
    return anywhere(mistake);
}

}  // namespace proviso::grammar
