// Statements and clauses as people write them, statement by statement: `needs 2 leads`, a row that
// starts with `> 50`, `authority principal`, a limit without its period.
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

// ---------------------------------------------------------------- approvals

/// `leads` where the file has a `role lead` and no `role leads`.
std::string_view singular_role(const MistakeReporter& mistake, std::string_view word) {
    const std::string_view text = mistake.stop().text;
    const auto declared = [&](std::string_view role) {
        const std::string head = fmt::format("role {}", role);
        for (std::size_t at = text.find(head); at != std::string_view::npos;
             at = text.find(head, at + 1)) {
            const std::size_t end = at + head.size();
            if (end == text.size() || !is_of(text[end], name_byte)) return true;
        }
        return false;
    };
    if (!word.ends_with('s') || declared(word)) return word;
    const std::string_view one = word.substr(0, word.size() - 1);
    return declared(one) ? one : word;
}

std::string places_of(const MistakeReporter& mistake) {
    const std::string_view number = mistake.text_before(1);
    const std::string_view found = mistake.text_of(mistake.here());
    if (mistake.here().kind != TokenKind::word || is_one_of(found, "from", "x", "times") ||
        mistake.line_start()) {
        return fmt::format("write `{} of` and a role, roles joined by `or`, or `approvers`",
                           number);
    }
    if (is_one_of(found, "people", "persons", "person", "approvers", "approvals", "approval")) {
        return fmt::format("write `{} of approvers`, or of a role", number);
    }
    return fmt::format("write `{} of {}`", number, singular_role(mistake, found));
}

std::string in_approval(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (wanted == "`of`") return places_of(mistake);
    if (wanted == "`also`") {
        const Token role = found == "to" ? token_behind(mistake) : mistake.here();
        const std::string_view name = role.kind == TokenKind::word ? mistake.text_of(role) : "lead";
        return fmt::format("write `escalate also {} after 1h`", name);
    }
    if (mistake.text_before(1) == "needs") {
        if (found == ":" || found == "=") return "write `needs 2 of lead`";
        if (found == "at") return "so many at least is what `needs 2 of lead` says";
    }
    if (mistake.stop().slot != Slot::closer) return {};
    if (mistake.here().kind == TokenKind::number) return "write `needs` before it";
    if (found == "of") return "write the number in digits, as `2 of lead`";
    if (is_one_of(found, "and", ",", "+", "&")) {
        return "each place has a `needs` line of its own; a place for either is `1 of a or b`";
    }
    return {};
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
    return {};
}

// ---------------------------------------------------------------- rules

std::string rule_name(const MistakeReporter& mistake) {
    const std::string_view statement = mistake.stop().statement_word;
    const std::string_view found = mistake.text_of(mistake.here());
    const bool nameless = mistake.stop().wanted == "a name" && mistake.text_before(1) == statement;
    if (nameless && contains(clause_words(statement), found)) {
        return fmt::format("give it a name, as `{} this {} …`", statement, found);
    }
    if (mistake.text_before(2) != statement) return {};
    if (found == ":" && is_rule(statement)) return "delete the `:`";
    const bool other_word = mistake.here().kind == TokenKind::word && !is_reserved(found) &&
                            did_you_mean(found, clause_words(statement)).empty();
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
    if (found == "[") return "tools are listed without brackets: `on a, b`";
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

std::string in_rule(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const bool ended = mistake.stop().slot == Slot::statement_end;
    if (std::string help = in_targets(mistake); !help.empty()) return help;
    if (std::string help = in_people(mistake); !help.empty()) return help;
    if (ended && found == "{") return "clauses stand without brackets, on indented lines";
    const bool condition = is_one_of(clause_at(mistake), "when", "unless");
    if (ended && condition && found == "over" && !mistake.line_start()) return "write `>`";
    return {};
}

// ---------------------------------------------------------------- limits and counters

constexpr std::string_view period_help =
    "say over which time, as `over 24h` or `over each day in \"Europe/Berlin\"`";

std::string in_limit(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
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

// ---------------------------------------------------------------- people and tools

std::string in_role(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (found == ":" && mistake.text_before(1) == "can") {
        return "write `can pay`; a `:` follows stages, as in `can approve: pay`";
    }
    if (wanted == "`{`") {
        if (found == ":") return "write `extends`";
        if (found == "can") return "grants stand in brackets: `{ can pay }`";
        return "write `{ }` behind it";
    }
    if (mistake.stop().slot != Slot::closer) return {};
    if (contains(stage_words(), mistake.text_before(1)) && mistake.here().kind == TokenKind::word &&
        !mistake.line_start()) {
        return fmt::format("write `can {}: {}`", mistake.text_before(1), found);
    }
    if (contains(stage_words(), found)) return fmt::format("write `can {}: …`", found);
    return {};
}

std::string in_tool(const MistakeReporter& mistake) {
    if (mistake.stop().wanted != "`{`" || mistake.text_before(1) == "args") return {};
    if (mistake.text_of(mistake.here()) == "(") {
        return "args stand in brackets: `tool pay { args { amount : int } }`";
    }
    return "write `{ }` behind it";
}

std::string in_bind(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    if (wanted == "`to`") return "write `bind lead to \"alice\"`";
    if (!wanted.starts_with("an id in quotes") || mistake.here().kind != TokenKind::word) return {};
    if (mistake.before().last[1].kind == TokenKind::string) {
        return "the role comes first: `bind lead to \"alice\"`";
    }
    return fmt::format("write `\"{}\"`", mistake.text_of(mistake.here()));
}

// ---------------------------------------------------------------- examples and the rest

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

std::string in_definition(const MistakeReporter& mistake) {
    const std::string_view statement = mistake.stop().statement_word;
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (wanted == "`=`" && found == ":") {
        return statement == "let" ? "a `let` has the type of its value: delete the type"
                                  : "write `=`";
    }
    if (wanted == "`=`" && statement == "param" && found != "==") return "write `=` and its value";
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
    if (statement == "approval") return in_approval(mistake);
    if (statement == "role") return in_role(mistake);
    if (statement == "tool") return in_tool(mistake);
    if (statement == "bind") return in_bind(mistake);
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
