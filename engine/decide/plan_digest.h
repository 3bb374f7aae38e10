// What a call asks for, as a digest: two calls of one id are repeats of each other where it is the
// same. Of the names that the call gave, each with its value in canonical JSON; what is volatile is
// left out. Covered by tests/golden/decide/store.
#pragma once

#include "engine/decide/bound.h"
#include "engine/decide/store.h"

namespace proviso::decide {

/// Of a call whose form is right.
[[nodiscard]] PlanDigest plan_digest(const Bound& bound);

}  // namespace proviso::decide
