// Types and fields as people write them: `string optional`, `string[]`, `int max 5`, `money EUR`.
#include <algorithm>

#include <fmt/format.h>

#include "grammar/place_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

constexpr std::string_view range_help = "a range is written `in 0 .. 5`";

bool is_list_word(std::string_view word) {
    return is_one_of(word, "list", "List", "array", "Array", "set", "Set", "vector", "Sequence");
}

/// `list<string>`, which is read as an ordered enum up to its `>`.
std::string in_angles(const MistakeReporter& mistake) {
    const bool angles = mistake.text_of(mistake.here()) == ">" && mistake.text_before(2) == "<";
    if (!angles) return {};
    const std::string_view outer = mistake.text_before(3);
    const std::string_view inner = mistake.text_before(1);
    if (is_list_word(outer)) return fmt::format("write `[{}]`", inner);
    const bool optional = is_one_of(outer, "optional", "Optional", "Option", "nullable");
    return optional ? fmt::format("write `{}?`", inner) : std::string();
}

/// `decimal(10,2)`, `varchar(20)`: a type with its size, as databases have it.
std::string sized_type(std::string_view type) {
    if (is_one_of(type, "decimal", "numeric", "number", "float", "double", "money")) {
        return fmt::format("all digits are kept: write `{}`", type == "money" ? type : "decimal");
    }
    if (is_one_of(type, "string", "varchar", "char", "text", "str")) {
        return "a length is written `string length 1 .. 20`";
    }
    if (is_one_of(type, "int", "integer", "bigint")) return "write `int`; a range is `in 0 .. 5`";
    return {};
}

/// Whether the stop lies among fields, which have types and no values.
bool among_fields(const MistakeReporter& mistake) {
    return is_one_of(mistake.stop().statement_word, "tool", "attributes", "facts", "data", "type",
                     "obligation", "param");
}

bool is_code(std::string_view word) {
    return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

/// A word behind a type that is no constraint: the type ended before it.
std::string word_behind_type(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view type = mistake.text_before(1);
    if (is_one_of(found, "optional", "nullable")) return fmt::format("write `{}?`", type);
    if (is_one_of(type, "optional", "nullable")) return fmt::format("write `{}?`", found);
    if (is_one_of(found, "required", "mandatory")) {
        return "delete it: only what is marked may be left out, as `string?`";
    }
    if (is_list_word(type) && found == "of") {
        return fmt::format("write `[{}]`", mistake.text_of(token_behind(mistake)));
    }
    if (type == "money" && is_code(found) && !is_one_of(found, "max", "min")) {
        return fmt::format("write `money in {}`", capitals(found));
    }
    if (is_one_of(found, "max", "min", "between", "from", "range")) return std::string(range_help);
    if (found == "default") return "write `= value`, which attributes alone may have";
    return {};
}

std::string sign_behind_type(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view type = mistake.text_before(1);
    if (found == "[" && mistake.before().last[0].end == mistake.here().begin) {
        return fmt::format("write `[{}]`", type);
    }
    if (found == "(" && is_one_of(type, "enum", "oneof", "one_of")) {
        return "an enum is its words: `open | closed`";
    }
    if (found == "(") return sized_type(type);
    if (found == "<" || found == "<=" || found == ">" || found == ">=") {
        return std::string(range_help);
    }
    if (found == "=" && is_one_of(mistake.stop().statement_word, "tool", "facts", "data")) {
        return "a field has no default: mark it with `?`, and read it with `??`";
    }
    if (found == ";") return "write `,`, or start a new line";
    return {};
}

/// Behind the first end of a range.
std::string second_end(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    if (is_one_of(found, "to", "-", "and", "until")) return "write `..` between the ends";
    if (mistake.stop().statement_word == "window") return {};
    if (std::string help = decimal_comma(mistake); !help.empty()) return help;
    return "a range has two ends: `1 .. 200`";
}

}  // namespace

std::string help_in_type(const MistakeReporter& mistake) {
    const Slot slot = mistake.stop().slot;
    const std::string_view wanted = mistake.stop().wanted;
    const Token here = mistake.here();
    const std::string_view found = mistake.text_of(here);
    if (wanted == "`..`") return second_end(mistake);
    if (!among_fields(mistake)) return {};
    if (std::string help = in_angles(mistake); !help.empty()) return help;
    if (wanted == "a word of the enum" && found == "=") return std::string(range_help);
    if (wanted == "`:`") {
        if (is_one_of(mistake.text_before(1), "optional", "required") &&
            here.kind == TokenKind::word) {
            return "what may be left out has a `?` behind its type: `note : string?`";
        }
        const bool ends = found == "}" || found == "," || found.empty() || mistake.line_start();
        return ends ? "a field has a type, as `note : string`" : std::string();
    }
    const std::string_view statement = mistake.stop().statement_word;
    const bool ends = slot == Slot::statement_end || wanted == "`,` or `)`";
    const bool whole = (statement == "param" && wanted == "`=`") ||
                       (statement == "data" && wanted == "`from`") || (statement == "type" && ends);
    const bool behind_type =
        slot == Slot::separator || whole || (ends && mistake.before().innermost());
    if (!behind_type || mistake.line_start()) return {};
    if (here.kind == TokenKind::word) return word_behind_type(mistake);
    if (here.kind == TokenKind::sign) return sign_behind_type(mistake);
    if (here.kind == TokenKind::number) return std::string(range_help);
    return {};
}

}  // namespace proviso::grammar
