// Whether what a suite sends and expects goes by names that its set has.
//
// A misspelt attribute would be decided as a missing one, and a block be taken for the right one; a
// misspelt rule that is not to take part never does. So both are mistakes of the suite.
// Covered by tests/cli/test_test.py.
#pragma once

#include <string>

#include "suites/suite.h"
#include <proviso/policy.h>

namespace proviso::suites {

/// "file:line:column: what is wrong", one line a mistake, by place; empty where there is none.
[[nodiscard]] std::string check_names(const Suite& suite, const Policy& policy);

}  // namespace proviso::suites
