// Whether the set can read what the calls of a suite say.
//
// A call with a word that its enum does not have, with an amount that is none, or of a tool that is
// misspelt is decided on the tight side, and a suite that expects a block would be green for the
// wrong reason. So all of these are mistakes of the suite, unless the case expects them: by
// `reason`, or `detail`, of its form; by `missing` of a value that is unknown; by
// `undeclared_roles`. Each call is bound as `proviso test` sends it, and what binding could not
// take is looked up. Covered by tests/cli/test_mistakes_test.py.
#pragma once

#include "suites/mistakes.h"
#include "suites/suite.h"
#include <proviso/policy.h>

namespace proviso::suites {

void check_readable(const Suite& suite, const PolicyPtr& policy, Mistakes& mistakes);

}  // namespace proviso::suites
