// Every statement by its kind, and the columns of short ones below each other.
//
// Covered by tests/golden/format.
#include <algorithm>

#include "grammar/format_layout.h"

namespace proviso::grammar::formatting {
namespace {

using ast::StatementKind;

// ---- columns

/// A statement that stands on one line, and the tokens at which its parts may be set in columns.
struct Short {
    StatementKind kind = StatementKind::policy;
    std::vector<std::size_t> stops;
    Part part;
    bool is_short = false;
};

std::size_t items_in(const Tokens& tokens, std::size_t open, StatementKind kind) {
    if (kind == StatementKind::role) return role_items(tokens, open).size();
    return is_short_tool(tokens, open) ? 1 : 2;
}

void add_stop(Short& line, std::size_t at) {
    if (at < line.part.end) line.stops.push_back(at);
}

void find_stops(const Tokens& tokens, Short& line) {
    const auto [begin, end] = line.part;
    if (line.kind == StatementKind::param) {
        const std::size_t equals = tokens.find(begin, end, "=");
        add_stop(line, tokens.find(begin, end, ":"));
        add_stop(line, equals);
        add_stop(line, tokens.find(equals, end, "in"));
    } else if (line.kind == StatementKind::type || line.kind == StatementKind::window) {
        add_stop(line, tokens.find(begin, end, "="));
    } else if (line.kind == StatementKind::data) {
        add_stop(line, tokens.find(begin, end, ":"));
        add_stop(line, tokens.find(begin, end, "from"));
    } else if (line.kind == StatementKind::role || line.kind == StatementKind::tool) {
        const std::size_t open = tokens.find(begin, end, "{");
        add_stop(line, open);
        line.is_short = line.is_short && items_in(tokens, open, line.kind) <= 1;
    }
}

Short describe(const Tokens& tokens, StatementKind kind, Part part) {
    Short line{kind, {}, part, false};
    line.is_short = tokens.width(part.begin, part.end) <= widest_line &&
                    !tokens.has_comment(part.begin, part.end);
    find_stops(tokens, line);
    line.is_short = line.is_short && !line.stops.empty();
    return line;
}

bool joins(const Tokens& tokens, const Short& above, const Short& below) {
    const Token& first = tokens[below.part.begin];
    return above.kind == below.kind && above.is_short && below.is_short && first.above.empty() &&
           !first.blank_line;
}

std::size_t stop_before(const Short& line, std::size_t k) {
    return k == 0 ? line.part.begin : line.stops[k - 1];
}

/// The column of each stop; empty where a line would be too long.
std::vector<std::size_t> find_columns(const Tokens& tokens, const std::vector<Short>& lines) {
    std::vector<std::size_t> columns;
    std::size_t column = 0;
    for (bool more = true; more;) {
        const std::size_t k = columns.size();
        std::size_t widest = 0;
        more = false;
        for (const Short& line : lines) {
            if (k >= line.stops.size()) continue;
            more = true;
            widest = std::max(widest, tokens.width(stop_before(line, k), line.stops[k]));
        }
        column += widest + 1;
        if (more) columns.push_back(column);
    }
    for (const Short& line : lines) {
        const std::size_t last = line.stops.size();
        const std::size_t rest = tokens.width(stop_before(line, last), line.part.end);
        if (columns[last - 1] + rest > widest_line) return {};
    }
    return columns;
}

void align_run(Writer& w, const std::vector<Short>& lines) {
    if (lines.size() < 2) return;
    const std::vector<std::size_t> columns = find_columns(w.tokens, lines);
    if (columns.empty()) return;
    for (const Short& line : lines) {
        for (std::size_t k = 0; k < line.stops.size(); ++k) w.align(line.stops[k], columns[k]);
    }
}

}  // namespace

void align_statements(Writer& w, const ast::File& file, const std::vector<Part>& parts) {
    std::vector<Short> run;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Short line = describe(w.tokens, file.order[i].kind, parts[i]);
        if (!run.empty() && !joins(w.tokens, run.back(), line)) {
            align_run(w, run);
            run.clear();
        }
        run.push_back(line);
    }
    align_run(w, run);
}

void put_statement(Writer& w, const ast::File& file, const ast::StatementRef& statement,
                   Part part) {
    switch (statement.kind) {
        case StatementKind::policy:
        case StatementKind::import:
        case StatementKind::catalogue:
        case StatementKind::default_outcome:
        case StatementKind::param:
        case StatementKind::type:
        case StatementKind::data:
        case StatementKind::let:
        case StatementKind::obligation: return put_value(w, part, 0);
        case StatementKind::bind:
        case StatementKind::authority: return put_list(w, part, 0);
        case StatementKind::attributes:
        case StatementKind::facts: return put_block_of_fields(w, part);
        case StatementKind::tool: return put_tool(w, part);
        case StatementKind::role: return put_role(w, part);
        case StatementKind::approval: return put_approval(w, part);
        case StatementKind::window: return put_window(w, part);
        case StatementKind::table: return put_table(w, part);
        case StatementKind::matrix: return put_matrix(w, part);
        case StatementKind::rule: return put_rule(w, part);
        case StatementKind::raise: return put_raise(w, part);
        case StatementKind::counter: return put_counter(w, part);
        case StatementKind::limit: return put_limit(w, file.limits[statement.index], part);
        case StatementKind::example: return put_example(w, part);
    }
}

}  // namespace proviso::grammar::formatting
