// PEG rules for statements and their clauses. Included by grammar.h only.
//
// A statement is known by its first word, a clause or item by its own; from there on everything
// is `must`, so that a mistake is reported where it stands and nothing is tried twice.
#pragma once

#include "grammar/rules_expressions.h"

// Rules are named as in docs/language.md, and what PEGTL looks up in them as PEGTL has it.
// NOLINTBEGIN(readability-identifier-naming)
namespace proviso::grammar::peg {

/// The word or words that start a statement.
template <typename Word>
struct head_word : seq<Word> {};
template <Spelling Text>
struct head : seq<head_word<spelled<Text>>, layout> {};

struct statement_name : seq<name> {};
struct tool_statement_name : seq<tool_name> {};
struct tier_name : seq<name> {};
struct tag_name : seq<bare_tool_name> {};
struct tag_word : seq<tool_name> {};

// ------------------------------------------------------------ parts of clauses

struct duration : seq<duration_literal> {};
struct date : seq<date_literal, layout> {};
struct text : seq<string_literal> {};

struct everything : seq<one<'*'>, not_at<run_of<glob_byte, glob_byte>>, not_at<one<'.'>>> {};
struct tag : seq<one<'@'>, must<tag_name>> {};
struct glob_word : run_of<glob_start, glob_byte> {};
struct tool_or_glob : seq<not_at<reserved_alone>, glob_word, star<one<'.'>, glob_word>> {};
struct quoted_tool : seq<plain_string> {};
struct target_token : sor<everything, tag, tool_or_glob, quoted_tool> {};
struct target : seq<target_token, layout> {};
struct included_targets : list_of<target> {};
struct excluded_targets : list_of<target> {};
struct except_targets : seq<keyword<"except">, must<excluded_targets>> {};
struct targets : seq<included_targets, opt<except_targets>> {};

struct within_part : seq<keyword<"within">, must<duration>> {};
struct role_or_approval : seq<name> {};
struct by_word : keyword<"by"> {};
struct allow_outcome : keyword<"allow"> {};
struct notify_outcome : seq<keyword<"notify">, must<role_or_approval>, opt<within_part>> {};
struct gate_outcome : seq<keyword<"gate">, must<by_word, role_or_approval>> {};
struct block_outcome : keyword<"block"> {};
struct tightening_outcome : sor<gate_outcome, block_outcome, notify_outcome> {};
struct outcome : sor<allow_outcome, tightening_outcome> {};

struct brace_pair : sor<bytes_of<"{{">, bytes_of<"}}">> {};
struct prose_run : run_of<prose_text, prose_text> {};
struct prose_piece : plus<sor<prose_run, escape, brace_pair>> {};
struct closing_brace : one<'}'> {};
struct interpolation : seq<open_brace, must<nested_expression, closing_brace>> {};
struct prose_body : star<sor<prose_piece, interpolation>> {};
struct prose : seq<one<'"'>, prose_body, must<closing_quote>> {};
struct raw_prose : seq<raw_string> {};
struct because_text : seq<sor<prose, raw_prose>, layout> {};

// ------------------------------------------------------------ clauses

struct on_clause : seq<keyword<"on">, must<targets>> {};
struct at_clause : seq<keyword<"at">, must<stages>> {};
struct when_clause : seq<keyword<"when">, must<expression>> {};
struct unless_clause : seq<keyword<"unless">, must<expression>> {};
struct by_clause : seq<keyword<"by">, must<role_or_approval>> {};
struct tell_clause : seq<keyword<"tell">, must<role_or_approval>, opt<within_part>> {};
struct because_clause : seq<keyword<"because">, must<because_text>> {};
struct fix_clause : seq<keyword<"fix">, must<text>> {};
struct to_clause : seq<keyword<"to">, must<tier_name>> {};

struct duty_arguments : seq<open_round, opt<nested_items>, must<close_round>> {};
struct duty : seq<name, must<duty_arguments>> {};
struct duties : list_of<duty> {};
struct oblige_clause : seq<keyword<"oblige">, must<duties>> {};

struct allow_word : head<"allow"> {};
struct notify_word : head<"notify"> {};
struct gate_word : head<"gate"> {};
struct block_word : head<"block"> {};
struct effect : sor<gate_word, block_word, allow_word, notify_word> {};
struct tried_effect : sor<gate_word, block_word, notify_word> {};
struct condition_clause : sor<when_clause, unless_clause> {};
struct reason_clause : sor<because_clause, fix_clause, oblige_clause> {};
struct people_clause : sor<by_clause, tell_clause> {};
struct rule_clause : sor<on_clause, condition_clause, people_clause, reason_clause, at_clause> {};
struct rule_clauses : seq<star<rule_clause>, must<statement_end>> {};
struct rule_body : seq<must<statement_name>, rule_clauses> {};
struct rule_statement : seq<effect, rule_body> {};
struct tried_rule : seq<tried_effect, rule_body> {};

struct raise_clause : sor<on_clause, at_clause, condition_clause, to_clause> {};
struct raise_clauses : seq<star<raise_clause>, must<statement_end>> {};
struct raise_statement : seq<head<"raise">, must<statement_name>, raise_clauses> {};

// ------------------------------------------------------------ counting

struct count_aggregate : keyword<"count"> {};
struct sum_aggregate : seq<keyword<"sum">, must<value>> {};
struct distinct_aggregate : seq<keyword<"distinct">, must<value>> {};
struct aggregate : sor<count_aggregate, sum_aggregate, distinct_aggregate> {};
struct where_clause : seq<keyword<"where">, must<expression>> {};
struct keys : list_of<value> {};
struct per_clause : seq<keyword<"per">, must<keys>> {};
struct calendar_unit : seq<bare_word, layout> {};
struct zone : seq<string_literal> {};
struct in_zone : seq<keyword<"in">, must<zone>> {};
struct calendar_period : seq<keyword<"each">, must<calendar_unit>, opt<in_zone>> {};
struct about_mark : keyword<"about"> {};
struct rolling_period : seq<opt<about_mark>, duration> {};
struct period : sor<calendar_period, rolling_period> {};
struct over_clause : seq<keyword<"over">, must<period>> {};

struct inclusive_mark : sign<">="> {};
struct step_mark : sor<inclusive_mark, sign<">">> {};
struct step : seq<step_mark, must<value, colon, tightening_outcome>> {};
struct steps : plus<step> {};
struct measure : seq<aggregate, opt<where_clause>, opt<per_clause>, must<over_clause, steps>> {};
struct limit_clause : sor<on_clause, measure, unless_clause, reason_clause, at_clause> {};
struct limit_clauses : seq<star<limit_clause>, must<statement_end>> {};
struct limit_statement : seq<head<"limit">, must<statement_name>, limit_clauses> {};

struct counter_clause : sor<on_clause, at_clause, where_clause, per_clause, over_clause> {};
struct counter_clauses : seq<star<counter_clause>, must<statement_end>> {};
struct counter_statement
    : seq<head<"counter">, must<statement_name, equals, aggregate>, counter_clauses> {};

// ------------------------------------------------------------ matrices and tables

struct row_bar : sign<"|"> {};
struct rest_label : seq<one<'_'>, not_at<one<'_'>>, not_at<run_of<tool_byte, tool_byte>>, layout> {
};
struct band_inclusive : sign<"<="> {};
struct band_mark : sor<band_inclusive, sign<"<">> {};
struct band_label : seq<band_mark, must<value>> {};
struct word_label : seq<bare_tool_name, layout> {};
struct literal_label : seq<literal_operand, layout> {};
struct label : sor<rest_label, band_label, word_label, literal_label> {};

struct column : seq<label> {};
struct outcome_cell : seq<outcome> {};
struct value_cell : seq<value> {};
struct row_end : sor<at_line_start, at<one<'}'>>> {};
struct header_cells : star<not_at<row_end>, must<column, row_bar>> {};
struct outcome_cells : star<not_at<row_end>, must<outcome_cell, row_bar>> {};
struct value_cells : star<not_at<row_end>, must<value_cell, row_bar>> {};
struct header_row : seq<row_bar, must<column, row_bar>, header_cells> {};
struct matrix_row : seq<label, must<row_bar, outcome_cell, row_bar>, outcome_cells> {};
struct table_row : seq<label, must<row_bar, value_cell, row_bar>, value_cells> {};
struct rows_end : seq<close_brace> {};
struct matrix_rows : seq<star<sor<matrix_row, header_row>>, must<rows_end>> {};
struct table_rows : seq<star<sor<table_row, header_row>>, must<rows_end>> {};

struct axis : seq<value> {};
struct axes : seq<axis, opt<comma, must<axis>>> {};
struct matrix_by : seq<keyword<"by">, must<axes>> {};
struct matrix_clause : sor<matrix_by, on_clause, at_clause> {};
struct matrix_block : seq<open_brace, matrix_rows> {};
struct matrix_body : seq<must<statement_name>, star<matrix_clause>, must<matrix_block>> {};
struct matrix_statement : seq<head<"matrix">, matrix_body, must<statement_end>> {};

struct default_word : spelled<"default"> {};
struct default_matrix_words : seq<default_word, plus<blank>, spelled<"matrix">> {};
struct default_matrix
    : seq<head_word<default_matrix_words>, layout, matrix_body, must<statement_end>> {};
struct default_outcome : seq<head<"default">, must<outcome, statement_end>> {};

struct table_axes : seq<type, opt<comma, must<type>>> {};
struct table_by : seq<keyword<"by">, must<table_axes, colon, type>> {};
struct table_block : seq<open_brace, table_rows> {};
struct table_statement
    : seq<head<"table">, must<statement_name, table_by, table_block, statement_end>> {};

// ------------------------------------------------------------ the vocabulary

struct version_word : keyword<"version"> {};
struct policy_statement
    : seq<head<"policy">, must<statement_name, version_word, text, statement_end>> {};

struct import_tools : seq<keyword<"tools">, text> {};
struct import_module : seq<name> {};
struct import_file : seq<text> {};
struct import_what : sor<import_tools, import_file, import_module> {};
struct import_statement : seq<head<"import">, must<import_what, statement_end>> {};

struct bounds : seq<keyword<"in">, must<value, dots, value>> {};
struct param_parts : must<statement_name, colon, type, equals, value> {};
struct param_statement : seq<head<"param">, param_parts, opt<bounds>, must<statement_end>> {};

struct type_statement : seq<head<"type">, must<statement_name, equals, type, statement_end>> {};

struct attribute_path : seq<dotted_name> {};
struct attribute_default : seq<equals, must<value>> {};
struct volatile_mark : field_word<"volatile"> {};
struct attribute_value : seq<must<colon, type>, opt<attribute_default>, opt<volatile_mark>> {};
struct attribute : seq<attribute_path, layout, attribute_value> {};
struct attributes_end : seq<close_brace> {};
struct attribute_list : seq<star<attribute, must<entry_separator>>, must<attributes_end>> {};
struct attributes_block : seq<open_brace, attribute_list> {};
struct attributes_statement : seq<head<"attributes">, must<attributes_block, statement_end>> {};

struct for_word : keyword<"for"> {};
struct facts_list : seq<fields, must<fields_end>> {};
struct facts_block : seq<open_brace, facts_list> {};
struct facts_statement
    : seq<head<"facts">, must<statement_name, for_word, expression, facts_block, statement_end>> {};

struct from_word : keyword<"from"> {};
struct data_statement
    : seq<head<"data">, must<statement_name, colon, type, from_word, text, statement_end>> {};

struct let_statement : seq<head<"let">, must<statement_name, equals, expression, statement_end>> {};

struct parameters : list_of<field> {};
struct parameter_list : seq<open_round, opt<parameters>, must<close_round>> {};
struct obligation_statement
    : seq<head<"obligation">, must<statement_name, parameter_list, statement_end>> {};

struct open_word : keyword<"open"> {};
struct catalogue_statement : seq<head<"catalogue">, must<open_word, statement_end>> {};

// ------------------------------------------------------------ tools

struct open_mark : keyword<"open"> {};
struct args_list : seq<fields, must<fields_end>> {};
struct args_open : seq<open_brace> {};
struct args_item : seq<keyword<"args">, opt<open_mark>, must<args_open>, args_list> {};
struct tier_item : seq<keyword<"tier">, must<tier_name>> {};
struct stages_item : seq<keyword<"stages">, must<stages>> {};
struct undo_item : seq<keyword<"undo">, must<tool_name>> {};
struct tag_names : list_of<tag_word> {};
struct tags_item : seq<keyword<"tags">, must<tag_names>> {};
struct tool_item : sor<tier_item, stages_item, undo_item, tags_item, args_item> {};
struct tool_end : seq<close_brace> {};
struct tool_items : seq<star<tool_item>, must<tool_end>> {};
struct tool_block : seq<open_brace, tool_items> {};
struct tool_statement : seq<head<"tool">, must<tool_statement_name, tool_block, statement_end>> {};

// ------------------------------------------------------------ people

struct role_parent : seq<name> {};
struct role_parents : list_of<role_parent> {};
struct extends_part : seq<keyword<"extends">, must<role_parents>> {};
struct grant_start : seq<stage, star<comma, stage>, one<':'>> {};
struct grant_stages : seq<at<grant_start>, stages, colon> {};
struct can_item : seq<keyword<"can">, opt<grant_stages>, must<targets>, opt<when_clause>> {};
struct role_end : seq<close_brace> {};
struct role_items : seq<star<can_item>, must<role_end>> {};
struct role_block : seq<open_brace, role_items> {};
struct role_statement
    : seq<head<"role">, must<statement_name>, opt<extends_part>, must<role_block, statement_end>> {
};

struct to_word : keyword<"to"> {};
struct bind_id : seq<text> {};
struct bind_data : seq<keyword<"data">, must<name>> {};
struct bind_ids : list_of<bind_id> {};
struct bind_to : sor<bind_data, bind_ids> {};
struct bind_statement : seq<head<"bind">, must<statement_name, to_word, bind_to, statement_end>> {};

struct of_word : keyword<"of"> {};
struct party : seq<bare_word, layout> {};
struct parties : list_of<party> {};
struct authority_statement : seq<head<"authority">, must<of_word, parties, statement_end>> {};

struct need_count : seq<count_literal> {};
struct need_role : seq<name> {};
struct need_roles : seq<need_role, star<keyword<"or">, must<need_role>>> {};
struct counted_need : seq<need_count, must<of_word, need_roles>> {};
struct need : sor<counted_need, need_roles> {};
struct needs_item : seq<keyword<"needs">, must<need>> {};
struct within_item : seq<keyword<"within">, must<duration>> {};
struct valid_item : seq<keyword<"valid">, must<duration>> {};
struct also_word : keyword<"also"> {};
struct after_word : keyword<"after"> {};
struct escalate_item
    : seq<keyword<"escalate">, must<also_word, role_or_approval, after_word, duration>> {};
struct never_path : seq<path, layout> {};
struct never_paths : list_of<never_path> {};
struct never_item : seq<keyword<"never">, must<never_paths>> {};
struct approval_item : sor<needs_item, within_item, valid_item, escalate_item, never_item> {};
struct approval_end : seq<close_brace> {};
struct approval_items : seq<star<approval_item>, must<approval_end>> {};
struct approval_block : seq<open_brace, approval_items> {};
struct approval_statement
    : seq<head<"approval">, must<statement_name, approval_block, statement_end>> {};

// ------------------------------------------------------------ windows

struct weekday_name : sor<spelled<"mon">, spelled<"tue">, spelled<"wed">, spelled<"thu">,
                          spelled<"fri">, spelled<"sat">, spelled<"sun">> {};
struct weekday : seq<weekday_name> {};
struct last_weekday : seq<weekday_name> {};
struct weekday_range : seq<weekday, layout, opt<dots, must<last_weekday>, layout>> {};
struct further_weekdays : seq<comma, weekday_range> {};
struct weekdays : seq<weekday_range, star<further_weekdays>> {};
struct from_hour : seq<clock> {};
struct to_hour : seq<clock> {};
struct hours : seq<from_hour, layout, must<dots, to_hour>, layout> {};
struct weekly_part : seq<weekdays, opt<hours>> {};
struct first_date : seq<date_literal> {};
struct last_date : seq<date_literal> {};
struct dates_part : seq<first_date, layout, opt<dots, must<last_date>, layout>> {};
struct first_mark : keyword<"first"> {};
struct last_mark : keyword<"last"> {};
struct workday_count : seq<count_literal> {};
struct workdays_word : keyword<"workdays"> {};
struct month_word : keyword<"month"> {};
struct workdays_start : seq<sor<first_mark, last_mark>, at<digit>> {};
struct workdays_part
    : seq<workdays_start, must<workday_count, workdays_word, of_word, month_word>> {};
struct named_part : seq<name> {};
struct window_part : sor<weekly_part, dates_part, workdays_part, named_part> {};
struct window_parts : list_of<window_part> {};
struct except_parts : seq<keyword<"except">, must<window_parts>> {};
struct window_clause : sor<in_zone, except_parts> {};
struct window_clauses : seq<star<window_clause>, must<statement_end>> {};
struct window_statement
    : seq<head<"window">, must<statement_name, equals, window_parts>, window_clauses> {};

// ------------------------------------------------------------ examples

struct argument_name : seq<field_name> {};
struct argument : seq<argument_name, must<colon, value>> {};
struct argument_list : seq<star<argument, must<entry_separator>>, must<fields_end>> {};
struct argument_block : seq<open_brace, argument_list> {};
struct call_clause : seq<keyword<"call">, must<tool_name>, opt<argument_block>> {};
struct as_clause : seq<keyword<"as">, must<names>> {};
struct context_field : seq<field_name, must<equals, value>> {};
struct context_fields : list_of<context_field> {};
struct with_clause : seq<keyword<"with">, must<context_fields>> {};
struct given_notify : seq<keyword<"notify">, opt<role_or_approval>, opt<within_part>> {};
struct given_gate : seq<keyword<"gate">, opt<by_word, must<role_or_approval>>> {};
struct given_outcome : sor<allow_outcome, block_outcome, given_gate, given_notify> {};
struct gives_clause : seq<keyword<"gives">, must<given_outcome>> {};
struct example_clause : sor<call_clause, as_clause, with_clause, gives_clause, at_clause> {};
struct example_clauses : seq<star<example_clause>, must<statement_end>> {};
struct example_statement : seq<head<"example">, must<statement_name>, example_clauses> {};

// ------------------------------------------------------------ the rest of a broken statement

struct rule_rest : seq<layout, rule_clauses> {};
struct raise_rest : seq<layout, raise_clauses> {};
struct limit_rest : seq<layout, limit_clauses> {};
struct counter_rest : seq<layout, counter_clauses> {};
struct example_rest : seq<layout, example_clauses> {};
struct attributes_rest : seq<layout, attribute_list, must<statement_end>> {};
struct fields_rest : seq<layout, facts_list, must<statement_end>> {};
struct arguments_rest : seq<layout, args_list, tool_items, must<statement_end>> {};
struct tool_rest : seq<layout, tool_items, must<statement_end>> {};
struct role_rest : seq<layout, role_items, must<statement_end>> {};
struct approval_rest : seq<layout, approval_items, must<statement_end>> {};
struct matrix_rest : seq<layout, matrix_rows, must<statement_end>> {};
struct table_rest : seq<layout, table_rows, must<statement_end>> {};

// ------------------------------------------------------------ a file

struct until_word : keyword<"until"> {};
struct trial_date : seq<date> {};
struct trial_prefix : seq<keyword<"trial">, must<until_word, trial_date>> {};
struct tried_statement : sor<tried_rule, limit_statement, matrix_statement> {};
struct trial_statement : seq<trial_prefix, must<tried_statement>> {};

struct deciding_statement
    : sor<rule_statement, limit_statement, trial_statement, raise_statement, counter_statement,
          default_matrix, matrix_statement, default_outcome> {};
struct declaring_statement
    : sor<example_statement, param_statement, tool_statement, role_statement, let_statement,
          bind_statement, facts_statement, data_statement, table_statement, window_statement,
          approval_statement, attributes_statement, type_statement, obligation_statement,
          import_statement, authority_statement, catalogue_statement, policy_statement> {};
struct statement : sor<deciding_statement, declaring_statement> {};

struct doc_line : seq<bytes_of<"##">, not_at<one<'#'>>, rest_of_line, eolf> {};
struct comment_line : seq<comment, eolf> {};
struct indented_comment : seq<plus<blank>, comment_line> {};
struct empty_line : seq<star<blank>, eol> {};
struct last_blanks : seq<plus<blank>, eof> {};
struct between_line : sor<doc_line, comment_line, empty_line, indented_comment, last_blanks> {};
struct between_statements : star<between_line> {};
struct file : seq<between_statements, star<statement, eolf, between_statements>, eof> {};

}  // namespace proviso::grammar::peg
// NOLINTEND(readability-identifier-naming)
