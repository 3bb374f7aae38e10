// Statements with clauses. What a rule is about (`on`, `at`) stands on its first line where it
// fits, every other clause on a line of its own, in a fixed order.
//
// Covered by tests/golden/format/rules, limits, windows and examples.
#include <algorithm>

#include "grammar/format_layout.h"

namespace proviso::grammar::formatting {
namespace {

using Words = std::vector<std::string_view>;

/// `count` and `sum` start a clause, but not where they go through a list.
bool is_clause_word(const Tokens& tokens, std::size_t i, const Words& order) {
    if (tokens[i].kind != Kind::word) return false;
    if (std::find(order.begin(), order.end(), tokens[i].text) == order.end()) return false;
    const bool is_call = tokens[i + 1].kind == Kind::open && !tokens[i + 1].spaced;
    const bool is_field = tokens.is(i + 1, "=");  // with at = "x"
    return !is_call && !is_field;
}

void put_words_and_list(Writer& w, Part clause, std::size_t indent) {
    w.put(clause.begin);
    put_list(w, {clause.begin + 1, clause.end}, indent);
}

/// The head, then the clauses of `words` on its line where all of them fit, else below it.
void put_first_line(Writer& w, const Clauses& clauses, const Words& words) {
    std::vector<Part> parts{clauses.head};
    for (const std::string_view word : words) {
        const Part clause = clauses.find(w.tokens, word);
        if (clause.begin != clause.end) parts.push_back(clause);
    }
    const bool together = fit_together(w, parts);
    w.put(clauses.head.begin, clauses.head.end);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (!together) w.start_line(parts[i].begin, step);
        put_words_and_list(w, parts[i], step);
    }
}

bool is_of(const Tokens& tokens, Part clause, const Words& words) {
    return std::find(words.begin(), words.end(), tokens[clause.begin].text) != words.end();
}

void put_clause(Writer& w, Part clause, std::size_t indent) {
    w.start_line(clause.begin, indent);
    w.put(clause.begin);
    if (is_of(w.tokens, clause, {"oblige", "per", "as", "with"})) {
        return put_list(w, {clause.begin + 1, clause.end}, indent);
    }
    put_value(w, {clause.begin + 1, clause.end}, indent);
}

void put_clauses_but(Writer& w, const Clauses& clauses, const Words& done) {
    for (const Part& clause : clauses.all) {
        if (!is_of(w.tokens, clause, done)) put_clause(w, clause, step);
    }
}

// ---- limits

/// `sum E where C per K over P`, and its steps below it with their colons in one column.
void put_measure(Writer& w, const ast::Limit& limit, Part measure) {
    const Tokens& tokens = w.tokens;
    const std::size_t steps = tokens.index_at(limit.steps.front().span.begin);
    w.start_line(measure.begin, step);
    if (w.fits(measure.begin, steps)) {
        w.put(measure.begin, steps);
    } else {
        const Clauses parts =
            split_clauses(tokens, {measure.begin, steps}, {"where", "per", "over"});
        put_value(w, parts.head, step);
        for (const Part& part : parts.all) put_clause(w, part, 2 * step);
    }
    std::size_t widest = 0;
    std::vector<Part> lines;
    for (std::size_t i = 0; i < limit.steps.size(); ++i) {
        const bool is_last = i + 1 == limit.steps.size();
        const std::size_t begin = tokens.index_at(limit.steps[i].span.begin);
        lines.push_back(
            {begin, is_last ? measure.end : tokens.index_at(limit.steps[i + 1].span.begin)});
        const std::size_t colon = tokens.find(begin, lines.back().end, ":");
        widest = std::max(widest, tokens.width(begin, colon));
    }
    for (const Part& line : lines) {
        w.align(tokens.find(line.begin, line.end, ":"), 2 * step + widest + 1);
        w.start_line(line.begin, 2 * step);
        put_value(w, line, 2 * step);
    }
}

}  // namespace

Part Clauses::find(const Tokens& tokens, std::string_view word) const {
    for (const Part& clause : all) {
        if (tokens.is(clause.begin, word)) return clause;
    }
    return {};
}

