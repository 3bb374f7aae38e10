// `any`, `all`, `count`, `sum` over lists, `length`, and reading tables.

#include <algorithm>
#include <array>

#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/functions.h"
#include "engine/check/habits.h"
#include "engine/check/limits.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

/// What a path may begin with, whatever the set declares.
constexpr std::array<std::string_view, 10> builtin_segments{
    "args",  "tool",     "stage",   "tier",      "time",
    "agent", "workflow", "undoing", "principal", "has_undo"};

/// Where the set declares what a variable of this name hides; nothing of another variable.
Span hidden_by(const Context& context, std::string_view name) {
    if (const Symbol* symbol = find_symbol(context, name)) return symbol->span;
    Span first{};
    for (const auto& [path, symbol] : context.attribute_symbols) {
        const bool within =
            path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '.');
        if (within && (first == Span{} || symbol.span.begin < first.begin)) first = symbol.span;
    }
    return first;
}

bool check_variable(Context& context, const Scope& scope, const ast::Expr& expr) {
    const std::string_view name = expr.text;
    const bool builtin =
        std::find(builtin_segments.begin(), builtin_segments.end(), name) != builtin_segments.end();
    bool taken = builtin || context.first_segments.contains(name) ||
                 find_symbol(context, name) != nullptr || find_value(context, name) != nullptr;
    for (std::uint32_t i = 0; i < scope.depth; ++i) {
        taken = taken || scope.variables[i].name == name;
    }
    if (!taken) return true;
    grammar::Diagnostic& said = context.report(
        DiagnosticId::variable_shadows, expr.op_span, {name},
        builtin ? "`" + std::string(name) + "` is a name of every set: choose another"
                : "choose a name that nothing else has");
    if (const Span other = hidden_by(context, name); other != Span{}) {
        add_note(said, other, "declared here");
    }
    return false;
}

Typed list_operand(Context& context, Scope& scope, ast::ExprId id) {
    const Typed list = elaborate(context, scope, id);
    if (list.bad() || context.kind(list.type) == Kind::list) return list;
    context.report(DiagnosticId::not_a_list, scope.file->expr(id).span,
                   {described(context, list.type)});
    return make_bad(context);
}

NodeKind loop_kind(ast::Quantifier quantifier) {
    switch (quantifier) {
        case ast::Quantifier::any: return NodeKind::any;
        case ast::Quantifier::all: return NodeKind::all;
        case ast::Quantifier::count: return NodeKind::count_if;
        case ast::Quantifier::sum: return NodeKind::sum_of;
    }
    return NodeKind::any;
}

Typed loop_body(Context& context, Scope& scope, const ast::Expr& expr) {
    const bool condition =
        expr.quantifier == ast::Quantifier::any || expr.quantifier == ast::Quantifier::all;
    const PolarityGuard guard(scope, condition ? 1 : 0);
    if (expr.quantifier != ast::Quantifier::sum) {
        return elaborate_condition(context, scope, expr.b);
    }
    const Typed value = elaborate(context, scope, expr.b);
    if (value.bad() || is_kind(context, value, Kind::integer) ||
        is_kind(context, value, Kind::decimal) || is_kind(context, value, Kind::money)) {
        return value;
    }
    context.report(DiagnosticId::cannot_sum, scope.file->expr(expr.b).span,
                   {described(context, value.type)});
    return make_bad(context);
}

TypeId loop_type(Context& context, ast::Quantifier quantifier, TypeId body) {
    switch (quantifier) {
        case ast::Quantifier::any:
        case ast::Quantifier::all: return scalar(context, Kind::boolean);
        case ast::Quantifier::count: return scalar(context, Kind::integer);
        case ast::Quantifier::sum: break;
    }
    if (context.kind(body) != Kind::money) return scalar(context, context.kind(body));
    return money_in(context, context.type(body).currency);
}

void note_empty(const Context& context, Scope& scope, const ast::Expr& expr, const Typed& list) {
    if (scope.reads == nullptr || expr.quantifier != ast::Quantifier::all) return;
    if (context.type(list.type).length_low.value_or(0) > 0) return;
    const Node& node = context.set.node(list.node);
    if (node.kind == NodeKind::constant && node.value.extra > 0) return;
    const ast::Expr& written = scope.file->expr(expr.a);
    const bool path = written.kind == ast::ExprKind::path;
    scope.reads->maybe_empty.push_back({path ? written.text : std::string_view{}, expr.span});
}

