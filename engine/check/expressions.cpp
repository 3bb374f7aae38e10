// See expressions.h: the dispatch by kind, conditions and their connectives.

#include "engine/check/expressions.h"

#include <algorithm>
#include <span>

#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

bool is_connective(const ast::Expr& expr, ast::BinaryOp op) {
    return expr.kind == ast::ExprKind::binary && expr.binary == op;
}

/// Pushes all operands of a chain of one connective, from the left; chains may be of any length.
void push_operands(Context& context, const ast::File& file, ast::ExprId id, ast::BinaryOp op) {
    std::vector<ast::ExprId>& open = context.open_operands;
    open.push_back(id);
    while (!open.empty()) {
        const ast::ExprId next = open.back();
        open.pop_back();
        const ast::Expr& expr = file.expr(next);
        if (!is_connective(expr, op)) {
            context.operands.push_back(next);
            continue;
        }
        open.push_back(expr.b);
        open.push_back(expr.a);
    }
}

void warn_mixed(Context& context, const ast::File& file, ast::ExprId operand) {
    const ast::Expr& expr = file.expr(operand);
    if (!is_connective(expr, ast::BinaryOp::logical_and) || expr.bracketed) return;
    context.report(DiagnosticId::or_beside_and, expr.op_span, {},
                   "`and` binds tighter: put brackets around what belongs together");
}

Typed elaborate_connective(Context& context, Scope& scope, ast::ExprId id) {
    const ast::BinaryOp op = scope.file->expr(id).binary;
    const bool is_or = op == ast::BinaryOp::logical_or;
    const std::size_t first_operand = context.operands.size();
    const std::size_t first_item = context.items.size();
    push_operands(context, *scope.file, id, op);
    const std::size_t end = context.operands.size();
    bool bad = false;
    bool warned = false;
    for (std::size_t i = first_operand; i < end; ++i) {
        const ast::ExprId operand = context.operands[i];
        const std::size_t before = context.sink.warning_count();
        if (is_or && !warned) warn_mixed(context, *scope.file, operand);
        warned = warned || context.sink.warning_count() != before;
        const Typed typed = elaborate_condition(context, scope, operand);
        bad = bad || typed.bad();
        context.items.push_back(typed.node);
    }
    const Range items = add_items(context, std::span(context.items).subspan(first_item));
    context.operands.resize(first_operand);
    context.items.resize(first_item);
    if (bad) return make_bad(context);
    Node node;
    node.kind = is_or ? NodeKind::logical_or : NodeKind::logical_and;
    node.span = scope.file->expr(id).span;
    node.items = items;
    return make_bool(context, node);
}

Typed elaborate_not(Context& context, Scope& scope, const ast::Expr& expr) {
    const PolarityGuard guard(scope, -1);
    const Typed inner = elaborate_condition(context, scope, expr.a);
    if (inner.bad()) return inner;
    Node node;
    node.kind = NodeKind::logical_not;
    node.span = expr.span;
    node.a = inner.node;
    return make_bool(context, node);
}

Typed elaborate_role_test(Context& context, Scope& scope, const ast::Expr& expr) {
    ast::Name name;
    name.text = expr.name;
    name.span = expr.span;
    const auto length = static_cast<std::uint32_t>(name.text.size());
    if (expr.span.end - expr.span.begin > length) name.span.begin = expr.span.end - length;
    const RoleId role = find_role(context, name);
    if (role == no_role) return make_bad(context);
    read_host(scope);
    Node node;
    node.kind = NodeKind::role_test;
    node.span = expr.span;
    node.party = expr.text == "agent" ? Party::agent : Party::principal;
    node.role = role;
    node.negated = expr.value != 0;
    return make_bool(context, node);
}

Typed elaborate_unary(Context& context, Scope& scope, const ast::Expr& expr) {
    switch (expr.unary) {
        case ast::UnaryOp::logical_not: return elaborate_not(context, scope, expr);
        case ast::UnaryOp::has:
        case ast::UnaryOp::missing: return elaborate_presence(context, scope, expr);
    }
    return make_bad(context);
}

Typed elaborate_binary(Context& context, Scope& scope, ast::ExprId id, TypeId expected) {
    const ast::Expr& expr = scope.file->expr(id);
    switch (expr.binary) {
        case ast::BinaryOp::logical_or:
        case ast::BinaryOp::logical_and: return elaborate_connective(context, scope, id);
        case ast::BinaryOp::equal:
        case ast::BinaryOp::not_equal:
        case ast::BinaryOp::less:
        case ast::BinaryOp::less_equal:
        case ast::BinaryOp::greater:
        case ast::BinaryOp::greater_equal: return elaborate_compare(context, scope, expr);
        case ast::BinaryOp::in:
        case ast::BinaryOp::not_in: return elaborate_in(context, scope, expr);
        case ast::BinaryOp::like:
        case ast::BinaryOp::matches: return elaborate_text_test(context, scope, expr);
        case ast::BinaryOp::add:
        case ast::BinaryOp::subtract:
        case ast::BinaryOp::multiply:
        case ast::BinaryOp::coalesce: return elaborate_arithmetic(context, scope, id, expected);
    }
    return make_bad(context);
}

}  // namespace

Typed elaborate(Context& context, Scope& scope, ast::ExprId id, TypeId expected) {
    if (id == ast::no_expr) return make_bad(context);
    const ast::Expr& expr = scope.file->expr(id);
    switch (expr.kind) {
        case ast::ExprKind::number:
        case ast::ExprKind::money:
        case ast::ExprKind::string:
        case ast::ExprKind::boolean:
        case ast::ExprKind::duration:
        case ast::ExprKind::date:
        case ast::ExprKind::time: return elaborate_literal(context, expr, expected);
        case ast::ExprKind::path: return elaborate_path(context, scope, expr, expected);
        case ast::ExprKind::list: return elaborate_list(context, scope, expr, expected);
        case ast::ExprKind::index: return elaborate_table_read(context, scope, expr);
        case ast::ExprKind::member: return elaborate_member(context, scope, id);
        case ast::ExprKind::call: return elaborate_call(context, scope, expr);
        case ast::ExprKind::quantifier: return elaborate_quantifier(context, scope, expr);
        case ast::ExprKind::unary: return elaborate_unary(context, scope, expr);
        case ast::ExprKind::binary: return elaborate_binary(context, scope, id, expected);
        case ast::ExprKind::role_test: return elaborate_role_test(context, scope, expr);
        case ast::ExprKind::range: break;  // stands behind `in` alone, which takes it apart
    }
    return make_bad(context);
}

Typed elaborate_condition(Context& context, Scope& scope, ast::ExprId id) {
    const Typed typed = elaborate(context, scope, id, scalar(context, Kind::boolean));
    if (typed.bad() || is_kind(context, typed, Kind::boolean)) return typed;
    context.report(DiagnosticId::not_a_condition, scope.file->expr(id).span,
                   {described(context, typed.type)}, "compare it with something");
    return make_bad(context);
}

void read_agent(Scope& scope) {
    if (scope.reads != nullptr) scope.reads->agent = true;
}

void read_host(Scope& scope) {
    if (scope.reads != nullptr) scope.reads->host = true;
}

}  // namespace proviso::check
