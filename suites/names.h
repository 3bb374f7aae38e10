// Whether what a suite sends and expects goes by names that its set has.
//
// A misspelt attribute would be decided as a missing one, and a block be taken for the right one; a
// misspelt rule that is not to take part never does. So both are mistakes of the suite. What the
// names stand for, and whether the set can read it, is readable.h. What is null is never sent, so
// its names are looked at here alone (null_names.h).
// Covered by tests/cli/test_test.py and tests/cli/test_mistakes_test.py.
#pragma once

#include "suites/mistakes.h"
#include "suites/suite.h"
#include <proviso/policy.h>

namespace proviso::suites {

void check_names(const Suite& suite, const Policy& policy, Mistakes& mistakes);

}  // namespace proviso::suites
