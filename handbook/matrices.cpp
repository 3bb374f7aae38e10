// Decision tables, whole and as one tool sees them, and what holds where nothing else does.
#include <algorithm>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

/// The labels of an axis that calls of the tool can have: by tier and by tool not all.
std::vector<std::uint32_t> labels_of(const Book& book, const check::Axis& axis,
                                     std::optional<check::ToolId> tool) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < axis.size; ++i) all.push_back(i);
    if (!tool) return all;
    if (axis.kind == check::AxisKind::tool) {
        return {axis.index_of[static_cast<std::size_t>(*tool)]};
    }
    const auto& tier = book.set->tool(*tool).tier;
    if (axis.kind != check::AxisKind::tier || !tier) return all;
    if (!is_raised(book, *tool)) return {axis.index_of[*tier]};
    std::vector<std::uint32_t> from;
    for (std::size_t i = *tier; i < axis.index_of.size(); ++i) from.push_back(axis.index_of[i]);
    std::sort(from.begin(), from.end());
    from.erase(std::unique(from.begin(), from.end()), from.end());
    return from;
}

std::string label_of(const check::Axis& axis, std::uint32_t label) {
    return label == axis.rest ? "anything else" : axis.labels[label];
}

/// The axes as their author wrote them: "tier by environment".
Line corner(const Book& book, const check::Matrix& matrix) {
    const auto& [file, statement] = book.matrices.at(matrix.name);
    Line line;
    for (const ast::ExprId axis : statement->axes) {
        if (!line.empty()) line.say(" by ");
        line.code(as_written(book, *file, axis));
    }
    return line;
}

/// An allow in a plain matrix opens nothing.
Line cell_words(const Book& book, const check::Matrix& matrix, const check::Outcome& cell) {
    const bool adds_nothing = !matrix.is_default && cell.effect == check::Effect::allow;
    return adds_nothing ? Line("no restriction") : outcome_words(book, cell);
}

void add_matrix(Page& page, const Book& book, const check::Matrix& matrix) {
    page.heading(3, anchor_of("matrix", matrix.name), matrix.name);
    add_doc(page, matrix.doc);
    page.paragraph(trial_words(matrix.trial_until));
    Line about(matrix.is_default ? "Decides, where no allow holds, " : "Restricts ");
    about.append(target_words(book, matrix.targets));
    if (matrix.stages_given || matrix.stages != check::all_stages) {
        about.say(" " + stage_words(matrix.stages));
    }
    page.paragraph(about.say("."));
    if (!matrix.stages_given) {
        page.paragraph(
            matrix.is_default
                ? "Before a call is executed, a cell that would notify or hold it allows it."
                : "A cell that notifies or holds does so when a call is executed, one "
                  "that blocks at every stage.");
    }
    page.table(matrix_table(book, matrix));
}

void add_default(Page& page, const Book& book) {
    page.heading(3, "default", "Everything else");
    add_docs_of(page, book, &ast::File::defaults);
    page.paragraph(Line("A call that no allow and no default matrix covers is ")
                       .append(outcome_words(book, book.set->default_outcome))
                       .say("."));
    const check::Effect effect = book.set->default_outcome.effect;
    if (effect == check::Effect::notify || effect == check::Effect::gate) {
        page.paragraph("Before a call is executed, it is allowed instead.");
    }
}

}  // namespace

Table matrix_table(const Book& book, const check::Matrix& matrix,
                   std::optional<check::ToolId> tool) {
    const std::vector<std::uint32_t> rows = labels_of(book, matrix.axes[0], tool);
    const bool two = matrix.axes.size() == 2;
    const auto columns =
        two ? labels_of(book, matrix.axes[1], tool) : std::vector<std::uint32_t>{0};
    Table table;
    table.label = "The matrix " + matrix.name;
    table.head.push_back(corner(book, matrix));
    for (const std::uint32_t column : columns) {
        table.head.push_back(two ? Line(label_of(matrix.axes[1], column)) : Line("What happens"));
    }
    for (const std::uint32_t row : rows) {
        std::vector<Line> cells{Line(label_of(matrix.axes[0], row))};
        for (const std::uint32_t column : columns) {
            const std::size_t at = two ? std::size_t{row} * matrix.axes[1].size + column : row;
            cells.push_back(cell_words(book, matrix, matrix.cells[at]));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

void add_matrices(Page& page, const Book& book) {
    const auto& all = book.set->matrices;
    const auto add = [&](bool defaults) {
        for (const check::Matrix& matrix : all) {
            if (matrix.is_default == defaults) add_matrix(page, book, matrix);
        }
    };
    const auto plain = [](const check::Matrix& matrix) { return !matrix.is_default; };
    if (std::any_of(all.begin(), all.end(), plain)) {
        page.heading(2, "matrices", "Decision tables");
        add(false);
    }
    page.heading(2, "defaults", "What holds where no rule allows");
    add(true);
    add_default(page, book);
}

}  // namespace proviso::handbook
