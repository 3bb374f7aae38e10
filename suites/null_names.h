// Names in the calls of a suite that stand there with nothing: `amuont: null`, and what a comma
// makes in braces, where `{ amount: 1.500,50 }` is 1.500 and a key `50`.
//
// A null takes away what the defaults have and is never sent, so no call shows such a name as
// wrong. One that takes nothing away, and that nothing declares, is a mistake.
// Covered by tests/cli/test_mistakes_test.py.
#pragma once

#include "engine/set_names.h"
#include "suites/mistakes.h"
#include "suites/suite.h"

namespace proviso::suites {

/// Of a suite in the native layout.
void check_null_names(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes);

}  // namespace proviso::suites
