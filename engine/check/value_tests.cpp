// `like`, `matches`, `has` and `missing`: tests of one value.

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {

Typed elaborate_text_test(Context& context, Scope& scope, const ast::Expr& expr) {
    const PolarityGuard guard(scope, 0);
    const bool like = expr.binary == ast::BinaryOp::like;
    const ast::Expr& pattern = scope.file->expr(expr.b);
    const Typed value = elaborate(context, scope, expr.a, scalar(context, Kind::string));
    if (pattern.kind != ast::ExprKind::string) {
        context.report(DiagnosticId::pattern_not_literal, pattern.span, {like ? "like" : "matches"},
                       like ? "write `like \"prefix*\"`" : "write `matches r\"…\"`");
        return make_bad(context);
    }
    const bool good = like || check_pattern(context, pattern.text, pattern.span, pattern.raw);
    if (value.bad() || !good) return make_bad(context);
    if (context.kind(value.type) != Kind::string) {
        const bool opaque = context.kind(value.type) == Kind::opaque;
        context.report(DiagnosticId::text_test_on, scope.file->expr(expr.a).span,
                       {like ? "like" : "matches", described(context, value.type)},
                       opaque ? std::string(opaque_help) : "");
        return make_bad(context);
    }
    Node node;
    node.kind = like ? NodeKind::like : NodeKind::matches;
    node.a = value.node;
    node.text = keep_text(context, pattern.text);
    node.span = expr.span;
    return make_bool(context, node);
}

Typed elaborate_presence(Context& context, Scope& scope, const ast::Expr& expr) {
    const PolarityGuard guard(scope, 0);
    const bool has = expr.unary == ast::UnaryOp::has;
    const TypeId hint = with_optional(context, scalar(context, Kind::opaque), false);
    const bool open = is_open_arg(context, scope, scope.file->expr(expr.a));
    const Typed value = elaborate(context, scope, expr.a, open ? hint : model::no_type);
    if (value.bad()) return value;
    if (!is_optional(context, value.type)) {
        context.report(DiagnosticId::always_there, expr.span, {has ? "has" : "missing"},
                       always_there_help(context, value));
        return make_bad(context);
    }
    Node node;
    node.kind = NodeKind::has;
    node.a = value.node;
    node.negated = !has;
    node.span = expr.span;
    return make_bool(context, node);
}

}  // namespace proviso::check
