#include "engine/bytecode/opcodes.h"

namespace proviso::bytecode {
namespace {

constexpr std::array<std::string_view, 4> class_words = {"test", "value", "move", "end"};

}  // namespace

std::string_view name(Operand operand) {
    return detail::operand_words[static_cast<std::size_t>(operand)];
}

std::string_view name(OpClass op_class) {
    return class_words[static_cast<std::size_t>(op_class)];
}

}  // namespace proviso::bytecode
