#include "engine/bytecode/opcodes.h"

#include <array>
#include <cassert>

namespace proviso::bytecode {
namespace {

constexpr std::array<std::string_view, 15> operand_words = {
    "-",      "place", "operand", "constant", "set",    "glob", "regex", "role",
    "shared", "loop",  "table",   "block",    "target", "word", "mask",
};
static_assert(operand_words.size() == static_cast<std::size_t>(Operand::mask) + 1);

constexpr std::array<std::string_view, 4> class_words = {"test", "value", "move", "end"};

// A word of opcodes.def that is not an operand runs past the array, which does not compile.
constexpr Operand operand(std::string_view word) {
    std::size_t at = 0;
    while (operand_words[at] != word) ++at;
    return static_cast<Operand>(at);
}

constexpr std::array<OpInfo, op_count> rows = {{
#define OP(name, op_class, a, b, c, text) \
    {#name, OpClass::op_class, operand(#a), operand(#b), operand(#c), text},
#include "engine/bytecode/opcodes.def"
#undef OP
}};

}  // namespace

const OpInfo& info(Op op) {
    assert(static_cast<std::size_t>(op) < op_count);
    return rows[static_cast<std::size_t>(op)];
}

std::string_view name(Operand operand) {
    return operand_words[static_cast<std::size_t>(operand)];
}

std::string_view name(OpClass op_class) {
    return class_words[static_cast<std::size_t>(op_class)];
}

}  // namespace proviso::bytecode
