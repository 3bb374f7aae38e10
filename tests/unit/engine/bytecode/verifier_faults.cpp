#include "tests/unit/engine/bytecode/verifier_faults.h"

#include <catch2/catch.hpp>

#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"

namespace proviso::bytecode::sample {

std::string fault(const Program& program) {
    const auto error = verify(program, Limits{});
    return error ? error->where + ": " + error->why : std::string();
}

void check_breaks(const std::vector<Break>& breaks) {
    for (const Break& each : breaks) {
        Program program = full();
        each.apply(program);
        CAPTURE(each.fault);
        CHECK_THAT(fault(program), Catch::Contains(each.fault));
    }
}

}  // namespace proviso::bytecode::sample
