// Conditions that repeat what authority has asked already: `when principal is clerk`, where no call
// reaches the rule that was not granted to a clerk. They are true of every call, so that coverage
// asks for no call of which they are false. Covered by tests/unit/engine/coverage_test.cpp.
#pragma once

#include <vector>

#include "engine/decide/line_index.h"
#include "engine/decide/observe.h"

namespace proviso::engine {

/// By Program::explain_nodes. None is where `grants` is empty, as of a set that was loaded.
[[nodiscard]] std::vector<bool> nodes_that_authority_asks(const bytecode::Program& program,
                                                          const decide::LineIndex& lines,
                                                          const decide::GrantTools& grants);

}  // namespace proviso::engine
