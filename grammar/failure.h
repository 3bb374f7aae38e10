// Where and why a parse stopped. The grammar knows what it wanted (a Slot and its name for people);
// mistakes.h finds out from the text there what the author may have meant.
#pragma once

#include <cstdint>

namespace proviso::grammar {

/// What kind of thing the grammar wanted.
enum class Slot : std::uint8_t {
    none,
    statement,      // a statement's first word
    statement_end,  // a clause, or the end of the statement
    name,
    operand,
    symbol,     // one fixed word or sign
    closer,     // a closing bracket, or one more entry
    separator,  // between the entries of a block
    row_bar,
    label,
    outcome,
    type,
    string,
    string_end,
    escape,
    duration,
    window_part,
    tried,      // a statement that may be on trial
    prose_end,  // the } of an expression inside a `because`
    nesting,    // not a wish: the limit
};

struct Failure {
    const char* where = nullptr;
    Slot slot = Slot::none;
    const char* wanted = nullptr;  // "a name", "`)`"
};

}  // namespace proviso::grammar
