// Tables: values by one or two keys.

#include "engine/check/axes.h"
#include "engine/check/constraints.h"
#include "engine/check/expressions.h"
#include "engine/check/matrices.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

bool fill_table_axis(Context& context, const ast::File& file, const ast::Table& node,
                     std::size_t index, Axis& axis) {
    const ast::TypeExpr& written = file.type(node.axes[index]);
    axis.type = resolve_type(context, file, node.axes[index], {std::string(node.name.text), {}});
    if (axis.type == model::no_type) return false;
    AxisTask task;
    task.file = &file;
    task.labels =
        index == 0 ? labels_of(*task.file, node.rows) : labels_of(*task.file, node.columns);
    task.noun = index == 0 ? "row" : "column";
    task.subject = context.sources.text(written.span);
    task.span = written.span;
    return fill_axis(context, axis, task);
}

/// One cell: a constant or param of the table's type.
NodeId cell_value(Context& context, const ast::File& file, ast::ExprId id, TypeId type,
                  bool& good) {
    Scope scope;
    scope.file = &file;
    scope.literal = true;
    scope.params = true;
    const Span span = file.expr(id).span;
    Typed value = elaborate(context, scope, id, type);
    if (!value.bad()) value = coerced(context, value, type, span);
    if (!value.bad() && !is_constant(context, value)) {
        context.report(DiagnosticId::literal_wanted, span, {}, "write the value itself");
        value = make_bad(context);
    }
    good = good && !value.bad() &&
           check_within_type(context, context.set.node(value.node).value, type, span);
    return value.node;
}

bool fill_cells(Context& context, const ast::File& file, const ast::Table& node, Table& table) {
    bool good = true;
    for (const ast::MatrixRow& row : node.rows) {
        for (const ast::ExprId id : row.values) {
            table.cells.push_back(cell_value(context, file, id, table.type, good));
        }
    }
    std::size_t size = 1;
    for (const Axis& axis : table.axes) size *= axis.size;
    return good && table.cells.size() == size;
}

/// Cells of one currency make it known.
void fix_currency(Context& context, Table& table) {
    if (context.kind(table.type) != Kind::money || context.type(table.type).currency != 0) return;
    model::Type type = context.type(table.type);
    type.currency = context.set.node(table.cells.front()).value.currency();
    for (const NodeId cell : table.cells) {
        if (context.set.node(cell).value.currency() != type.currency) return;
    }
    table.type = intern(context, type);
}

bool declare_table(Context& context, const ast::File& file, const ast::Table& node, Table& table) {
    table.name = node.name.text;
    table.span = node.head.span;
    table.type = resolve_type(context, file, node.value, {std::string(node.name.text), {}});
    bool good = table.type != model::no_type;
    for (std::size_t i = 0; i < node.axes.size(); ++i) {
        good = fill_table_axis(context, file, node, i, table.axes.emplace_back()) && good;
    }
    if (table.type == model::no_type) return false;
    good = fill_cells(context, file, node, table) && good;
    if (good) fix_currency(context, table);
    return good;
}

}  // namespace

void declare_tables(Context& context) {
    for (const auto& [file, node] : context.tables) {
        Table table;
        context.table_bad.push_back(!declare_table(context, *file, *node, table));
        context.set.tables.push_back(std::move(table));
    }
}

}  // namespace proviso::check
