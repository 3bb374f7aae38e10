// Axes of matrices and tables: their labels, and that every value has exactly one.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// A row's or column's label as written.
struct Label {
    Span span;
    ast::ExprId expr = ast::no_expr;
    ast::BinaryOp band = ast::BinaryOp::equal;
    bool rest = false;
};

/// Labels of rows or columns. A row's own span reaches to its end; its label's does not.
template <class Part>
[[nodiscard]] std::vector<Label> labels_of(const ast::File& file, const std::vector<Part>& parts) {
    std::vector<Label> labels;
    for (const Part& part : parts) {
        Span span = part.span;
        span.end = part.label == ast::no_expr ? span.begin + 1 : file.expr(part.label).span.end;
        labels.push_back({span, part.label, part.band, part.rest});
    }
    return labels;
}

/// What `fill_axis` is told.
struct AxisTask {
    const ast::File* file = nullptr;
    std::vector<Label> labels;
    std::string_view noun;               // "row" or "column"
    std::string subject;                 // as written, for messages
    Span span;                           // of the subject
    std::uint32_t targets = no_targets;  // what an axis of tools has to cover
};

/// Completes an axis whose kind (tool or tier, else enumeration), node and type are set: reads the
/// labels, settles the kind, reports gaps and overlaps. False where there is a mistake.
[[nodiscard]] bool fill_axis(Context& context, Axis& axis, const AxisTask& task);

}  // namespace proviso::check
