// The call of a step as it is sent: the suite's defaults, what the step says, its row's columns.
// Covered by tests/cli/test_test.py.
#pragma once

#include "suites/suite.h"

namespace proviso::suites {

/// `step` is a call. Its approvals are left to whoever knows what they answer.
[[nodiscard]] Tree call_of(const Suite& suite, const Step& step);

}  // namespace proviso::suites
