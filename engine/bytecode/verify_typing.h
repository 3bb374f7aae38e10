// What each opcode wants its operands to hold, and what its result holds. Private to the verifier.
#pragma once

#include <cstdint>

#include "engine/bytecode/program.h"

namespace proviso::bytecode {

enum class Need : std::uint8_t {
    nothing,  // not an operand that is read
    anything,
    integer_like,  // compared by its integer
    arithmetic,    // int, duration
    boolean,
    integer,
    decimal,
    money,
    text,
    address,
    time,
    date,
    duration,
    scalar,
    list,
    record,
};

enum class Result : std::uint8_t {
    nothing,
    by_kind,   // one of the kinds
    like_a,    // what operand a holds
    integers,  // of integer arithmetic: depends on both operands
    by_table,  // what the table, shared value, loop or field says
};

struct Typing {
    Need a = Need::nothing;
    Need b = Need::nothing;
    Result result = Result::nothing;
    model::Kind kind = model::Kind::opaque;  // of Result::by_kind
};

[[nodiscard]] Typing typing(Op op);
[[nodiscard]] bool fits(Need need, model::Kind kind);
/// The kind of an hour, weekday or date (0, 1, 2).
[[nodiscard]] model::Kind local_part_kind(std::uint16_t part);
/// The kind of a + b, a - b or a * b of integers and durations.
[[nodiscard]] model::Kind arithmetic_result(model::Kind a, model::Kind b);

}  // namespace proviso::bytecode
