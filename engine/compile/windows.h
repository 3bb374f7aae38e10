// Windows as the checker has them to terms that a look-up tests.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/check/policy_set.h"

namespace proviso::compile {

/// Adds the zones and windows to the program; gives the program's number of each window.
[[nodiscard]] std::vector<std::uint32_t> add_windows(const check::PolicySet& set,
                                                     bytecode::Program& program);

}  // namespace proviso::compile
