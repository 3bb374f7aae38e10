// What a page is written from: the checked set, for what names and targets come to, and the syntax
// beside it, for the author's own words. Both outlive the book.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/ast.h"
#include "grammar/source.h"

namespace proviso::handbook {

namespace ast = grammar::ast;

/// A statement and the file whose ids it has.
template <class Statement>
struct Written {
    const ast::File* file = nullptr;
    const Statement* statement = nullptr;
};

template <class Statement>
using ByName = std::map<std::string_view, Written<Statement>>;

struct Book {
    const grammar::SourceMap* sources = nullptr;
    const std::vector<ast::File>* files = nullptr;
    const check::PolicySet* set = nullptr;

    ByName<ast::Param> params;
    ByName<ast::TypeDecl> types;
    ByName<ast::Data> data;
    ByName<ast::Facts> facts;
    ByName<ast::Role> roles;
    ByName<ast::Approval> approvals;
    ByName<ast::Window> windows;
    ByName<ast::Let> lets;
    ByName<ast::Table> tables;
    ByName<ast::Raise> raises;
    ByName<ast::Rule> rules;
    ByName<ast::Matrix> matrices;
    ByName<ast::Counter> counters;
    ByName<ast::Limit> limits;
    ByName<ast::ObligationDecl> obligations;
    ByName<ast::Example> examples;
};

[[nodiscard]] Book book_of(const grammar::SourceMap& sources, const std::vector<ast::File>& files,
                           const check::PolicySet& set);

/// What the author wrote there, in one line and without comments.
[[nodiscard]] std::string as_written(const Book& book, const ast::File& file, grammar::Span span);
[[nodiscard]] std::string as_written(const Book& book, const ast::File& file, ast::ExprId expr);
/// What stands behind the first `=` of a statement.
[[nodiscard]] std::string behind_equals(const Book& book, const ast::File& file,
                                        grammar::Span statement);
/// Several expressions of a list.
[[nodiscard]] std::vector<std::string> as_written(const Book& book, const ast::File& file,
                                                  ast::Range32 items);

}  // namespace proviso::handbook
