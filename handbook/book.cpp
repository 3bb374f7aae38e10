#include "handbook/book.h"

#include <algorithm>

namespace proviso::handbook {
namespace {

template <class Statement>
void add_all(ByName<Statement>& to, const ast::File& file,
             const std::vector<Statement>& statements) {
    for (const Statement& one : statements)
        to.try_emplace(one.name.text, Written<Statement>{&file, &one});
}

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/// Blanks that hold a line end become one blank: a string never does, so strings stay as they are.
std::string in_one_line(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto begin = std::find_if(text.begin(), text.end(), is_blank);
        const auto end = std::find_if_not(begin, text.end(), is_blank);
        out.append(text.begin(), begin);
        const bool breaks = std::find(begin, end, '\n') != end;
        if (breaks) {
            out += ' ';
        } else {
            out.append(begin, end);
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    }
    const std::size_t first = out.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return out.substr(first, out.find_last_not_of(' ') + 1 - first);
}

}  // namespace

Book book_of(const grammar::SourceMap& sources, const std::vector<ast::File>& files,
             const check::PolicySet& set) {
    Book book;
    book.sources = &sources;
    book.files = &files;
    book.set = &set;
    for (const ast::File& file : files) {
        add_all(book.params, file, file.params);
        add_all(book.types, file, file.type_decls);
        add_all(book.data, file, file.data);
        add_all(book.facts, file, file.facts);
        add_all(book.roles, file, file.roles);
        add_all(book.approvals, file, file.approvals);
        add_all(book.windows, file, file.windows);
        add_all(book.lets, file, file.lets);
        add_all(book.tables, file, file.tables);
        add_all(book.raises, file, file.raises);
        add_all(book.rules, file, file.rules);
        add_all(book.matrices, file, file.matrices);
        add_all(book.counters, file, file.counters);
        add_all(book.limits, file, file.limits);
        add_all(book.obligations, file, file.obligations);
        add_all(book.examples, file, file.examples);
    }
    return book;
}

std::string as_written(const Book& book, const ast::File& file, grammar::Span span) {
    std::string text;
    std::uint32_t at = span.begin;
    for (const ast::Comment& comment : file.comments) {
        if (comment.span.begin < at || comment.span.end > span.end) continue;
        text += book.sources->text({span.source, at, comment.span.begin});
        at = comment.span.end;
    }
    text += book.sources->text({span.source, at, span.end});
    return in_one_line(text);
}

std::string as_written(const Book& book, const ast::File& file, ast::ExprId expr) {
    return as_written(book, file, file.expr(expr).span);
}

std::string behind_equals(const Book& book, const ast::File& file, grammar::Span statement) {
    std::string text = as_written(book, file, statement);
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) return text;
    const std::size_t first = text.find_first_not_of(' ', equals + 1);
    return first == std::string::npos ? std::string() : text.substr(first);
}

std::vector<std::string> as_written(const Book& book, const ast::File& file, ast::Range32 items) {
    std::vector<std::string> all;
    for (std::uint32_t i = 0; i < items.count; ++i) {
        all.push_back(as_written(book, file, file.expr_items[items.begin + i]));
    }
    return all;
}

}  // namespace proviso::handbook
