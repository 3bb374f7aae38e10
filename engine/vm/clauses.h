// A condition as clauses: it holds where one clause holds, a clause where all its literals do.
//
// Read off the code of a condition block. Every way from its first instruction to `yes` is a
// clause: a test that is left by the way that its literal's truth takes adds the literal, one that
// is left by the other way adds nothing, since code is in negation normal form and so monotone in
// its literals. By the laws of Kleene's logic, which is a distributive lattice, the clauses are
// then true, false and unknown exactly where the condition is.
//
// A literal compares one slot with constants or a window, or asks for a role or the tier. Any other
// test makes its clause one *with code*: the literals that it has say only that the condition may
// hold. Covered by tests/unit/engine/rule_index_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/bytecode/program.h"

namespace proviso::vm {

/// A test and the answer to it that makes the literal true.
struct Literal {
    std::uint32_t pc = 0;  // into Program::code
    bool wanted = true;    // of the test as it stands there, `jump_if` aside
};

struct Clause {
    std::vector<Literal> literals;
    bool with_code = false;
};

/// The clauses of a condition block; `bytecode::none` is the condition that always holds. A
/// condition that has more than a few clauses comes back as one clause with code and no literal.
[[nodiscard]] std::vector<Clause> clauses_of(const bytecode::Program& program, std::uint32_t block);

}  // namespace proviso::vm
