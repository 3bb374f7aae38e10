// Calls with what comes of them, held to whenever the policy is compiled.
#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

Line fields_words(const Book& book, const ast::File& file,
                  const std::vector<ast::ExampleField>& fields, std::string_view sign) {
    std::vector<Line> all;
    all.reserve(fields.size());
    for (const ast::ExampleField& field : fields) {
        all.push_back(Line().code(std::string(field.path.text) + std::string(sign) +
                                  as_written(book, file, field.value)));
    }
    return joined(all, ", ");
}

Line call_words(const Book& book, const ast::File& file, const ast::Example& example) {
    Line line;
    line.code(example.tool.text);
    if (example.stage) line.say(" at ").say(example.stage->text);
    if (!example.args.empty())
        line.say(" with ").append(fields_words(book, file, example.args, ": "));
    return line;
}

Line caller_words(const ast::Example& example) {
    std::vector<Line> roles;
    for (const ast::Name& role : example.roles) {
        roles.push_back(Line().link(role.text, anchor_of("role", role.text)));
    }
    return joined(roles);
}

}  // namespace

void add_examples(Page& page, const Book& book) {
    if (book.examples.empty()) return;
    page.heading(2, "examples", "Examples");
    page.paragraph("Each is tried whenever the policy is made, with nothing before it.");
    Table table;
    table.label = "Examples";
    table.head = {"Example", "Call", "By", "Where", "Comes to"};
    for (const auto& [name, written] : book.examples) {
        const ast::Example& example = *written.statement;
        Line title(name);
        const std::string doc = doc_words(example.head.doc);
        if (!doc.empty()) title.say(": " + doc);
        table.rows.push_back({std::move(title), call_words(book, *written.file, example),
                              caller_words(example),
                              fields_words(book, *written.file, example.with, " = "),
                              Line(as_written(book, *written.file, example.gives.span))});
    }
    page.table(std::move(table));
}

}  // namespace proviso::handbook
