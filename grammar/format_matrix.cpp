// Matrices and tables: a row is one line, and its bars stand below each other, whatever its width.
//
// Covered by tests/golden/format/matrices.
#include <algorithm>

#include "grammar/format_layout.h"

namespace proviso::grammar::formatting {
namespace {

std::vector<Part> split_rows(const Tokens& tokens, std::size_t open) {
    std::vector<Part> rows;
    for (std::size_t i = open + 1; i < tokens[open].partner; ++i) {
        const bool goes_on = !rows.empty() && tokens[rows.back().begin].line == tokens[i].line;
        if (!goes_on) rows.push_back({i, i});
        rows.back().end = i + 1;
    }
    return rows;
}

/// The bars of a row; a header has one before its first cell as well.
std::vector<std::size_t> find_bars(const Tokens& tokens, Part row) {
    std::vector<std::size_t> bars;
    for (std::size_t i = row.begin; i < row.end; i = tokens.after(i)) {
        if (tokens.is(i, "|")) bars.push_back(i);
    }
    return bars;
}

void align_bars(Writer& w, const std::vector<Part>& rows) {
    const Tokens& tokens = w.tokens;
    std::vector<std::vector<std::size_t>> bars;
    std::size_t columns = 0;
    for (const Part& row : rows) {
        bars.push_back(find_bars(tokens, row));
        columns = std::max(columns, bars.back().size());
    }
    std::size_t column = step;
    for (std::size_t k = 0; k < columns; ++k) {
        std::size_t widest = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (k >= bars[i].size()) continue;
            const std::size_t begin = k == 0 ? rows[i].begin : bars[i][k - 1] + 1;
            widest = std::max(widest, tokens.width(begin, bars[i][k]));
        }
        column += widest + 1;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (k < bars[i].size()) w.align(bars[i][k], column);
        }
        column += 2;
    }
}

void put_rows(Writer& w, std::size_t open) {
    const std::vector<Part> rows = split_rows(w.tokens, open);
    align_bars(w, rows);
    w.put(open);
    for (const Part& row : rows) {
        const bool is_first = row.begin == open + 1;
        w.start_line(row.begin, step, is_first ? Blanks::inner : Blanks::all);
        w.put(row.begin, row.end);
    }
    const std::size_t close = w.tokens[open].partner;
    w.comments_above(close, step, Blanks::all);
    w.newline(0);
    w.put(close);
}

}  // namespace

void put_matrix(Writer& w, Part part) {
    const std::size_t open = w.tokens.find(part.begin, part.end, "{");
    const Clauses clauses = split_clauses(w.tokens, {part.begin, open}, {"by", "on", "at"});
    std::vector<Part> parts{clauses.head};
    parts.insert(parts.end(), clauses.all.begin(), clauses.all.end());
    const bool together = fit_together(w, parts, 2);
    w.put(clauses.head.begin, clauses.head.end);
    for (const Part& clause : clauses.all) {
        if (!together) w.start_line(clause.begin, step);
        put_list(w, clause, step, 2);
    }
    put_rows(w, open);
}

void put_table(Writer& w, Part part) {
    const std::size_t open = w.tokens.find(part.begin, part.end, "{");
    put_list(w, {part.begin, open}, 0, 2);
    put_rows(w, open);
}

}  // namespace proviso::grammar::formatting
