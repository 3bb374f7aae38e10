// How deep conditions stand within conditions.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// Reports the first place at which the set goes deeper than the machine follows.
void check_let_depth(Context& context);

}  // namespace proviso::check
