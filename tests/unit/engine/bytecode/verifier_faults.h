// Breaking the sample in one way at a time.
#pragma once

#include <string>
#include <vector>

#include "engine/bytecode/program.h"

namespace proviso::bytecode::sample {

/// "where: why", or nothing where the program verifies.
[[nodiscard]] std::string fault(const Program& program);

struct Break {
    const char* fault;  // part of what the verifier has to say
    void (*apply)(Program&);
};

/// Each break alone makes the full sample fail, for its reason.
void check_breaks(const std::vector<Break>& breaks);

}  // namespace proviso::bytecode::sample
