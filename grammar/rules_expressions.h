// PEG rules for expressions and types. Included by grammar.h only.
//
// From loose to tight:
//     or · and · not · comparisons, `in`, `like`, `matches`, `is` (which do not chain)
//     · `??` · `+` `-` · `*` · `has`, `missing` · calls, indexes, members
// So `a ?? b == c` is `(a ?? b) == c`, and `a ?? b + c` is `a ?? (b + c)`. A `value` is whatever
// binds tighter than a comparison; it stands where a comparison would be a mistake (bounds, caps,
// cells). Each alternative is told from its first word or sign, so nothing is parsed twice.
#pragma once

#include "grammar/rules_tokens.h"

// Rules are named as in docs/language.md, and what PEGTL looks up in them as PEGTL has it.
// NOLINTBEGIN(readability-identifier-naming)
namespace proviso::grammar::peg {

struct expression;
struct value;
struct not_expression;
struct type;

struct nested_expression : nested<expression> {};

// ------------------------------------------------------------ literals

struct number_expression : seq<number_literal> {};
struct amount_expression : seq<number_expression, opt<money_tail>> {};
struct time_expression : seq<time_literal> {};
struct date_expression : seq<date_literal> {};
struct duration_expression : seq<duration_token> {};
struct unsigned_dated : sor<time_expression, date_expression> {};
struct numeric_start : seq<opt<one<'-'>>, digit> {};
struct numeric : sor<amount_expression, duration_expression, unsigned_dated> {};
struct numeric_expression : seq<at<numeric_start>, numeric> {};
struct string_start : sor<one<'"'>, bytes_of<"r\"">> {};
struct string_expression : seq<at<string_start>, string_token> {};
struct true_word : spelled<"true"> {};
struct false_word : spelled<"false"> {};
struct boolean_expression : sor<true_word, false_word> {};

// ------------------------------------------------------------ operands

struct items : list_of<expression> {};
struct nested_items : nested<items> {};
struct closing_round : one<')'> {};
struct closing_square : one<']'> {};
struct bracketed_expression : seq<open_round, must<nested_expression, closing_round>> {};
struct list_end : one<']'> {};
struct list_expression : seq<open_square, opt<nested_items>, must<list_end>> {};

struct quantifier_word : sor<spelled<"any">, spelled<"all">, spelled<"count">, spelled<"sum">> {};
struct quantifier_start : seq<quantifier_word, at<one<'('>>> {};
struct variable : seq<bare_word, layout> {};
struct in_word : keyword<"in"> {};
struct quantifier_parts : must<variable, in_word, value, colon, expression> {};
struct nested_quantifier : nested<quantifier_parts> {};
struct quantifier_expression
    : seq<quantifier_start, must<open_round>, nested_quantifier, must<closing_round>> {};

struct tool_value : seq<spelled<"tool">> {};
struct quoted_segment : seq<plain_string> {};
struct call_value : seq<spelled<"call">, at<one<'.'>>> {};
struct path_root : sor<unreserved_word, tool_value, call_value> {};
struct path_segment : seq<one<'.'>, sor<word, quoted_segment>> {};
struct path : seq<path_root, star<path_segment>> {};
struct call_end : one<')'> {};
struct call_tail : seq<open_round, opt<nested_items>, must<call_end>> {};
struct index_tail : seq<open_square, must<nested_items, closing_square>> {};
struct path_value : seq<path> {};
struct path_expression : seq<path_value, opt<sor<call_tail, index_tail>>> {};

struct member_name : run_of<name_start, name_byte> {};
struct member_tail : seq<one<'.'>, not_at<one<'.'>>, must<member_name>> {};
struct literal_operand : sor<numeric_expression, string_expression, boolean_expression> {};
struct bracket_operand : sor<bracketed_expression, list_expression> {};
struct operand : sor<numeric_expression, string_expression, quantifier_expression, path_expression,
                     boolean_expression, bracket_operand> {};
struct postfix_expression : seq<operand, star<member_tail>, layout> {};

// ------------------------------------------------------------ operators

struct has_word : spelled<"has"> {};
struct missing_word : spelled<"missing"> {};
struct presence_word : sor<has_word, missing_word> {};
struct presence_expression : seq<presence_word, layout, must<postfix_expression>> {};
struct unary_expression : sor<postfix_expression, presence_expression> {};

struct times_sign : one<'*'> {};
struct product_tail : seq<times_sign, layout, must<unary_expression>> {};
struct product_expression : seq<unary_expression, star<product_tail>> {};

struct plus_sign : one<'+'> {};
struct minus_sign : seq<after_blank, one<'-'>, at<sor<blank, eol>>> {};
struct sum_tail : seq<sor<plus_sign, minus_sign>, layout, must<product_expression>> {};
struct sum_expression : seq<product_expression, star<sum_tail>> {};

struct coalesce_sign : bytes_of<"??"> {};
struct coalesce_tail : seq<coalesce_sign, layout, must<sum_expression>> {};
struct coalesce_expression : seq<sum_expression, star<coalesce_tail>> {};
struct value : seq<coalesce_expression> {};

struct equal_sign : bytes_of<"=="> {};
struct not_equal_sign : bytes_of<"!="> {};
struct less_equal_sign : bytes_of<"<="> {};
struct less_sign : one<'<'> {};
struct greater_equal_sign : bytes_of<">="> {};
struct greater_sign : one<'>'> {};
struct like_word : spelled<"like"> {};
struct matches_word : spelled<"matches"> {};
struct relation : sor<equal_sign, not_equal_sign, less_equal_sign, less_sign, greater_equal_sign,
                      greater_sign, like_word, matches_word> {};
struct relation_tail : seq<relation, layout, must<value>> {};

struct is_in : spelled<"in"> {};
struct is_not_in : seq<spelled<"not">, layout, spelled<"in">> {};
struct range_tail : seq<dots, must<value>> {};
struct value_or_range : seq<value, opt<range_tail>> {};
struct in_tail : seq<sor<is_in, is_not_in>, layout, must<value_or_range>> {};

struct is_word : spelled<"is"> {};
struct is_not_word : keyword<"not"> {};
struct role_name : seq<name> {};
struct is_tail : seq<is_word, layout, opt<is_not_word>, must<role_name>> {};

struct comparison_start : one<'=', '!', '<', '>', 'i', 'l', 'm', 'n'> {};
struct comparison_tail : seq<at<comparison_start>, sor<relation_tail, in_tail, is_tail>> {};
struct comparison : seq<value, opt<comparison_tail>> {};

struct not_word : spelled<"not"> {};
struct nested_not : nested<not_expression> {};
struct negation : seq<not_word, layout, must<nested_not>> {};
struct not_expression : sor<negation, comparison> {};

struct and_word : spelled<"and"> {};
struct and_tail : seq<and_word, layout, must<not_expression>> {};
struct and_expression : seq<not_expression, star<and_tail>> {};

struct or_word : spelled<"or"> {};
struct or_tail : seq<or_word, layout, must<and_expression>> {};
struct or_expression : seq<and_expression, star<or_tail>> {};
struct expression : seq<or_expression> {};

// ------------------------------------------------------------ types

struct type_name : seq<dotted_name, layout> {};
struct enum_word : seq<sor<bare_word, quoted_name>, layout> {};
struct bar : sign<"|"> {};
struct less_mark : sign<"<"> {};
struct bar_words : seq<bar, must<enum_word>, star<bar, must<enum_word>>> {};
struct ordered_words : seq<less_mark, must<enum_word>, star<less_mark, must<enum_word>>> {};
struct enum_start : seq<enum_word, one<'|', '<'>> {};
struct quoted_start : one<'"'> {};
struct enum_words : seq<enum_word, opt<sor<ordered_words, bar_words>>> {};
struct enum_type : seq<at<sor<quoted_start, enum_start>>, enum_words> {};
struct named_type : seq<type_name> {};

struct entry_separator : sor<comma, at_line_start, at<one<'}'>>> {};
struct field : seq<field_name, must<colon, type>> {};
struct fields : star<field, must<entry_separator>> {};
struct fields_end : seq<close_brace> {};
struct open_record : seq<keyword<"open">, at<one<'{'>>> {};
struct record_type : seq<opt<open_record>, open_brace, fields, must<fields_end>> {};
struct list_type : seq<open_square, must<type, close_square>> {};
struct optional_mark : sign<"?"> {};

struct with_constraint : seq<field_word<"with">, must<field_name>> {};
struct zone_constraint : seq<string_literal> {};
struct currency_constraint : seq<currency_code, layout, not_at<bytes_of<"..">>> {};
struct range_constraint : must<value, dots, value> {};
struct in_constraint
    : seq<field_word<"in">, sor<zone_constraint, currency_constraint, range_constraint>> {};
struct minor_constraint : field_word<"minor"> {};
struct length_constraint : seq<field_word<"length">, must<value, dots, value>> {};
struct matches_constraint : seq<field_word<"matches">, must<string_literal>> {};
struct type_constraint
    : sor<with_constraint, in_constraint, minor_constraint, length_constraint, matches_constraint> {
};

struct type_base : sor<list_type, record_type, enum_type, named_type> {};
struct constrained_type : seq<type_base, opt<optional_mark>, star<type_constraint>> {};
struct type : nested<constrained_type> {};

}  // namespace proviso::grammar::peg
// NOLINTEND(readability-identifier-naming)
