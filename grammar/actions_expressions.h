// Actions for tokens, expressions and types. Included by parser.cpp only.
#pragma once

#include <algorithm>

#include "grammar/actions.h"

namespace proviso::grammar {

// ------------------------------------------------------------ layout, names, strings

PROVISO_ON(layout) {
    b.note_layout(in.begin(), in.end());
}

PROVISO_ON(comment) {
    const char* const end = in.end()[-1] == '\r' ? in.end() - 1 : in.end();
    const Span span = b.span(in.begin(), end);
    // Layout that ends a statement is read again between the statements.
    auto& comments = b.file.comments;
    if (comments.empty() || comments.back().span.begin < span.begin) comments.push_back({span});
}

inline void push_name(const Match& in, Builder& b) {
    b.names.push_back({view(in), place(in, b), false});
}

PROVISO_ON(bare_word) {
    push_name(in, b);
}
PROVISO_ON(dotted_words) {
    push_name(in, b);
}
PROVISO_ON(dotted_name) {
    push_name(in, b);
}
PROVISO_ON(bare_tool_name) {
    push_name(in, b);
}

PROVISO_ON(quoted_name) {
    b.set_text(place(in, b), false);
    b.names.push_back({b.text.text, b.text.span, true});
    if (b.text.text.empty()) {
        b.sink.report(DiagnosticId::empty_name, b.text.span, {}, "write at least one letter");
    }
}

PROVISO_ON(stage_name) {
    const ast::Name& stage = b.names.back();
    const auto& stages = stage_words();
    if (std::find(stages.begin(), stages.end(), stage.text) != stages.end()) return;
    const std::string_view meant = did_you_mean(stage.text, stages);
    b.sink.report(DiagnosticId::unknown_stage, stage.span, {stage.text},
                  meant.empty()
                      ? "the stages are `read`, `propose`, `prepare`, `approve`, `execute`"
                      : "did you mean `" + std::string(meant) + "`?");
}

PROVISO_ON(string_token) {
    b.set_text(place(in, b), *in.begin() == 'r');
}

// ------------------------------------------------------------ literals

inline std::string_view without_underscores(std::string_view digits, Builder& b) {
    if (digits.find('_') == std::string_view::npos) return digits;
    std::string plain(digits);
    std::erase(plain, '_');
    return b.keep(std::move(plain));
}

PROVISO_ON(number_expression) {
    b.push_expr(ast::ExprKind::number, place(in, b)).text = without_underscores(view(in), b);
}

PROVISO_ON(money_tail) {
    ast::Expr& money = b.top_expr();
    money.kind = ast::ExprKind::money;
    money.name = view(in).substr(view(in).size() - 3);
    money.span.end = b.offset(in.end());
    money.op_span = b.span(in.end() - 3, in.end());
    b.operands.back().end = money.span.end;
}

PROVISO_ON(date_expression) {
    b.push_expr(ast::ExprKind::date, place(in, b)).text = view(in);
    b.check_date(place(in, b));
}

PROVISO_ON(time_expression) {
    constexpr std::size_t date_size = 10;
    b.push_expr(ast::ExprKind::time, place(in, b)).text = view(in);
    b.check_date(b.span(in.begin(), in.begin() + date_size));
    if (is_time_of_day(view(in).substr(date_size + 1))) return;
    b.sink.report(DiagnosticId::malformed_time, b.span(in.begin() + date_size + 1, in.end()),
                  {view(in).substr(date_size + 1)}, "hours go to 23, minutes and seconds to 59");
}

PROVISO_ON(duration_token) {
    const std::optional<std::int64_t> seconds = duration_seconds(view(in));
    b.duration = {seconds.value_or(0), place(in, b)};
    if (seconds) return;
    b.sink.report(DiagnosticId::duration_overflow, place(in, b), {view(in)}, "write a shorter one");
}

PROVISO_ON(duration_expression) {
    b.push_expr(ast::ExprKind::duration, b.duration.span).value = b.duration.seconds;
}

PROVISO_ON(string_expression) {
    ast::Expr& expr = b.push_expr(ast::ExprKind::string, b.text.span);
    expr.text = b.text.text;
    expr.raw = b.text.raw;
}

PROVISO_ON(true_word) {
    b.push_expr(ast::ExprKind::boolean, place(in, b)).value = 1;
}
PROVISO_ON(false_word) {
    b.push_expr(ast::ExprKind::boolean, place(in, b)).value = 0;
}

PROVISO_ON(count_literal) {
    const std::string_view written = view(in).substr(0, view(in).find_first_not_of("0123456789"));
    const std::optional<std::int64_t> count = whole_number(written);
    b.count = count.value_or(1);
    if (count) return;
    b.sink.report(DiagnosticId::number_too_large, b.span(in.begin(), in.begin() + written.size()),
                  {written}, "write a smaller number");
}

// ------------------------------------------------------------ operands

/// A path with quoted segments (`args."order-id"`) is kept without the quotes.
inline std::string_view path_text(std::string_view written, Builder& b) {
    if (written.find('"') == std::string_view::npos) return written;
    std::string plain = decode_escapes(written, false).text;
    std::erase(plain, '"');
    return b.keep(std::move(plain));
}

PROVISO_ON(path_value) {
    b.push_expr(ast::ExprKind::path, place(in, b)).text = path_text(view(in), b);
}

PROVISO_ON(call_tail) {
    const ast::Range32 items = b.take_items(b.offset(in.begin()));
    ast::Expr& call = b.top_expr();
    call.kind = ast::ExprKind::call;
    call.items = items;
    call.span.end = b.offset(in.end());
    b.operands.back().end = call.span.end;
}

PROVISO_ON(index_tail) {
    const ast::Range32 keys = b.take_items(b.offset(in.begin()));
    const Operand table = b.operands.back();
    b.operands.pop_back();
    ast::Expr& index =
        b.push_expr(ast::ExprKind::index, {b.source, table.begin, b.offset(in.end())});
    index.a = table.id;
    index.items = keys;
}

PROVISO_ON(member_name) {
    const Operand object = b.operands.back();
    b.operands.pop_back();
    ast::Expr& member =
        b.push_expr(ast::ExprKind::member, {b.source, object.begin, b.offset(in.end())});
    member.a = object.id;
    member.text = view(in);
    member.op_span = place(in, b);
}

PROVISO_ON(list_expression) {
    const ast::Range32 items = b.take_items(b.offset(in.begin()));
    b.push_expr(ast::ExprKind::list, place(in, b)).items = items;
}

PROVISO_ON(bracketed_expression) {
    b.top_expr().bracketed = true;
    b.operands.back().begin = b.offset(in.begin());
    b.operands.back().end = b.offset(in.end());
}

inline ast::Quantifier quantifier_of(std::string_view word) {
    if (word.starts_with("any")) return ast::Quantifier::any;
    if (word.starts_with("all")) return ast::Quantifier::all;
    if (word.starts_with("count")) return ast::Quantifier::count;
    return ast::Quantifier::sum;
}

PROVISO_ON(quantifier_expression) {
    const ast::ExprId body = b.pop_operand();
    const ast::ExprId list = b.pop_operand();
    ast::Expr& expr = b.push_expr(ast::ExprKind::quantifier, place(in, b));
    expr.quantifier = quantifier_of(view(in));
    const ast::Name variable = b.pop_name();
    expr.text = variable.text;
    expr.op_span = variable.span;
    expr.a = list;
    expr.b = body;
}

// ------------------------------------------------------------ operators

inline void push_operator(const Match& in, Builder& b, ast::BinaryOp binary) {
    b.operators.push_back({binary, ast::UnaryOp::logical_not, place(in, b)});
}
inline void push_unary(const Match& in, Builder& b, ast::UnaryOp unary) {
    b.operators.push_back({ast::BinaryOp::equal, unary, place(in, b)});
}

PROVISO_ON(not_word) {
    push_unary(in, b, ast::UnaryOp::logical_not);
}
PROVISO_ON(has_word) {
    push_unary(in, b, ast::UnaryOp::has);
}
PROVISO_ON(missing_word) {
    push_unary(in, b, ast::UnaryOp::missing);
}
PROVISO_ON(or_word) {
    push_operator(in, b, ast::BinaryOp::logical_or);
}
PROVISO_ON(and_word) {
    push_operator(in, b, ast::BinaryOp::logical_and);
}
PROVISO_ON(equal_sign) {
    push_operator(in, b, ast::BinaryOp::equal);
}
PROVISO_ON(not_equal_sign) {
    push_operator(in, b, ast::BinaryOp::not_equal);
}
PROVISO_ON(less_sign) {
    push_operator(in, b, ast::BinaryOp::less);
}
PROVISO_ON(less_equal_sign) {
    push_operator(in, b, ast::BinaryOp::less_equal);
}
PROVISO_ON(greater_sign) {
    push_operator(in, b, ast::BinaryOp::greater);
}
PROVISO_ON(greater_equal_sign) {
    push_operator(in, b, ast::BinaryOp::greater_equal);
}
PROVISO_ON(is_in) {
    push_operator(in, b, ast::BinaryOp::in);
}
PROVISO_ON(is_not_in) {
    push_operator(in, b, ast::BinaryOp::not_in);
}
PROVISO_ON(like_word) {
    push_operator(in, b, ast::BinaryOp::like);
}
PROVISO_ON(matches_word) {
    push_operator(in, b, ast::BinaryOp::matches);
}
PROVISO_ON(plus_sign) {
    push_operator(in, b, ast::BinaryOp::add);
}
PROVISO_ON(minus_sign) {
    push_operator(in, b, ast::BinaryOp::subtract);
}
PROVISO_ON(times_sign) {
    push_operator(in, b, ast::BinaryOp::multiply);
}
PROVISO_ON(coalesce_sign) {
    push_operator(in, b, ast::BinaryOp::coalesce);
}
PROVISO_ON(is_word) {
    push_operator(in, b, ast::BinaryOp::equal);
}
PROVISO_ON(is_not_word) {
    b.operators.back().binary = ast::BinaryOp::not_equal;
}

inline void reduce_binary(Builder& b) {
    b.binary(b.operators.back().binary);
}

PROVISO_ON(product_tail) {
    reduce_binary(b);
}
PROVISO_ON(sum_tail) {
    reduce_binary(b);
}
PROVISO_ON(coalesce_tail) {
    reduce_binary(b);
}
PROVISO_ON(relation_tail) {
    reduce_binary(b);
}
PROVISO_ON(in_tail) {
    reduce_binary(b);
}
PROVISO_ON(and_tail) {
    reduce_binary(b);
}
PROVISO_ON(or_tail) {
    reduce_binary(b);
}

inline void reduce_unary(Builder& b) {
    const PendingOperator pending = b.operators.back();
    b.operators.pop_back();
    const Operand operand = b.operands.back();
    b.operands.pop_back();
    ast::Expr& expr =
        b.push_expr(ast::ExprKind::unary, {b.source, pending.span.begin, operand.end});
    expr.unary = pending.unary;
    expr.op_span = pending.span;
    expr.a = operand.id;
}

PROVISO_ON(negation) {
    reduce_unary(b);
}
PROVISO_ON(presence_expression) {
    reduce_unary(b);
}

PROVISO_ON(range_tail) {
    const Operand high = b.operands.back();
    b.operands.pop_back();
    const Operand low = b.operands.back();
    b.operands.pop_back();
    ast::Expr& range = b.push_expr(ast::ExprKind::range, {b.source, low.begin, high.end});
    range.a = low.id;
    range.b = high.id;
}

/// What `path is word` means where `path` is no party.
inline std::string value_test_help(std::string_view path, std::string_view word, bool negated) {
    for (const std::string_view absent :
         {"null", "nil", "none", "None", "empty", "absent", "undefined"}) {
        if (word == absent) return presence_help(path, negated);
    }
    for (const std::string_view there : {"set", "present", "there", "given", "defined"}) {
        if (word == there) return presence_help(path, !negated);
    }
    for (const std::string_view more : {"greater", "more", "over", "above"}) {
        if (word == more) return "compare values with `>`";
    }
    for (const std::string_view less : {"less", "fewer", "under", "below"}) {
        if (word == less) return "compare values with `<`";
    }
    return negated ? "compare values with `!=`" : "compare values with `==`";
}

PROVISO_ON(is_tail) {
    const ast::Name role = b.pop_name();
    const PendingOperator pending = b.operators.back();
    b.operators.pop_back();
    const Operand party = b.operands.back();
    b.operands.pop_back();
    const ast::Expr tested = b.file.expr(party.id);
    ast::Expr& expr = b.push_expr(ast::ExprKind::role_test, {b.source, party.begin, role.span.end});
    expr.text = tested.text;
    expr.name = role.text;
    expr.op_span = role.span;
    expr.value = pending.binary == ast::BinaryOp::not_equal ? 1 : 0;
    const bool is_party = tested.kind == ast::ExprKind::path && !tested.bracketed &&
                          (tested.text == "principal" || tested.text == "agent");
    if (is_party) return;
    const std::string_view path = tested.kind == ast::ExprKind::path ? tested.text : "x";
    b.sink.report(DiagnosticId::is_needs_party, tested.span, {},
                  value_test_help(path, role.text, expr.value == 1));
}

// ------------------------------------------------------------ types

PROVISO_ON(named_type) {
    const ast::Name name = b.pop_name();
    b.push_type(ast::TypeKind::named, name.span).name = name;
}

PROVISO_ON(enum_type) {
    const Span span = b.token_span(in);
    std::vector<ast::Name> words = b.take_names(span.begin);
    ast::TypeExpr& type = b.push_type(ast::TypeKind::enumeration, span);
    type.words = std::move(words);
    type.ordered = std::exchange(b.ordered_enum, false);
}

PROVISO_ON(ordered_words) {
    b.ordered_enum = true;
}

PROVISO_ON(list_type) {
    const ast::TypeId element = b.pop_type();
    b.push_type(ast::TypeKind::list, b.token_span(in)).element = element;
}

PROVISO_ON(field) {
    const ast::TypeId type = b.pop_type();
    const ast::Name name = b.pop_name();
    b.fields.push_back({{name, type}, name.span.begin});
}

PROVISO_ON(record_type) {
    std::vector<ast::FieldDecl> fields = b.take_fields(b.offset(in.begin()));
    ast::TypeExpr& type = b.push_type(ast::TypeKind::record, b.token_span(in));
    type.fields = std::move(fields);
    type.open = *in.begin() != '{';
}

PROVISO_ON(optional_mark) {
    b.top_type().optional = true;
    b.top_type().span.end = b.token_span(in).end;
}

/// A constraint of a kind that the type has already.
inline bool repeated(bool has_it, const Match& in, Builder& b, std::string_view word) {
    if (has_it) {
        b.sink.report(DiagnosticId::clause_twice, b.token_span(in), {word}, "keep one of them");
    }
    return has_it;
}

PROVISO_ON(with_constraint) {
    const ast::Name field = b.pop_name();
    ast::TypeExpr& type = b.top_type();
    if (repeated(type.money_form != ast::MoneyForm::plain, in, b, "with")) return;
    type.money_form = ast::MoneyForm::with_field;
    type.money_name = field;
}

PROVISO_ON(zone_constraint) {
    if (repeated(b.top_type().zone.has_value(), in, b, "in")) return;
    b.top_type().zone = b.text;
}

PROVISO_ON(currency_constraint) {
    ast::TypeExpr& type = b.top_type();
    if (repeated(type.money_form != ast::MoneyForm::plain, in, b, "in")) return;
    type.money_form = ast::MoneyForm::in_currency;
    type.money_name = {view(in).substr(0, 3), b.span(in.begin(), in.begin() + 3), false};
}

PROVISO_ON(range_constraint) {
    const ast::ExprId high = b.pop_operand();
    const ast::ExprId low = b.pop_operand();
    ast::TypeExpr& type = b.top_type();
    if (repeated(type.low != ast::no_expr, in, b, "in")) return;
    type.low = low;
    type.high = high;
}

PROVISO_ON(minor_constraint) {
    b.top_type().minor = true;
}

PROVISO_ON(length_constraint) {
    const ast::ExprId high = b.pop_operand();
    const ast::ExprId low = b.pop_operand();
    ast::TypeExpr& type = b.top_type();
    if (repeated(type.length_low != ast::no_expr, in, b, "length")) return;
    type.length_low = low;
    type.length_high = high;
}

PROVISO_ON(matches_constraint) {
    if (repeated(b.top_type().pattern.has_value(), in, b, "matches")) return;
    b.top_type().pattern = b.text;
}

PROVISO_ON(type_constraint) {
    b.top_type().span.end = b.token_span(in).end;
}

}  // namespace proviso::grammar
