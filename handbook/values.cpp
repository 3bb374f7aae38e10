// What conditions name: params, conditions with a name, value tables, windows.
#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

void add_params(Page& page, const Book& book) {
    if (book.set->params.empty()) return;
    page.heading(2, "params", "Values that can be set");
    Table table;
    table.label = "Values that can be set";
    table.head = {"Name", "What for", "Value", "From", "To"};
    for (const auto& [name, written] : book.params) {
        for (const check::Param& param : book.set->params) {
            if (param.name != name) continue;
            const auto text = [&](const model::Value& value) {
                return model::to_text(book.set->types, param.type, value);
            };
            table.rows.push_back({Line().code(name), Line(doc_words(param.doc)),
                                  Line().code(text(param.value)),
                                  param.low ? Line().code(text(*param.low)) : Line("no bound"),
                                  param.high ? Line().code(text(*param.high)) : Line("no bound")});
        }
    }
    page.table(std::move(table));
}

void add_lets(Page& page, const Book& book) {
    if (book.lets.empty()) return;
    page.heading(2, "names", "Conditions and values with a name");
    Table table;
    table.label = "Conditions and values with a name";
    table.head = {"Name", "What it means", "Written as"};
    for (const auto& [name, written] : book.lets) {
        const ast::Let& let = *written.statement;
        table.rows.push_back({Line().code(name), Line(doc_words(let.head.doc)),
                              Line().code(as_written(book, *written.file, let.value))});
    }
    page.table(std::move(table));
}

Table cells_of(const Book& book, const check::Table& from) {
    Table table;
    table.label = "The table " + from.name;
    const check::Axis& rows = from.axes[0];
    const bool two = from.axes.size() == 2;
    const std::uint32_t columns = two ? from.axes[1].size : 1;
    table.head.emplace_back(book.set->types.text(rows.type));
    for (std::uint32_t i = 0; i < columns; ++i) {
        table.head.emplace_back(two ? std::string_view(from.axes[1].labels[i]) : "Value");
    }
    for (std::uint32_t row = 0; row < rows.size; ++row) {
        std::vector<Line> cells{Line(rows.labels[row])};
        for (std::uint32_t column = 0; column < columns; ++column) {
            const check::Node& cell =
                book.set->node(from.cells[std::size_t{row} * columns + column]);
            cells.push_back(Line().code(model::to_text(book.set->types, from.type, cell.value)));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

void add_value_tables(Page& page, const Book& book) {
    if (book.set->tables.empty()) return;
    page.heading(2, "tables", "Value tables");
    for (const auto& [name, written] : book.tables) {
        page.heading(3, anchor_of("table", name), name);
        add_doc(page, written.statement->head.doc);
        for (const check::Table& table : book.set->tables) {
            if (table.name == name) page.table(cells_of(book, table));
        }
    }
}

void add_windows(Page& page, const Book& book) {
    if (book.set->windows.empty()) return;
    page.heading(2, "windows", "Times");
    Table table;
    table.label = "Times";
    table.head = {"Name", "What for", "Written as"};
    for (const auto& [name, written] : book.windows) {
        const ast::Window& window = *written.statement;
        table.rows.push_back({Line().code(name), Line(doc_words(window.head.doc)),
                              Line().code(behind_equals(book, *written.file, window.head.span))});
    }
    page.table(std::move(table));
}

}  // namespace

void add_values(Page& page, const Book& book) {
    add_params(page, book);
    add_lets(page, book);
    add_value_tables(page, book);
    add_windows(page, book);
}

}  // namespace proviso::handbook
