// Whether a program may be run. Every program passes here first, freshly compiled or loaded: the
// VM tests neither indices nor types, so what this accepts can make it neither read out of bounds,
// nor take a number for a text, nor run for ever, nor use up the stack.
//
// In this order, each step relying on those before it:
// - verify_fields.cpp    enumerators in range, text in UTF-8, sizes within limits
// - verify_types.cpp     types refer backwards only; constants and slots are what their types say
// - verify_tables.cpp    sets, loops, shared, tables, axes, matrices
// - verify_rules.cpp     rules, raises, grants, explanations and their places
// - verify_catalogue.cpp roles, tools, arguments, duties, params
// - verify_memory.cpp    limits, counters, and the slots that they fill
// - verify_plans.cpp     what is tried for a tool
// - verify_blocks.cpp    code cut into blocks that end and call one another without a circle
// - verify_code.cpp      operands of each instruction; what each temporary holds where it is read
// - verify_values.cpp    what blocks leave behind for those who read values
//
// Time is linear in the size of the program, but for sorting and for a few sums that a budget
// bounds. Covered by tests/unit/engine/bytecode/verifier_*_test.cpp, a test a check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/bytecode/program.h"
#include "proviso/limits.h"

namespace proviso::bytecode {

struct VerifyError {
    std::string where;  // "rule 12 `large_refund`", "instruction 40"
    std::string why;    // "role 9 is out of range: there are 3"
};

/// How deep blocks may call blocks (conditions as values, shared conditions, quantifiers): the VM
/// runs each call on the native stack.
inline constexpr std::uint32_t max_call_depth = 256;

/// Nothing where the program may be run; else the first fault found.
[[nodiscard]] std::optional<VerifyError> verify(const Program& program, const Limits& limits);

}  // namespace proviso::bytecode
