// `+`, `-`, `*` and `??`. A chain is folded from its left end, whatever its length.

#include <algorithm>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/model/currency.h"

namespace proviso::check {
namespace {

bool is_arithmetic(const ast::Expr& expr) {
    if (expr.kind != ast::ExprKind::binary) return false;
    return expr.binary == ast::BinaryOp::add || expr.binary == ast::BinaryOp::subtract ||
           expr.binary == ast::BinaryOp::multiply || expr.binary == ast::BinaryOp::coalesce;
}

NodeKind node_kind(ast::BinaryOp op) {
    if (op == ast::BinaryOp::add) return NodeKind::add;
    return op == ast::BinaryOp::subtract ? NodeKind::subtract : NodeKind::multiply;
}

Typed refuse(Context& context, const ast::Expr& expr, const Typed& a, const Typed& b) {
    const std::string left = described(context, a.type);
    const std::string right = described(context, b.type);
    const bool numbers = context.kind(a.type) == Kind::money || context.kind(b.type) == Kind::money;
    const std::string help =
        numbers ? "write the currency, as in `5 " + sample_code(context, a.type, b.type) + "`"
                : std::string();
    switch (node_kind(expr.binary)) {
        case NodeKind::add:
            context.report(DiagnosticId::cannot_add, expr.span, {left, right}, help);
            break;
        case NodeKind::subtract:
            context.report(DiagnosticId::cannot_subtract, expr.span, {right, left}, help);
            break;
        default: context.report(DiagnosticId::cannot_multiply, expr.span, {left, right}); break;
    }
    return make_bad(context);
}

bool is_time_or_date(Kind kind) {
    return kind == Kind::time || kind == Kind::date;
}

bool adds(Kind kind) {
    return kind == Kind::integer || kind == Kind::decimal || kind == Kind::money ||
           kind == Kind::duration;
}

/// The type of a sum or difference of one kind.
TypeId sum_type(Context& context, const Typed& a, const Typed& b) {
    if (context.kind(a.type) != Kind::money) return scalar(context, context.kind(a.type));
    const model::Currency left = context.type(a.type).currency;
    const model::Currency right = context.type(b.type).currency;
    return money_in(context, left == right ? left : 0);
}

std::optional<TypeId> additive_type(Context& context, ast::BinaryOp op, Typed& a, Typed& b) {
    const Kind left = context.kind(a.type);
    const Kind right = context.kind(b.type);
    if (is_time_or_date(left) && right == Kind::duration) return scalar(context, left);
    if (op == ast::BinaryOp::add && left == Kind::duration && is_time_or_date(right)) {
        return scalar(context, right);
    }
    if (op == ast::BinaryOp::subtract && is_time_or_date(left) && left == right) {
        return scalar(context, Kind::duration);
    }
    if (!unify(context, a, b) || !adds(context.kind(a.type))) return std::nullopt;
    return sum_type(context, a, b);
}

std::optional<TypeId> product_type(Context& context, Typed& a, Typed& b) {
    const auto number = [&](const Typed& value) {
        return is_kind(context, value, Kind::integer) || is_kind(context, value, Kind::decimal);
    };
    if (is_kind(context, a, Kind::integer) && is_kind(context, b, Kind::duration)) std::swap(a, b);
    if (is_kind(context, a, Kind::duration) && is_kind(context, b, Kind::integer)) {
        return scalar(context, Kind::duration);
    }
    if (is_kind(context, a, Kind::money) && number(b)) {
        if (is_kind(context, b, Kind::integer)) b = widened(context, b);
        return money_in(context, context.type(a.type).currency);
    }
    if (number(a) && is_kind(context, b, Kind::money)) {
        if (is_kind(context, a, Kind::integer)) a = widened(context, a);
        return money_in(context, context.type(b.type).currency);
    }
    if (!number(a) || !number(b) || !unify(context, a, b)) return std::nullopt;
    return scalar(context, context.kind(a.type));
}

Typed coalesced(Context& context, const ast::Expr& expr, Typed a, Typed b) {
    if (!is_optional(context, a.type)) {
        context.report(DiagnosticId::always_there, expr.op_span, {"??"},
                       always_there_help(context, a));
        return make_bad(context);
    }
    if (!unify(context, a, b)) {
        context.report(DiagnosticId::coalesce_types, expr.span,
                       {described(context, a.type), described(context, b.type)});
        return make_bad(context);
    }
    const bool optional = is_optional(context, b.type);
    const TypeId type = merged(context, with_optional(context, a.type, false),
                               with_optional(context, b.type, false));
    Node node;
    node.kind = NodeKind::coalesce;
    node.a = a.node;
    node.b = b.node;
    node.span = expr.span;
    return make(context, node, with_optional(context, type, optional));
}

Typed combined(Context& context, const ast::Expr& expr, Typed a, Typed b) {
    if (a.bad() || b.bad()) return make_bad(context);
    if (expr.binary == ast::BinaryOp::coalesce) return coalesced(context, expr, a, b);
    const bool product = expr.binary == ast::BinaryOp::multiply;
    const std::optional<TypeId> type =
        product ? product_type(context, a, b) : additive_type(context, expr.binary, a, b);
    if (!type) return refuse(context, expr, a, b);
    if (!product && currencies_differ(context, a.type, b.type)) {
        context.report(DiagnosticId::currencies_compared, expr.span,
                       {model::unpack_currency(context.type(a.type).currency),
                        model::unpack_currency(context.type(b.type).currency)},
                       "amounts in two currencies do not add up");
        return make_bad(context);
    }
    Node node;
    node.kind = node_kind(expr.binary);
    node.a = a.node;
    node.b = b.node;
    node.span = expr.span;
    return make(context, node, *type);
}

}  // namespace

Typed elaborate_arithmetic(Context& context, Scope& scope, ast::ExprId id, TypeId expected) {
    const PolarityGuard guard(scope, 0);
    std::vector<const ast::Expr*> chain;
    for (const ast::Expr* expr = &scope.file->expr(id); is_arithmetic(*expr);
         expr = &scope.file->expr(expr->a)) {
        chain.push_back(expr);
    }
    const ast::Expr& innermost = *chain.back();
    const Pair pair = elaborate_pair(context, scope, innermost.a, innermost.b, expected);
    Typed value = combined(context, innermost, pair.a, pair.b);
    for (auto outer = chain.rbegin() + 1; outer != chain.rend(); ++outer) {
        const Typed right = elaborate(context, scope, (*outer)->b, value.type);
        value = combined(context, **outer, value, right);
    }
    return value;
}

}  // namespace proviso::check
