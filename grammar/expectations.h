// What each `must` of the grammar wants, in words for people: `expected {}, found …`.
// A rule without a row does not compile.
#pragma once

#include "grammar/failure.h"
#include "grammar/grammar.h"

namespace proviso::grammar::peg {

struct Wish {
    Slot slot = Slot::none;
    const char* wanted = nullptr;
};

template <typename Rule>
inline constexpr Wish wish{};

#define PROVISO_WISH(rule, slot, wanted) \
    template <>                          \
    inline constexpr Wish wish<rule> {   \
        Slot::slot, wanted               \
    }

PROVISO_WISH(escape_code, escape, "an escape");
PROVISO_WISH(closing_quote, string_end, "`\"`");
PROVISO_WISH(closing_brace, prose_end, "`}`");

PROVISO_WISH(statement_name, name, "a name");
PROVISO_WISH(tool_statement_name, name, "the name of a tool");
PROVISO_WISH(name, name, "a name");
PROVISO_WISH(field_name, name, "the name of a field");
PROVISO_WISH(tool_name, name, "the name of a tool");
PROVISO_WISH(tag_name, name, "the name of a tag");
PROVISO_WISH(tag_word, name, "a tag");
PROVISO_WISH(tag_names, name, "a tag");
PROVISO_WISH(tier_name, name, "a tier");
PROVISO_WISH(stage, name, "a stage");
PROVISO_WISH(stages, name, "a stage");
PROVISO_WISH(names, name, "a role");
PROVISO_WISH(party, name, "`principal` or `agent`");
PROVISO_WISH(parties, name, "`principal` or `agent`");
PROVISO_WISH(role_name, name, "a role");
PROVISO_WISH(role_parent, name, "a role");
PROVISO_WISH(role_parents, name, "a role");
PROVISO_WISH(role_or_approval, name, "a role or an approval");
PROVISO_WISH(need, name, "a number of places, a role or `principal`");
PROVISO_WISH(need_role, name, "a role");
PROVISO_WISH(need_roles, name, "a role");
PROVISO_WISH(never_path, name, "a path");
PROVISO_WISH(never_paths, name, "a path");
PROVISO_WISH(duties, name, "an obligation");
PROVISO_WISH(duty, name, "an obligation");
PROVISO_WISH(member_name, name, "a name");
PROVISO_WISH(variable, name, "a name for the member");
PROVISO_WISH(enum_word, name, "a word of the enum");
PROVISO_WISH(calendar_unit, name, "`day`, `week`, `month` or `quarter`");
PROVISO_WISH(import_what, name, "a module, a file or `tools`");
PROVISO_WISH(context_field, name, "a name");
PROVISO_WISH(context_fields, name, "a name");
PROVISO_WISH(field, name, "a name");
PROVISO_WISH(targets, name, "a tool, a glob, a tag or `*`");
PROVISO_WISH(target, name, "a tool, a glob, a tag or `*`");
PROVISO_WISH(excluded_targets, name, "a tool, a glob or a tag");

PROVISO_WISH(expression, operand, "a condition or value");
PROVISO_WISH(nested_expression, operand, "a condition or value");
PROVISO_WISH(nested_items, operand, "a value");
PROVISO_WISH(nested_not, operand, "a condition");
PROVISO_WISH(not_expression, operand, "a condition");
PROVISO_WISH(and_expression, operand, "a condition");
PROVISO_WISH(value, operand, "a value");
PROVISO_WISH(value_or_range, operand, "a list, a range, a window or a set");
PROVISO_WISH(sum_expression, operand, "a value");
PROVISO_WISH(product_expression, operand, "a value");
PROVISO_WISH(unary_expression, operand, "a value");
PROVISO_WISH(postfix_expression, operand, "a name");
PROVISO_WISH(keys, operand, "a key");
PROVISO_WISH(axis, operand, "an axis");
PROVISO_WISH(axes, operand, "an axis");
PROVISO_WISH(value_cell, operand, "a value");

PROVISO_WISH(colon, symbol, "`:`");
PROVISO_WISH(dots, symbol, "`..`");
PROVISO_WISH(equals, symbol, "`=`");
PROVISO_WISH(by_word, symbol, "`by`");
PROVISO_WISH(in_word, symbol, "`in`");
PROVISO_WISH(of_word, symbol, "`of`");
PROVISO_WISH(to_word, symbol, "`to`");
PROVISO_WISH(for_word, symbol, "`for`");
PROVISO_WISH(from_word, symbol, "`from`");
PROVISO_WISH(also_word, symbol, "`also`");
PROVISO_WISH(after_word, symbol, "`after`");
PROVISO_WISH(until_word, symbol, "`until`");
PROVISO_WISH(open_word, symbol, "`open`");
PROVISO_WISH(version_word, symbol, "`version`");
PROVISO_WISH(workdays_word, symbol, "`workdays`");
PROVISO_WISH(month_word, symbol, "`month`");
PROVISO_WISH(aggregate, symbol, "`count`, `sum` or `distinct`");
PROVISO_WISH(over_clause, symbol, "`over`");
PROVISO_WISH(steps, symbol, "a step: `>` or `>=` and a cap");
PROVISO_WISH(table_by, symbol, "`by`");

PROVISO_WISH(open_round, symbol, "`(`");
PROVISO_WISH(duty_arguments, symbol, "`(`");
PROVISO_WISH(parameter_list, symbol, "`(`");
PROVISO_WISH(args_open, symbol, "`{`");
PROVISO_WISH(attributes_block, symbol, "`{`");
PROVISO_WISH(facts_block, symbol, "`{`");
PROVISO_WISH(tool_block, symbol, "`{`");
PROVISO_WISH(role_block, symbol, "`{`");
PROVISO_WISH(approval_block, symbol, "`{`");
PROVISO_WISH(matrix_block, symbol, "`{`");
PROVISO_WISH(table_block, symbol, "`{`");

PROVISO_WISH(closing_round, closer, "`)`");
PROVISO_WISH(close_round, closer, "`,` or `)`");
PROVISO_WISH(call_end, closer, "`,` or `)`");
PROVISO_WISH(closing_square, closer, "`]`");
PROVISO_WISH(close_square, closer, "`]`");
PROVISO_WISH(list_end, closer, "`,` or `]`");
PROVISO_WISH(fields_end, closer, "a field or `}`");
PROVISO_WISH(attributes_end, closer, "an attribute or `}`");
PROVISO_WISH(tool_end, closer, "`tier`, `stages`, `undo`, `tags`, `args` or `}`");
PROVISO_WISH(role_end, closer, "`can` or `}`");
PROVISO_WISH(approval_end, closer, "`needs`, `within`, `valid`, `escalate`, `never` or `}`");
PROVISO_WISH(rows_end, closer, "a row or `}`");
PROVISO_WISH(entry_separator, separator, "`,` or a new line");

PROVISO_WISH(row_bar, row_bar, "`|`");
PROVISO_WISH(column, label, "the label of a column");
PROVISO_WISH(outcome, outcome, "`allow`, `notify`, `gate` or `block`");
PROVISO_WISH(outcome_cell, outcome, "`allow`, `notify`, `gate` or `block`");
PROVISO_WISH(given_outcome, outcome, "`allow`, `notify`, `gate` or `block`");
PROVISO_WISH(tightening_outcome, outcome, "`notify`, `gate` or `block`");
PROVISO_WISH(type, type, "a type");
PROVISO_WISH(table_axes, type, "a type");

PROVISO_WISH(string_literal, string, "a string");
PROVISO_WISH(text, string, "a string");
PROVISO_WISH(because_text, string, "a string");
PROVISO_WISH(zone, string, "a time zone in quotes");
PROVISO_WISH(bind_to, string, "an id in quotes or `data`");
PROVISO_WISH(bind_id, string, "an id in quotes");

PROVISO_WISH(duration, duration, "a duration");
PROVISO_WISH(period, duration, "a duration or `each`");
PROVISO_WISH(trial_date, duration, "a date");
PROVISO_WISH(last_date, duration, "a date");
PROVISO_WISH(to_hour, duration, "an hour such as `17:00`");
PROVISO_WISH(workday_count, duration, "a number");
PROVISO_WISH(last_weekday, window_part, "a weekday");
PROVISO_WISH(window_part, window_part, "days, dates or a window");
PROVISO_WISH(window_parts, window_part, "days, dates or a window");

PROVISO_WISH(tried_statement, tried, "`notify`, `gate`, `block`, `limit` or `matrix`");
PROVISO_WISH(statement_end, statement_end, "the end of the statement");

#undef PROVISO_WISH

/// PEGTL's control of a parse, with what a failed `must` does. It throws nothing else.
template <typename Rule>
// NOLINTNEXTLINE(readability-identifier-naming): as PEGTL names it.
struct control : tao::pegtl::normal<Rule> {
    [[noreturn]] static void fail(const char* where) {
        static_assert(wish<Rule>.slot != Slot::none, "this rule needs a PROVISO_WISH");
        throw Failure{where, wish<Rule>.slot, wish<Rule>.wanted};
    }
};

}  // namespace proviso::grammar::peg