Typed length_call(Context& context, Scope& scope, const ast::Expr& expr) {
    if (expr.items.count != 1) {
        context.report(DiagnosticId::argument_count, expr.span,
                       {"length", "1 argument", std::to_string(expr.items.count)});
        return make_bad(context);
    }
    const ast::ExprId id = scope.file->expr_items[expr.items.begin];
    const ast::Expr& written = scope.file->expr(id);
    const Typed value = elaborate(context, scope, id);
    if (value.bad()) return value;
    const Kind kind = context.kind(value.type);
    if (kind != Kind::string && kind != Kind::list) {
        context.report(DiagnosticId::no_length, written.span, {described(context, value.type)});
        return make_bad(context);
    }
    if (scope.reads != nullptr && written.kind == ast::ExprKind::path) {
        scope.reads->lengths.push_back(written.text);
    }
    Node node;
    node.kind = NodeKind::length;
    node.a = value.node;
    node.span = expr.span;
    return make(context, node, scalar(context, Kind::integer));
}

/// One key of a table read, as the type of its axis.
Typed table_key(Context& context, Scope& scope, ast::ExprId id, TypeId axis) {
    const Typed key = elaborate(context, scope, id, axis);
    if (key.bad()) return key;
    return coerced(context, key, axis, scope.file->expr(id).span);
}

}  // namespace

Typed elaborate_quantifier(Context& context, Scope& scope, const ast::Expr& expr) {
    Typed list;
    bool agent = false;
    {
        const PolarityGuard guard(scope, 0);
        const AgentWatch watch(scope);
        list = list_operand(context, scope, expr.a);
        agent = watch.found();
    }
    if (scope.depth >= 2) {
        report_deep_quantifier(context, expr.span);
        return make_bad(context);
    }
    const bool good = check_variable(context, scope, expr);
    const std::uint32_t index = scope.depth;
    const bool known = good && !list.bad();
    const TypeId element = known ? context.type(list.type).element : model::no_type;
    scope.variables[index] = {expr.text, element, agent};
    ++scope.depth;
    const Typed body = loop_body(context, scope, expr);
    --scope.depth;
    scope.variables[index] = {};
    if (list.bad() || body.bad() || !good) return make_bad(context);
    note_empty(context, scope, expr, list);
    Node node;
    node.kind = loop_kind(expr.quantifier);
    node.a = list.node;
    node.b = body.node;
    node.index = index;
    node.span = expr.span;
    return make(context, node, loop_type(context, expr.quantifier, body.type));
}

Typed elaborate_call(Context& context, Scope& scope, const ast::Expr& expr) {
    const PolarityGuard guard(scope, 0);
    if (expr.text == "length") return length_call(context, scope, expr);
    if (expr.text == "local") {
        context.report(DiagnosticId::local_without_part, expr.span, {},
                       "write `local(time, \"Europe/Berlin\").hour`, `.weekday` or `.date`");
        return make_bad(context);
    }
    if (const native::Function* function = stdlib::find_function(expr.text)) {
        return elaborate_native(context, scope, expr, *function);
    }
    std::vector<std::string_view> names{"length", "local"};
    for (const native::Function& function : stdlib::functions()) {
        names.push_back(native::name_of(function.signature));
    }
    std::string help = habitual_function(expr.text);
    if (help.empty()) help = suggestion(context, expr.text, names);
    context.report(DiagnosticId::unknown_name, expr.span, {"function", expr.text}, std::move(help));
    return make_bad(context);
}

Typed elaborate_table_read(Context& context, Scope& scope, const ast::Expr& expr) {
    const PolarityGuard guard(scope, 0);
    const ast::Expr& name = scope.file->expr(expr.a);
    const Symbol* symbol = find_symbol(context, name.text);
    if (symbol == nullptr || symbol->kind != SymbolKind::table) {
        if (symbol != nullptr && symbol->kind == SymbolKind::counter) {
            return elaborate_counter_read(context, scope, expr, symbol->index);
        }
        if (symbol != nullptr && symbol->kind == SymbolKind::data) return make_bad(context);
        report_wrong_name(context, {name.text, name.span}, SymbolKind::table, "a table");
        return make_bad(context);
    }
    if (context.table_bad[symbol->index]) return make_bad(context);
    const Table& table = context.set.tables[symbol->index];
    if (expr.items.count != table.axes.size()) {
        context.report(
            DiagnosticId::key_count, expr.span,
            {name.text, counted(table.axes.size(), "key"), std::to_string(expr.items.count)});
        return make_bad(context);
    }
    std::vector<NodeId> keys;
    bool bad = false;
    for (std::uint32_t i = 0; i < expr.items.count; ++i) {
        const ast::ExprId item = scope.file->expr_items[expr.items.begin + i];
        const TypeId axis = context.set.tables[symbol->index].axes[i].type;
        const Typed key = table_key(context, scope, item, axis);
        bad = bad || key.bad();
        keys.push_back(key.node);
    }
    if (bad) return make_bad(context);
    Node node;
    node.kind = NodeKind::table_read;
    node.table = TableId{symbol->index};
    node.items = add_items(context, keys);
    node.span = expr.span;
    return make(context, node, context.set.tables[symbol->index].type);
}

}  // namespace proviso::check