Clauses split_clauses(const Tokens& tokens, Part part, const Words& order) {
    Clauses clauses{{part.begin, part.end}, {}};
    for (std::size_t i = part.begin + 1; i < part.end; i = tokens.after(i)) {
        if (!is_clause_word(tokens, i, order)) continue;
        (clauses.all.empty() ? clauses.head : clauses.all.back()).end = i;
        clauses.all.push_back({i, part.end});
    }
    const auto rank = [&](const Part& clause) {
        return std::find(order.begin(), order.end(), tokens[clause.begin].text);
    };
    std::stable_sort(clauses.all.begin(), clauses.all.end(),
                     [&](const Part& a, const Part& b) { return rank(a) < rank(b); });
    return clauses;
}

bool fit_together(const Writer& w, const std::vector<Part>& parts, std::size_t more) {
    std::size_t cells = w.column() + more;
    for (const Part& part : parts) {
        const bool is_first = part.begin == parts.front().begin;
        const bool is_last = part.begin == parts.back().begin;
        if (w.tokens.has_comment(part.begin, part.end)) return false;
        if (!is_first && !w.tokens[part.begin].above.empty()) return false;
        if (!is_last && !w.tokens[part.end - 1].behind.empty()) return false;
        cells += w.tokens.width(part.begin, part.end) + (is_first ? 0 : 1);
    }
    return cells <= widest_line;
}

void put_rule(Writer& w, Part part) {
    const Clauses clauses = split_clauses(
        w.tokens, part, {"on", "at", "when", "unless", "by", "tell", "oblige", "because", "fix"});
    put_first_line(w, clauses, {"on", "at"});
    put_clauses_but(w, clauses, {"on", "at"});
}

void put_raise(Writer& w, Part part) {
    const Clauses clauses = split_clauses(w.tokens, part, {"on", "at", "when", "unless", "to"});
    put_first_line(w, clauses, {"on", "at"});
    put_clauses_but(w, clauses, {"on", "at"});
}

void put_limit(Writer& w, const ast::Limit& limit, Part part) {
    const Clauses clauses = split_clauses(
        w.tokens, part,
        {"on", "at", "count", "sum", "distinct", "unless", "oblige", "because", "fix"});
    put_first_line(w, clauses, {"on", "at"});
    for (const Part& clause : clauses.all) {
        if (is_of(w.tokens, clause, {"on", "at"})) continue;
        if (is_of(w.tokens, clause, {"count", "sum", "distinct"})) {
            put_measure(w, limit, clause);
        } else {
            put_clause(w, clause, step);
        }
    }
}

void put_counter(Writer& w, Part part) {
    const Clauses clauses = split_clauses(w.tokens, part, {"on", "at", "where", "per", "over"});
    std::vector<Part> parts{clauses.head};
    parts.insert(parts.end(), clauses.all.begin(), clauses.all.end());
    if (fit_together(w, parts)) {
        for (const Part& one : parts) w.put(one.begin, one.end);
        return;
    }
    put_first_line(w, clauses, {"on", "at"});
    put_clauses_but(w, clauses, {"on", "at"});
}

void put_example(Writer& w, Part part) {
    const Clauses clauses = split_clauses(w.tokens, part, {"call", "at", "as", "with", "gives"});
    w.put(clauses.head.begin, clauses.head.end);
    align_seconds(w, clauses.all, step);
    put_clauses_but(w, clauses, {});
}

void put_window(Writer& w, Part part) {
    const std::size_t equals = w.tokens.find(part.begin, part.end, "=");
    Clauses clauses = split_clauses(w.tokens, {equals, part.end}, {"in", "except"});
    clauses.head.begin = part.begin;
    std::vector<Part> parts{clauses.head};
    parts.insert(parts.end(), clauses.all.begin(), clauses.all.end());
    const bool together = fit_together(w, parts);
    put_list(w, clauses.head, 0);
    for (const Part& clause : clauses.all) {
        const bool is_zone = w.tokens.is(clause.begin, "in");
        const bool joins = together || (is_zone && w.fits(clause.begin, clause.end));
        if (!joins) w.start_line(clause.begin, step);
        put_words_and_list(w, clause, step);
    }
}

}  // namespace proviso::grammar::formatting
