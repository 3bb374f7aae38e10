// docs/bytecode.md, printed from the opcode table.
//
// tests/unit/engine/bytecode/opcode_page_test.cpp fails while the page in docs/ is another one, and
// rewrites it when run with PROVISO_UPDATE=1 in the environment.
#pragma once

#include <string>

namespace proviso::bytecode {

[[nodiscard]] std::string opcode_page();

}  // namespace proviso::bytecode
