// Matrices: outcomes by one or two axes. A higher tier may not have a lighter cell, whatever the
// other axis says, so that a raise only tightens.

#include "engine/check/matrices.h"

#include <algorithm>

#include "engine/check/axes.h"
#include "engine/check/conditions.h"
#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/targets.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/model/calendar.h"

namespace proviso::check {
namespace {

std::string_view word_of(Effect effect) {
    switch (effect) {
        case Effect::allow: return "allow";
        case Effect::notify: return "notify";
        case Effect::gate: return "gate";
        case Effect::block: return "block";
    }
    return "";
}

/// What the axis reads: a tool, the tier, or a value.
bool read_axis(Context& context, Scope& scope, ast::ExprId id, Axis& axis) {
    const ast::Expr& expr = scope.file->expr(id);
    if (expr.kind == ast::ExprKind::path && expr.text == "tool") {
        axis.kind = AxisKind::tool;
        axis.type = scalar(context, Kind::string);
        return true;
    }
    if (expr.kind == ast::ExprKind::path && expr.text == "tier") {
        axis.kind = AxisKind::tier;
        axis.type = enum_type(context, model::tier_enum);
        return true;
    }
    const Typed value = elaborate_value(context, scope, id);
    axis.node = value.node;
    axis.type = value.type;
    return !value.bad();
}

bool fill_matrix_axis(Context& context, Scope& scope, const ast::Matrix& node, std::size_t index,
                      Axis& axis) {
    if (!read_axis(context, scope, node.axes[index], axis)) return false;
    AxisTask task;
    task.file = scope.file;
    task.labels =
        index == 0 ? labels_of(*task.file, node.rows) : labels_of(*task.file, node.columns);
    task.noun = index == 0 ? "row" : "column";
    task.span = scope.file->expr(node.axes[index]).span;
    task.subject = context.sources.text(task.span);
    task.targets = scope.targets;
    return fill_axis(context, axis, task);
}

/// Reports the first pair of cells, a tier apart, that lighten upwards.
void check_tier_axis(Context& context, const Matrix& matrix, std::size_t tier_axis) {
    const Axis& axis = matrix.axes[tier_axis];
    const std::size_t other =
        matrix.axes.size() == 2 ? matrix.axes[1 - tier_axis].size : std::size_t{1};
    const std::size_t columns = matrix.axes.size() == 2 ? matrix.axes[1].size : std::size_t{1};
    const auto cell = [&](std::size_t tier, std::size_t fixed) -> const Outcome& {
        const std::size_t label = axis.index_of[tier];
        return tier_axis == 0 ? matrix.cells[label * columns + fixed]
                              : matrix.cells[fixed * columns + label];
    };
    const std::vector<std::string>& tiers = context.set.types.enumeration(model::tier_enum).words;
    for (std::size_t fixed = 0; fixed < other; ++fixed) {
        for (std::size_t tier = 1; tier < tiers.size(); ++tier) {
            const Outcome& lower = cell(tier - 1, fixed);
            const Outcome& higher = cell(tier, fixed);
            if (higher.effect >= lower.effect) continue;
            add_note(context.report(DiagnosticId::lighter_at_higher_tier, higher.span,
                                    {tiers[tier], word_of(higher.effect), tiers[tier - 1],
                                     word_of(lower.effect)},
                                    "a raise must only tighten: make this cell at least `" +
                                        std::string(word_of(lower.effect)) + "`"),
                     lower.span, "the cell of the lower tier");
        }
    }
}

bool fill_outcomes(Context& context, const ast::Matrix& node, Matrix& matrix) {
    for (const ast::MatrixRow& row : node.rows) {
        for (const ast::Outcome& outcome : row.outcomes) {
            matrix.cells.push_back(resolve_outcome(context, outcome));
        }
    }
    std::size_t size = 1;
    for (const Axis& axis : matrix.axes) size *= axis.size;
    return matrix.cells.size() == size;
}

bool fill_axes(Context& context, Scope& scope, const ast::Matrix& node, Matrix& matrix) {
    bool good = true;
    for (std::size_t i = 0; i < node.axes.size(); ++i) {
        good = fill_matrix_axis(context, scope, node, i, matrix.axes.emplace_back()) && good;
    }
    if (matrix.axes.size() != 2) return good;
    const Span first = scope.file->expr(node.axes[0]).span;
    const Span second = scope.file->expr(node.axes[1]).span;
    if (context.sources.text(first) != context.sources.text(second)) return good;
    context.report(DiagnosticId::axis_twice, second, {context.sources.text(second)});
    return false;
}

bool check_matrix(Context& context, const ast::File& file, const ast::Matrix& node,
                  Matrix& matrix) {
    matrix.name = node.name.text;
    matrix.doc = node.head.doc;
    matrix.span = node.head.span;
    matrix.name_span = node.name.span;
    matrix.is_default = node.is_default;
    matrix.stages_given = !node.at.empty();
    matrix.stages = stage_mask(node.at, all_stages);
    if (node.trial) matrix.trial_until = model::parse_date(node.trial->until);
    ResolvedTargets targets;
    if (node.on) {
        targets = resolve_targets(context, *node.on);
    } else {
        targets.index = all_targets(context);
    }
    matrix.targets = targets.index;
    if (matrix.stages_given) warn_stages(context, targets.index, matrix.stages, node.at[0].span);
    Scope scope;
    scope.file = &file;
    scope.targets = targets.index;
    // An axis that nothing types has no labels, and a matrix without them is none.
    scope.lenient = targets.doubtful && !targets.reaches_nothing;
    bool good = fill_axes(context, scope, node, matrix);
    good = fill_outcomes(context, node, matrix) && good;
    const std::size_t cells = matrix.cells.size();
    good = within_limit(context, cells, context.limits.matrix_cells, node.name.span, "a matrix",
                        "cells") &&
           good;
    for (std::size_t i = 0; good && i < matrix.axes.size(); ++i) {
        if (matrix.axes[i].kind == AxisKind::tier) check_tier_axis(context, matrix, i);
    }
    return good;
}

}  // namespace

void check_matrices(Context& context) {
    for (const auto& [file, node] : context.matrices) {
        Matrix matrix;
        context.matrix_bad.push_back(!check_matrix(context, *file, *node, matrix));
        context.set.matrices.push_back(std::move(matrix));
    }
}

}  // namespace proviso::check
