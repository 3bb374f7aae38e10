#include "grammar/format.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "grammar/ast_dump.h"
#include "grammar/format_layout.h"
#include "grammar/format_tokens.h"
#include "grammar/format_writer.h"

namespace proviso::grammar {
namespace {

using namespace formatting;  // NOLINT: this unit puts its parts together

Span statement_span(const ast::File& file, const ast::StatementRef& statement) {
    const std::size_t i = statement.index;
    switch (statement.kind) {
        case ast::StatementKind::policy: return file.policies[i].head.span;
        case ast::StatementKind::import: return file.imports[i].head.span;
        case ast::StatementKind::param: return file.params[i].head.span;
        case ast::StatementKind::type: return file.type_decls[i].head.span;
        case ast::StatementKind::attributes: return file.attributes[i].head.span;
        case ast::StatementKind::facts: return file.facts[i].head.span;
        case ast::StatementKind::data: return file.data[i].head.span;
        case ast::StatementKind::tool: return file.tools[i].head.span;
        case ast::StatementKind::catalogue: return file.catalogue[i].head.span;
        case ast::StatementKind::role: return file.roles[i].head.span;
        case ast::StatementKind::bind: return file.binds[i].head.span;
        case ast::StatementKind::authority: return file.authorities[i].head.span;
        case ast::StatementKind::approval: return file.approvals[i].head.span;
        case ast::StatementKind::window: return file.windows[i].head.span;
        case ast::StatementKind::let: return file.lets[i].head.span;
        case ast::StatementKind::table: return file.tables[i].head.span;
        case ast::StatementKind::raise: return file.raises[i].head.span;
        case ast::StatementKind::rule: return file.rules[i].head.span;
        case ast::StatementKind::matrix: return file.matrices[i].head.span;
        case ast::StatementKind::default_outcome: return file.defaults[i].head.span;
        case ast::StatementKind::obligation: return file.obligations[i].head.span;
        case ast::StatementKind::counter: return file.counters[i].head.span;
        case ast::StatementKind::limit: return file.limits[i].head.span;
        case ast::StatementKind::example: return file.examples[i].head.span;
    }
    return {};
}

/// Comments between statements stay in column one, or indented where they were: a `##` is
/// documentation in column one alone.
void put_comments_between(Writer& w, std::size_t i) {
    for (const LineComment& comment : w.tokens[i].above) {
        w.newline(comment.indented ? step : 0, comment.blank_before);
        w.put_comment(comment.text);
    }
    w.comments_are_done(i);
}

std::vector<std::string_view> comment_texts(const SourceMap& sources, const ast::File& file) {
    std::vector<std::string_view> texts;
    for (const ast::Comment& comment : file.comments) {
        const std::string_view text = sources.text(comment.span);
        texts.push_back(text.substr(0, text.find_last_not_of(" \t\r") + 1));
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

}  // namespace

std::string format(const SourceMap& sources, const ast::File& file) {
    const Tokens tokens = tokenize(sources.file(file.source).text, file);
    std::vector<Part> parts;
    for (const ast::StatementRef& statement : file.order) {
        const Span span = statement_span(file, statement);
        parts.push_back({tokens.index_at(span.begin), tokens.index_at(span.end)});
    }
    Writer w(tokens);
    align_statements(w, file, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        put_comments_between(w, parts[i].begin);
        w.newline(0, tokens[parts[i].begin].blank_line);
        put_statement(w, file, file.order[i], parts[i]);
    }
    put_comments_between(w, tokens.size() - 1);
    return w.take();
}

bool says_the_same(const SourceMap& sources, const ast::File& left, const ast::File& right) {
    return dump(left) == dump(right) &&
           comment_texts(sources, left) == comment_texts(sources, right);
}

}  // namespace proviso::grammar
