// Where to go on after a mistake: the next line of a broken statement that surely starts a clause,
// an item, a field or a row, and the next statement. Plain text scanning; no grammar.
//
// Covered by tests/unit/grammar/resume_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace proviso::grammar {

/// What the rest of a broken statement is parsed as.
enum class Part : std::uint8_t {
    none,
    rule_clauses,
    raise_clauses,
    limit_clauses,
    counter_clauses,
    example_clauses,
    attributes,
    fields,
    arguments,  // the fields of `args { … }` and then the other items of the tool
    tool_items,
    role_items,
    approval_items,
    matrix_rows,
    table_rows,
};

struct Resume {
    Part part = Part::none;
    std::uint32_t line = 0;  // offset of the line's start
};

/// `stopped`: where the parse stopped. `last_line`: the line resumed at before, 0 at first.
[[nodiscard]] Resume find_resume(std::string_view text, std::uint32_t stopped,
                                 std::uint32_t last_line, std::uint32_t statement_begin,
                                 std::string_view statement_word, bool in_args);

/// The start of the next line, after `from`, that starts a statement: in column one, not `}` and
/// no comment. Where `any_word` is false it has to start with a statement's word.
[[nodiscard]] std::uint32_t next_statement(std::string_view text, std::uint32_t from,
                                           std::uint32_t statement_begin, bool any_word);

}  // namespace proviso::grammar
