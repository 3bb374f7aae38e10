// What each opcode is: the rows of opcodes.def as a table to look things up in.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/bytecode/program.h"

namespace proviso::bytecode {

/// What an operand of an instruction means; the words are those of opcodes.def.
enum class Operand : std::uint8_t {
    unused,
    place,
    operand,
    constant,
    set,
    glob,
    regex,
    role,
    shared,
    loop,
    table,
    facts,
    window,
    zone,
    native,
    block,
    target,
    word,
    mask,
};

struct OpInfo {
    std::string_view name;
    OpClass op_class{};
    Operand a{};
    Operand b{};
    Operand c{};
    std::string_view text;
};

inline constexpr std::size_t op_count = 0
#define OP(name, op_class, a, b, c, text) +1
#include "engine/bytecode/opcodes.def"
#undef OP
    ;

namespace detail {

inline constexpr std::array<std::string_view, 19> operand_words = {
    "-",     "place", "operand", "constant", "set",    "glob",  "regex",  "role", "shared", "loop",
    "table", "facts", "window",  "zone",     "native", "block", "target", "word", "mask",
};
static_assert(operand_words.size() == static_cast<std::size_t>(Operand::mask) + 1);

// A word of opcodes.def that is not an operand runs past the array, which does not compile.
constexpr Operand operand(std::string_view word) {
    std::size_t at = 0;
    while (operand_words[at] != word) ++at;
    return static_cast<Operand>(at);
}

inline constexpr std::array<OpInfo, op_count> rows = {{
#define OP(name, op_class, a, b, c, text) \
    {#name, OpClass::op_class, operand(#a), operand(#b), operand(#c), text},
#include "engine/bytecode/opcodes.def"
#undef OP
}};

}  // namespace detail

/// The row of an opcode; `op` is one of the enumerators.
[[nodiscard]] inline const OpInfo& info(Op op) {
    assert(static_cast<std::size_t>(op) < op_count);
    return detail::rows[static_cast<std::size_t>(op)];
}

/// The word of opcodes.def.
[[nodiscard]] std::string_view name(Operand operand);
[[nodiscard]] std::string_view name(OpClass op_class);

}  // namespace proviso::bytecode
