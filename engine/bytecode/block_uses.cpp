#include "engine/bytecode/block_uses.h"

namespace proviso::bytecode {

std::vector<BlockUse> block_uses(const Program& program) {
    std::vector<BlockUse> uses;
    each_block_use(program, [&](const BlockUse& use) { uses.push_back(use); });
    return uses;
}

}  // namespace proviso::bytecode
