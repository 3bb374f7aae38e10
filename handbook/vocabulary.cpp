// What the system tells of a call: attributes, facts about what an argument names, named types.
#include <algorithm>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

/// A block of attributes, and the file whose ids it has.
using Blocks = std::vector<std::pair<const ast::File*, const ast::Attributes*>>;

Blocks blocks_of(const Book& book) {
    Blocks blocks;
    for (const ast::File& file : *book.files) {
        for (const ast::Attributes& one : file.attributes) {
            if (!one.attributes.empty()) blocks.emplace_back(&file, &one);
        }
    }
    const auto first = [](const ast::Attributes& block) {
        std::string_view least = block.attributes.front().path.text;
        for (const auto& one : block.attributes) least = std::min(least, one.path.text);
        return least;
    };
    std::sort(blocks.begin(), blocks.end(),
              [&](const auto& a, const auto& b) { return first(*a.second) < first(*b.second); });
    return blocks;
}

std::string slot_type(const Book& book, std::string_view path, check::SlotSource source) {
    for (const check::Slot& slot : book.set->slots) {
        if (slot.path == path && slot.source == source) return type_words(*book.set, slot.type);
    }
    return {};
}

Table attributes_table(const Book& book, const ast::File& file, const ast::Attributes& block) {
    Table table;
    table.label = "What the system tells";
    table.head = {"Name", "What it may be", "Where it is not told"};
    std::vector<const ast::Attribute*> sorted;
    for (const ast::Attribute& one : block.attributes) sorted.push_back(&one);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->path.text < b->path.text; });
    for (const ast::Attribute* one : sorted) {
        Line missing = one->default_value == ast::no_expr
                           ? Line("unknown")
                           : Line().code(as_written(book, file, one->default_value));
        if (file.type(one->type).optional) missing = Line("there is none");
        std::string what = slot_type(book, one->path.text, check::SlotSource::attribute);
        if (what.empty()) what = as_written(book, file, file.type(one->type).span);
        table.rows.push_back({Line().code(one->path.text), Line(what), std::move(missing)});
    }
    return table;
}

void add_facts(Page& page, const Book& book) {
    for (const auto& [name, written] : book.facts) {
        const ast::Facts& facts = *written.statement;
        page.heading(3, anchor_of("facts", name), name);
        add_doc(page, facts.head.doc);
        page.paragraph(Line("What the system knows of the one that ")
                           .code(as_written(book, *written.file, facts.key))
                           .say(" names:"));
        Table table;
        table.label = "Facts of " + std::string(name);
        table.head = {"Name", "What it may be"};
        for (const ast::FieldDecl& field : facts.fields) {
            const std::string path = std::string(name) + "." + std::string(field.name.text);
            std::string what = slot_type(book, path, check::SlotSource::fact);
            if (what.empty())
                what = as_written(book, *written.file, written.file->type(field.type).span);
            table.rows.push_back({Line().code(path), Line(what)});
        }
        page.table(std::move(table));
    }
}

void add_types(Page& page, const Book& book) {
    if (book.types.empty()) return;
    page.heading(2, "types", "Kinds of values with a name");
    Table table;
    table.label = "Kinds of values with a name";
    table.head = {"Name", "What for", "Written as"};
    for (const auto& [name, written] : book.types) {
        const ast::TypeDecl& type = *written.statement;
        table.rows.push_back({Line().code(name), Line(doc_words(type.head.doc)),
                              Line().code(behind_equals(book, *written.file, type.head.span))});
    }
    page.table(std::move(table));
}

}  // namespace

void add_vocabulary(Page& page, const Book& book) {
    const Blocks blocks = blocks_of(book);
    if (!blocks.empty() || !book.facts.empty()) {
        page.heading(2, "attributes", "What the system tells of a call");
    }
    for (const auto& [file, block] : blocks) {
        add_doc(page, block->head.doc);
        page.table(attributes_table(book, *file, *block));
    }
    add_facts(page, book);
    add_types(page, book);
}

}  // namespace proviso::handbook
