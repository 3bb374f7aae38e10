// `in` and `not in`: written lists, ranges and list values.

#include <algorithm>
#include <array>

#include "engine/check/expressions.h"
#include "engine/check/functions.h"
#include "engine/check/literals.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/check/windows.h"
#include "engine/model/currency.h"

namespace proviso::check {
namespace {

/// `x in [a, b]` where the members are not constants: `x == a or x == b`.
Typed any_of(Context& context, Scope& scope, const Typed& value, const std::vector<Typed>& members,
             const ast::Expr& expr) {
    std::vector<NodeId> items;
    for (const Typed& member : members) {
        const Typed test = compare_nodes(context, scope, CompareOp::equal, value, member,
                                         context.set.node(member.node).span);
        if (test.bad()) return test;
        items.push_back(test.node);
    }
    return make_any_of(context, items, expr.binary != ast::BinaryOp::in, expr.span);
}

Typed in_list_node(Context& context, Scope& scope, const ast::Expr& expr, Typed value,
                   const Typed& list) {
    TypeId element = context.type(list.type).element;
    if (context.kind(value.type) == Kind::integer && context.kind(element) == Kind::decimal) {
        value = widened(context, value);
    }
    const Typed member{list.node, element};
    if (!context.set.types.same_base(value.type, element)) {
        return incomparable(context, value, member, expr.span);
    }
    if (!comparable_kind(context.kind(element))) {
        return incomparable(context, value, member, expr.span);
    }
    if (currencies_differ(context, value.type, element)) {
        return two_currencies(context, value, member, expr.span);
    }
    note_currency(context, scope, scope.file->expr(expr.a), value, member);
    Node node;
    node.kind = NodeKind::in_list;
    node.a = value.node;
    node.b = list.node;
    node.negated = expr.binary == ast::BinaryOp::not_in;
    node.span = expr.span;
    return make_bool(context, node);
}

Typed constant_list(Context& context, const std::vector<Typed>& members, Span span) {
    std::vector<Value>& values = context.set.lists.emplace_back();
    model::Type element = context.type(members.front().type);
    for (const Typed& member : members) {
        values.push_back(context.set.node(member.node).value);
        if (context.type(member.type).currency != element.currency) element.currency = 0;
    }
    const auto count = static_cast<std::uint32_t>(values.size());
    return make_constant(context, model::of_elements(values.data(), count),
                         list_of(context, intern(context, element)), span);
}

/// The value and the members of a written list, each helped by the other's type.
Typed in_written_list(Context& context, Scope& scope, const ast::Expr& expr) {
    const ast::Expr& list = scope.file->expr(expr.b);
    if (list.items.count == 0) {
        context.report(DiagnosticId::empty_list, list.span);
        return make_bad(context);
    }
    const bool list_first = standing_of(context, scope, expr.a) == Standing::needs_type;
    Typed value;
    if (!list_first) value = elaborate(context, scope, expr.a);
    if (!list_first && value.bad()) return value;
    const TypeId hint = list_first ? model::no_type : value.type;
    std::optional<std::vector<Typed>> members = elaborate_members(context, scope, list, hint);
    if (!members) return make_bad(context);
    if (list_first) {
        const ast::ExprId first = scope.file->expr_items[list.items.begin];
        value = elaborate(context, scope, expr.a,
                          hint_from(context, scope, members->front(), first, expr.a));
    }
    if (value.bad()) return value;
    for (Typed& member : *members) {
        if (!unify(context, value, member)) {
            return incomparable(context, value, member, context.set.node(member.node).span);
        }
        if (!currencies_differ(context, value.type, member.type)) continue;
        return two_currencies(context, value, member, context.set.node(member.node).span);
    }
    const bool constant = std::all_of(members->begin(), members->end(), [&](const Typed& member) {
        return is_constant(context, member);
    });
    if (!constant) return any_of(context, scope, value, *members, expr);
    // A decimal further on widened the value: earlier members follow.
    for (Typed& member : *members) (void)unify(context, value, member);
    return in_list_node(context, scope, expr, value, constant_list(context, *members, list.span));
}

Typed in_range(Context& context, Scope& scope, const ast::Expr& expr) {
    const ast::Expr& range = scope.file->expr(expr.b);
    const Pair low = elaborate_pair(context, scope, expr.a, range.a);
    if (low.a.bad()) return low.a;
    if (context.kind(low.a.type) == Kind::list && context.kind(low.b.type) != Kind::list) {
        const std::string list(context.sources.text(scope.file->expr(expr.a).span));
        context.report(DiagnosticId::incomparable, expr.span,
                       {described(context, low.a.type), described(context, low.b.type)},
                       "a range holds members: `any(x in " + list + ": x in …)`, or `all`");
        return make_bad(context);
    }
    const Typed high = elaborate(context, scope, range.b, low.a.type);
    if (high.bad()) return high;
    const Typed above =
        compare_nodes(context, scope, CompareOp::greater_equal, low.a, low.b, expr.span);
    const Typed below =
        compare_nodes(context, scope, CompareOp::less_equal, low.a, high, expr.span);
    if (above.bad() || below.bad()) return make_bad(context);
    note_currency(context, scope, scope.file->expr(expr.a), low.a, low.b);
    Node node;
    node.kind = NodeKind::logical_and;
    node.span = expr.span;
    node.items = add_items(context, std::array{above.node, below.node});
    const Typed both = make_bool(context, node);
    if (expr.binary == ast::BinaryOp::in) return both;
    Node negation;
    negation.kind = NodeKind::logical_not;
    negation.span = expr.span;
    negation.a = both.node;
    return make_bool(context, negation);
}

/// `args.amount in "EUR"`; the types of both sides are not told yet.
std::string code_help(const Context& context, const Scope& scope, const ast::Expr& expr) {
    const std::string_view written = context.sources.text(scope.file->expr(expr.b).span);
    constexpr std::size_t quoted_code = 5;
    if (written.size() != quoted_code || written.front() != '"') return {};
    const auto code = model::pack_currency(written.substr(1, 3));
    if (!code || !model::is_iso_currency(*code)) return {};
    const std::string_view value = context.sources.text(scope.file->expr(expr.a).span);
    const std::string field = value.ends_with("currency") ? "" : ".currency";
    return "a code is compared: `" + std::string(value) + field + " == " + std::string(written) +
           "`";
}

Typed in_value(Context& context, Scope& scope, const ast::Expr& expr) {
    if (const Symbol* window = window_behind_in(context, scope, expr)) {
        return elaborate_in_window(context, scope, expr, *window);
    }
    if (is_cidr(scope.file->expr(expr.b))) return elaborate_in_cidr(context, scope, expr);
    const Typed list = elaborate(context, scope, expr.b);
    if (list.bad()) {
        const bool nothing_said = standing_of(context, scope, expr.a) != Standing::needs_type;
        if (nothing_said) (void)elaborate(context, scope, expr.a);
        return list;
    }
    if (context.kind(list.type) != Kind::list) {
        const bool text = context.kind(list.type) == Kind::string;
        const std::string code = text ? code_help(context, scope, expr) : std::string();
        if (!code.empty()) {
            context.report(DiagnosticId::not_a_list, scope.file->expr(expr.b).span,
                           {described(context, list.type)}, code);
            return make_bad(context);
        }
        context.report(DiagnosticId::not_a_list, scope.file->expr(expr.b).span,
                       {described(context, list.type)},
                       text ? "to search in a string use `like \"*…*\"`"
                            : "behind `in` stands a list `[a, b]` or a range `LOW .. HIGH`");
        return make_bad(context);
    }
    const TypeId element = context.type(list.type).element;
    const Typed value = elaborate(context, scope, expr.a, element);
    return value.bad() ? value : in_list_node(context, scope, expr, value, list);
}

}  // namespace

Typed elaborate_in(Context& context, Scope& scope, const ast::Expr& expr) {
    const PolarityGuard guard(scope, 0);
    switch (scope.file->expr(expr.b).kind) {
        case ast::ExprKind::list: return in_written_list(context, scope, expr);
        case ast::ExprKind::range: return in_range(context, scope, expr);
        case ast::ExprKind::number:
        case ast::ExprKind::money:
        case ast::ExprKind::string:
        case ast::ExprKind::boolean:
        case ast::ExprKind::duration:
        case ast::ExprKind::date:
        case ast::ExprKind::time:
        case ast::ExprKind::path:
        case ast::ExprKind::index:
        case ast::ExprKind::member:
        case ast::ExprKind::call:
        case ast::ExprKind::quantifier:
        case ast::ExprKind::unary:
        case ast::ExprKind::binary:
        case ast::ExprKind::role_test: break;
    }
    return in_value(context, scope, expr);
}

}  // namespace proviso::check
