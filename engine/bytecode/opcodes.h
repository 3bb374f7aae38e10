// What each opcode is: the rows of opcodes.def as a table to look things up in.
#pragma once

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

/// The row of an opcode; `op` is one of the enumerators.
[[nodiscard]] const OpInfo& info(Op op);

/// The word of opcodes.def.
[[nodiscard]] std::string_view name(Operand operand);
[[nodiscard]] std::string_view name(OpClass op_class);

}  // namespace proviso::bytecode
