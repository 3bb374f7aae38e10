// How each construct is laid out. All functions take token ranges [begin, end); what fits is one
// line, and what does not is broken at its loosest operator, or within its brackets.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "grammar/ast.h"
#include "grammar/format_writer.h"

namespace proviso::grammar::formatting {

struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// ---- expressions and types

/// An expression or a type on a line that is indented by `indent`; `more` cells follow on its line.
void put_value(Writer& w, Part part, std::size_t indent, std::size_t more = 0);

/// Items parted by commas: as many on a line as it holds.
void put_list(Writer& w, Part part, std::size_t indent, std::size_t more = 0);

/// Pieces of a part outside of its brackets; each but the last ends with a comma.
[[nodiscard]] std::vector<Part> split_at_commas(const Tokens& tokens, Part part);

// ---- blocks

/// `{`, fields below each other with their colons in one column, `}`.
void put_fields(Writer& w, std::size_t open, std::size_t indent);

/// Has the second tokens of items begin in one column.
void align_seconds(Writer& w, const std::vector<Part>& items, std::size_t indent);

// ---- statements

/// A statement; its first line has been started.
void put_statement(Writer& w, const ast::File& file, const ast::StatementRef& statement, Part part);

/// Statements of one kind on lines below each other, such as params, have their parts in columns.
/// `parts` are all statements of the file, in their order.
void align_statements(Writer& w, const ast::File& file, const std::vector<Part>& parts);

// ---- clauses

/// A statement's clauses in their fixed order. What is before the first one is `head`.
struct Clauses {
    Part head;
    std::vector<Part> all;

    /// The clause that starts with this word; empty where there is none.
    [[nodiscard]] Part find(const Tokens& tokens, std::string_view word) const;
};

[[nodiscard]] Clauses split_clauses(const Tokens& tokens, Part part,
                                    const std::vector<std::string_view>& order);

/// Whether head and clauses fit onto the line that is open, with no comment among them.
[[nodiscard]] bool fit_together(const Writer& w, const std::vector<Part>& parts,
                                std::size_t more = 0);

void put_rule(Writer& w, Part part);
void put_raise(Writer& w, Part part);
void put_limit(Writer& w, const ast::Limit& limit, Part part);
void put_counter(Writer& w, Part part);
void put_example(Writer& w, Part part);
void put_window(Writer& w, Part part);

// ---- tables

void put_matrix(Writer& w, Part part);
void put_table(Writer& w, Part part);

// ---- what has items in braces

[[nodiscard]] std::vector<Part> tool_items(const Tokens& tokens, std::size_t open);
[[nodiscard]] std::vector<Part> role_items(const Tokens& tokens, std::size_t open);
[[nodiscard]] bool is_short_tool(const Tokens& tokens, std::size_t open);
void put_tool(Writer& w, Part part);
void put_role(Writer& w, Part part);
void put_approval(Writer& w, Part part);
void put_block_of_fields(Writer& w, Part part);

}  // namespace proviso::grammar::formatting
