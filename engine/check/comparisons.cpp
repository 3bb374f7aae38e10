// `==`, `<` and their kin, and how two sides tell each other their types.

#include "engine/check/arguments.h"
#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/model/currency.h"

namespace proviso::check {

CompareOp mirrored(CompareOp op) {
    switch (op) {
        case CompareOp::less: return CompareOp::greater;
        case CompareOp::less_equal: return CompareOp::greater_equal;
        case CompareOp::greater: return CompareOp::less;
        case CompareOp::greater_equal: return CompareOp::less_equal;
        case CompareOp::equal:
        case CompareOp::not_equal: break;
    }
    return op;
}

namespace {

CompareOp compare_op(ast::BinaryOp op) {
    switch (op) {
        case ast::BinaryOp::not_equal: return CompareOp::not_equal;
        case ast::BinaryOp::less: return CompareOp::less;
        case ast::BinaryOp::less_equal: return CompareOp::less_equal;
        case ast::BinaryOp::greater: return CompareOp::greater;
        case ast::BinaryOp::greater_equal: return CompareOp::greater_equal;
        case ast::BinaryOp::equal:
        case ast::BinaryOp::logical_or:
        case ast::BinaryOp::logical_and:
        case ast::BinaryOp::in:
        case ast::BinaryOp::not_in:
        case ast::BinaryOp::like:
        case ast::BinaryOp::matches:
        case ast::BinaryOp::add:
        case ast::BinaryOp::subtract:
        case ast::BinaryOp::multiply:
        case ast::BinaryOp::coalesce: break;
    }
    return CompareOp::equal;
}

bool is_equality(CompareOp op) {
    return op == CompareOp::equal || op == CompareOp::not_equal;
}

/// A date beside a time. What is written out is written as the other one.
std::string_view date_help(const Context& context, const Typed& a, const Typed& b) {
    const bool left_is_time = context.kind(a.type) == Kind::time;
    const Typed& time = left_is_time ? a : b;
    const Typed& date = left_is_time ? b : a;
    if (is_constant(context, time)) return "write a date: `2026-12-20`";
    if (is_constant(context, date)) return "write a time: `2026-12-20T00:00Z`";
    return "a time has a date by the clocks of a zone: `local(time, \"Europe/Berlin\").date`";
}

std::string mismatch_help(const Context& context, const Typed& a, const Typed& b) {
    const Kind left = context.kind(a.type);
    const Kind right = context.kind(b.type);
    const auto either = [&](Kind one, Kind other) {
        return (left == one && right == other) || (left == other && right == one);
    };
    const bool number = left == Kind::integer || left == Kind::decimal || right == Kind::integer ||
                        right == Kind::decimal;
    if (number && (left == Kind::money || right == Kind::money)) {
        return "write the currency, as in `500 " + sample_code(context, a.type, b.type) +
               "`, or compare `.amount`";
    }
    if (number && (left == Kind::duration || right == Kind::duration)) {
        return "write a duration with its unit, as in `24h`";
    }
    if (number && (left == Kind::string || right == Kind::string)) {
        return "a number is written without quotes";
    }
    if (either(Kind::money, Kind::string)) {
        return "write an amount without quotes, as in `500 " +
               sample_code(context, a.type, b.type) + "`";
    }
    if (either(Kind::date, Kind::string)) return "write a date without quotes";
    if (either(Kind::time, Kind::string)) return "write a time without quotes";
    if (either(Kind::time, Kind::date)) return std::string(date_help(context, a, b));
    if (left == Kind::list || right == Kind::list) return "use `in`, `any` or `all`";
    if (left == Kind::opaque || right == Kind::opaque) return std::string(opaque_help);
    return {};
}

Typed no_order(Context& context, TypeId type, Span span) {
    const bool words = context.kind(type) == Kind::enumeration;
    context.report(DiagnosticId::not_ordered, span, {described(context, type)},
                   words ? "declare it with `<` between its words, or test `in [ … ]`"
                         : "use `==` or `in [ … ]`");
    return make_bad(context);
}

bool is_open(Context& context, const Scope& scope, std::string_view path,
             const Resolved& resolved) {
    if (resolved.kind != NameKind::argument || resolved.length != path.size()) return false;
    const ArgRead read = read_argument(context, scope, path.substr(5), model::no_type);
    return read.state == ArgRead::State::open;
}

/// Whether the name is one that has a type of its own.
bool is_typed_path(Context& context, const Scope& scope, std::string_view path) {
    const Resolved resolved = resolve(context, scope, path);
    return resolved.kind != NameKind::nothing && !is_open(context, scope, path, resolved);
}

/// A word on one side that is also a name: which of them was meant?
bool is_name_and_word(Context& context, const Scope& scope, ast::ExprId id, const Typed& other) {
    const ast::Expr& expr = scope.file->expr(id);
    if (expr.kind != ast::ExprKind::path || other.bad()) return false;
    if (!word_ordinal(context, other.type, expr.text)) return false;
    if (resolve(context, scope, expr.text).kind == NameKind::nothing) return false;
    context.report(DiagnosticId::name_or_word, expr.span,
                   {expr.text, enum_name(context, other.type)},
                   "quote it to mean the word: `\"" + std::string(expr.text) + "\"`");
    return true;
}

}  // namespace

Typed incomparable(Context& context, const Typed& a, const Typed& b, Span span) {
    const bool enums =
        context.kind(a.type) == Kind::enumeration && context.kind(b.type) == Kind::enumeration;
    context.report(DiagnosticId::incomparable, span,
                   {described(context, a.type), described(context, b.type)},
                   enums ? "words of different declarations never compare: use one named type"
                         : mismatch_help(context, a, b));
    return make_bad(context);
}

Typed two_currencies(Context& context, const Typed& a, const Typed& b, Span span) {
    context.report(DiagnosticId::currencies_compared, span,
                   {model::unpack_currency(context.type(a.type).currency),
                    model::unpack_currency(context.type(b.type).currency)},
                   "amounts in two currencies do not compare");
    return make_bad(context);
}

bool comparable_kind(Kind kind) {
    return kind != Kind::list && kind != Kind::record && kind != Kind::opaque;
}

bool is_open_arg(Context& context, const Scope& scope, const ast::Expr& expr) {
    if (expr.kind != ast::ExprKind::path) return false;
    return is_open(context, scope, expr.text, resolve(context, scope, expr.text));
}

Typed compare_nodes(Context& context, Scope& scope, CompareOp op, Typed a, Typed b, Span span) {
    (void)scope;
    if (a.bad() || b.bad()) return make_bad(context);
    if (!unify(context, a, b)) return incomparable(context, a, b, span);
    if (!comparable_kind(context.kind(a.type))) return incomparable(context, a, b, span);
    if (!is_equality(op) && !is_ordered(context, a.type)) return no_order(context, a.type, span);
    if (currencies_differ(context, a.type, b.type)) return two_currencies(context, a, b, span);
    Node node;
    node.kind = NodeKind::compare;
    node.op = op;
    node.a = a.node;
    node.b = b.node;
    node.span = span;
    return make_bool(context, node);
}

void note_currency(Context& context, Scope& scope, const ast::Expr& expr, const Typed& value,
                   const Typed& other) {
    if (scope.reads == nullptr || !is_kind(context, value, Kind::money)) return;
    const bool known = context.type(value.type).currency != 0;
    const bool other_known = context.type(other.type).currency != 0;
    if (known || !other_known) return;
    const bool path = expr.kind == ast::ExprKind::path;
    scope.reads->any_currency.push_back({path ? expr.text : std::string_view{}, expr.span});
}

Standing standing_of(Context& context, const Scope& scope, ast::ExprId id) {
    const ast::Expr& expr = scope.file->expr(id);
    switch (expr.kind) {
        case ast::ExprKind::number:
        case ast::ExprKind::string: return Standing::literal;
        case ast::ExprKind::path:
            return is_typed_path(context, scope, expr.text) ? Standing::alone
                                                            : Standing::needs_type;
        case ast::ExprKind::list: return Standing::literal;
        case ast::ExprKind::money:
        case ast::ExprKind::boolean:
        case ast::ExprKind::duration:
        case ast::ExprKind::date:
        case ast::ExprKind::time:
        case ast::ExprKind::index:
        case ast::ExprKind::member:
        case ast::ExprKind::call:
        case ast::ExprKind::quantifier:
        case ast::ExprKind::unary:
        case ast::ExprKind::binary:
        case ast::ExprKind::role_test:
        case ast::ExprKind::range: return Standing::alone;
    }
    return Standing::alone;
}

TypeId hint_from(Context& context, const Scope& scope, const Typed& typed, ast::ExprId typed_expr,
                 ast::ExprId other) {
    // An undeclared arg beside a whole number may bring a fraction.
    const bool whole = scope.file->expr(typed_expr).kind == ast::ExprKind::number &&
                       context.kind(typed.type) == Kind::integer;
    if (whole && is_open_arg(context, scope, scope.file->expr(other))) {
        return scalar(context, Kind::decimal);
    }
    return typed.type;
}

Pair elaborate_pair(Context& context, Scope& scope, ast::ExprId a, ast::ExprId b, TypeId expected) {
    const bool b_first = standing_of(context, scope, b) < standing_of(context, scope, a);
    const ast::ExprId first = b_first ? b : a;
    const ast::ExprId second = b_first ? a : b;
    const Typed bad = make_bad(context);
    const Typed one = elaborate(context, scope, first, expected);
    const bool lost = one.bad() && standing_of(context, scope, second) == Standing::needs_type;
    if (lost) return {bad, bad};
    const TypeId hint = one.bad() ? model::no_type : hint_from(context, scope, one, first, second);
    const Typed two = elaborate(context, scope, second, hint);
    if (one.bad() || two.bad()) return {bad, bad};
    if (is_name_and_word(context, scope, first, two)) return {bad, bad};
    return b_first ? Pair{two, one} : Pair{one, two};
}

Typed elaborate_compare(Context& context, Scope& scope, const ast::Expr& expr) {
    const CompareOp op = compare_op(expr.binary);
    if (is_tier(scope, expr.a)) return elaborate_tier_test(context, scope, expr, expr.b, op);
    if (is_tier(scope, expr.b)) {
        return elaborate_tier_test(context, scope, expr, expr.a, mirrored(op));
    }
    const PolarityGuard guard(scope, 0);
    const Pair pair = elaborate_pair(context, scope, expr.a, expr.b);
    if (pair.a.bad()) return pair.a;
    note_currency(context, scope, scope.file->expr(expr.a), pair.a, pair.b);
    note_currency(context, scope, scope.file->expr(expr.b), pair.b, pair.a);
    return compare_nodes(context, scope, op, pair.a, pair.b, expr.span);
}

}  // namespace proviso::check
