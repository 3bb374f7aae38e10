#include "engine/check/habits.h"

#include <algorithm>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/model/currency.h"
#include "grammar/words.h"

namespace proviso::check {
namespace {

struct Habit {
    std::string_view word;
    std::string_view help;
};

template <std::size_t N>
std::string habit_help(const Habit (&habits)[N], std::string_view word) {
    std::string small(word);
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    for (const Habit& habit : habits) {
        if (habit.word == small) return std::string(habit.help);
    }
    return {};
}

constexpr std::string_view whole_or_not = "write `int` for whole numbers, `decimal` for others";
constexpr std::string_view list_habit = "a list is written `[string]`";
constexpr std::string_view record_habit = "a record is written `{ name : string }`";

constexpr Habit habitual_types[] = {
    {"str", "write `string`"},
    {"text", "write `string`"},
    {"varchar", "write `string`"},
    {"number", whole_or_not},
    {"num", whole_or_not},
    {"numeric", whole_or_not},
    {"float", "write `decimal`"},
    {"double", "write `decimal`"},
    {"real", "write `decimal`"},
    {"integer", "write `int`"},
    {"long", "write `int`"},
    {"boolean", "write `bool`"},
    {"datetime", "write `time`"},
    {"timestamp", "write `time`"},
    {"instant", "write `time`"},
    {"currency", "write `money`"},
    {"amount", "write `money`"},
    {"list", list_habit},
    {"array", list_habit},
    {"set", list_habit},
    {"object", record_habit},
    {"dict", record_habit},
    {"map", record_habit},
    {"record", record_habit},
    {"enum", "an enum is its words: `open | closed`"},
    {"any", "write `json`: an arg of it is taken as it comes"},
};

constexpr std::string_view presence_help =
    "what may be left out is read with `has x`, `missing x` or `x ?? y`";
constexpr std::string_view local_habit =
    "write `local(time, \"Europe/Berlin\").weekday`, `.hour` or `.date`, or a `window`";

constexpr std::string_view window_habit =
    "name the hours: `window open = mon..fri 09:00..17:00 in \"Europe/Berlin\"`, and write "
    "`time in open`";

constexpr Habit habitual_values[] = {
    {"null", presence_help},
    {"nil", presence_help},
    {"none", presence_help},
    {"undefined", presence_help},
    {"now", "the time of the call is `time`"},
    {"date", local_habit},
    {"today", local_habit},
    {"weekday", local_habit},
    {"hour", local_habit},
    {"weekend", window_habit},
    {"weekdays", window_habit},
    {"workdays", window_habit},
    {"workday", window_habit},
    {"business_hours", window_habit},
    {"working_hours", window_habit},
    {"office_hours", window_habit},
    {"night", window_habit},
    {"time.hour", local_habit},
    {"time.weekday", local_habit},
    {"user", "who asks is `principal`: `principal.id`, or `principal is lead`"},
    {"caller", "who asks is `principal`: `principal.id`, or `principal is lead`"},
    {"role", "write `principal is lead`"},
    {"roles", "write `principal is lead`"},
    {"principal.role", "write `principal is lead`"},
    {"principal.roles", "write `principal is lead`"},
    {"unknown_tool", "a tool that the set does not declare is blocked whatever the rules say"},
};

constexpr Habit habitual_functions[] = {
    {"startswith", "write `x like \"start*\"`"},
    {"starts_with", "write `x like \"start*\"`"},
    {"endswith", "write `x like \"*end\"`"},
    {"ends_with", "write `x like \"*end\"`"},
    {"contains", "write `x in list`, or `x like \"*part*\"` of a string"},
    {"includes", "write `x in list`, or `x like \"*part*\"` of a string"},
    {"tolower", "write `lower(x)`"},
    {"lowercase", "write `lower(x)`"},
    {"len", "write `length(x)`"},
    {"size", "write `length(x)`"},
    {"length", "write `length(x)`"},
    {"now", "the time of the call is `time`"},
    {"today", local_habit},
    {"weekday", local_habit},
    {"hour", local_habit},
    {"exists", "write `has x` of what may be left out"},
    {"isnull", "write `missing x` of what may be left out"},
    {"hasrole", "write `principal is lead`"},
    {"has_role", "write `principal is lead`"},
    {"regex", "write `x matches r\"…\"`"},
    {"match", "write `x matches r\"…\"`"},
};

bool is_iso_code(std::string_view word) {
    const auto code = model::pack_currency(word);
    return code && model::is_iso_currency(*code);
}

}  // namespace

std::string habitual_type(std::string_view word) {
    if (is_iso_code(word)) {
        return "write `money in " + std::string(word) + "`";
    }
    return habit_help(habitual_types, word);
}

std::string habitual_value(std::string_view path) {
    if (path.starts_with("arg.")) return "did you mean `args." + std::string(path.substr(4)) + "`?";
    if (grammar::is_weekday(path)) return std::string(local_habit);
    if (is_iso_code(path)) {
        return "a code alone is quoted: `\"" + std::string(path) + "\"`";
    }
    return habit_help(habitual_values, path);
}

std::string habitual_function(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return habit_help(habitual_functions,
                      dot == std::string_view::npos ? path : path.substr(dot + 1));
}

std::string habitual_name(SymbolKind kind, std::string_view word) {
    if (kind == SymbolKind::tool && (word == "all" || word == "any" || word == "every")) {
        return "all tools are `*`";
    }
    const bool date = word.size() == 10 && word[4] == '-' && word[7] == '-' &&
                      word.find_first_not_of("0123456789-") == std::string_view::npos;
    if (kind == SymbolKind::window && !grammar::weekday_meant(word).empty()) {
        return "a weekday is written `" + std::string(grammar::weekday_meant(word)) + "`";
    }
    if (kind == SymbolKind::window && date) return "write the date without quotes";
    return {};
}

std::string word_of_attribute(const Context& context, std::string_view word) {
    std::string_view first;
    for (const auto& [path, symbol] : context.attribute_symbols) {
        // Params are read before attributes have their types.
        if (symbol.index >= context.attribute_slots.size()) continue;
        const SlotId slot = context.attribute_slots[symbol.index];
        if (slot == no_slot || !word_ordinal(context, context.set.slot(slot).type, word)) continue;
        if (first.empty() || path < first) first = path;
    }
    if (first.empty()) return {};
    return "each side of `or` is a condition: write `" + std::string(first) +
           " == " + std::string(word) + "`, or `" + std::string(first) + " in [ … ]`";
}

std::string tiers_listed(const Context& context) {
    std::vector<std::string> words;
    for (const std::string& word : context.set.types.enumeration(model::tier_enum).words) {
        words.push_back(word);
    }
    return "the tiers are " + listed(words);
}

}  // namespace proviso::check
