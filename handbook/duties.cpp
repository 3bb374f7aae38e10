// What the host has to do, the files that values come from, and what was imported.
#include <algorithm>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

/// The rules and limits that ask for a duty.
template <class Statement>
void add_users(const ByName<Statement>& statements, std::string_view duty, std::string_view kind,
               std::vector<Line>& users) {
    for (const auto& [name, written] : statements) {
        const auto& obliges = written.statement->obliges;
        const bool asks = std::any_of(obliges.begin(), obliges.end(), [&](const ast::Oblige& one) {
            return one.name.text == duty;
        });
        if (asks) users.push_back(Line().link(name, anchor_of(kind, name)));
    }
}

void add_duties(Page& page, const Book& book) {
    if (book.set->obligations.empty()) return;
    page.heading(2, "duties", "What the system must do");
    page.paragraph(
        "A rule may ask more of the system than to let a call through or not. A system that cannot "
        "do what a rule asks blocks the call.");
    for (const check::Obligation& duty : book.set->obligations) {
        page.heading(3, anchor_of("duty", duty.name), duty.name);
        add_doc(page, duty.doc);
        std::vector<Line> items;
        for (const model::Field& field : duty.params) {
            items.push_back(
                Line("With ").code(field.name).say(": " + type_words(*book.set, field.type) + "."));
        }
        std::vector<Line> users;
        add_users(book.rules, duty.name, "rule", users);
        add_users(book.limits, duty.name, "limit", users);
        items.push_back(users.empty() ? Line("No rule asks for it.")
                                      : Line("Asked for by ").append(joined(users)).say("."));
        page.list(std::move(items));
    }
}

void add_data(Page& page, const Book& book) {
    if (book.set->data.empty()) return;
    page.heading(2, "data", "Where values come from");
    page.paragraph(
        "Files that were read when the policy was made. To change one is to change the policy, and "
        "its hash.");
    Table table;
    table.label = "Data files";
    table.head = {"Name", "What for", "File", "What it holds"};
    for (const check::Data& data : book.set->data) {
        const auto& [file, statement] = book.data.at(data.name);
        table.rows.push_back({Line().code(data.name), Line(doc_words(data.doc)),
                              Line().code(statement->path.text),
                              Line(type_words(*book.set, data.type))});
    }
    page.table(std::move(table));
}

void add_imports(Page& page, const Book& book) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const ast::File& file : *book.files) {
        for (const ast::Import& one : file.imports) {
            const bool standard = one.kind == ast::Import::Kind::standard;
            std::string name(standard ? one.module.text : one.path.text);
            all.emplace_back(std::move(name), doc_words(one.head.doc));
        }
    }
    if (all.empty()) return;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    page.heading(2, "imports", "What it is made of");
    Table table;
    table.label = "Imports";
    table.head = {"Imported", "What for"};
    for (const auto& [name, doc] : all) table.rows.push_back({Line().code(name), Line(doc)});
    page.table(std::move(table));
}

}  // namespace

void add_duties_and_data(Page& page, const Book& book) {
    add_duties(page, book);
    add_data(page, book);
    add_imports(page, book);
}

}  // namespace proviso::handbook
