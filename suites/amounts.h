// Amounts in the calls of a suite that look like thousands and are none: `25.000` is twenty-five.
//
// Whoever writes calls by hand tests another amount than was meant, and sees it pass. In rule text
// it is a warning (P1524); a suite is refused, since nothing is lost by writing `25` or `25000`.
// Covered by tests/cli/test_mistakes_test.py.
#pragma once

#include "engine/set_names.h"
#include "suites/mistakes.h"
#include "suites/suite.h"

namespace proviso::suites {

/// Of a suite in the native layout.
void check_amounts(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes);

}  // namespace proviso::suites
