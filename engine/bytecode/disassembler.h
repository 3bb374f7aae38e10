// A program as people read it: tables, what is tried for a tool, and the code of each block under
// the rule that it belongs to, with the line of the source that it was made from.
//
// A test is shown with the answers that jump: `if false or unknown → 0015`; any other answer goes
// on with the next instruction. Unknown is that of the sure pass; the may pass takes the other way.
#pragma once

#include <optional>
#include <string>

#include "engine/bytecode/program.h"

namespace proviso::bytecode {

struct DisassembleOptions {
    /// What is tried for one tool of the catalogue, instead of the whole set.
    std::optional<std::string> tool;
};

/// Of a program that verifies. The same program gives the same text.
[[nodiscard]] std::string disassemble(const Program& program,
                                      const DisassembleOptions& options = {});

}  // namespace proviso::bytecode
