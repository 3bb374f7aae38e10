// Every place in a program that names a block, and what the block is for.
//
// The verifier starts from these, and the disassembler takes its headings from them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/bytecode/program.h"

namespace proviso::bytecode {

enum class BlockUser : std::uint8_t {
    rule,         // index: rule
    entry,        // index: entry
    raise,        // index: raise
    grant,        // index: grant
    shared,       // index: shared
    loop,         // index: loop
    instruction,  // index: of a `condition` instruction
    explain,      // index: explain node
    matrix_axis,  // index: matrix; part: axis
    because,      // index: rule; part: text part
    obligation,   // index: rule; part: argument, counted over all obligations of the rule
};

struct BlockUse {
    std::uint32_t block = none;
    bool is_condition = true;
    BlockUser user{};
    std::uint32_t index = 0;
    std::uint32_t part = 0;
};

/// In the order of the tables; nothing is checked, uses that name no block (`none`) are left out.
[[nodiscard]] std::vector<BlockUse> block_uses(const Program& program);

}  // namespace proviso::bytecode
