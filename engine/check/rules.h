// Rules, raises and the default.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

void check_rules(Context& context);
void check_raises(Context& context);
void check_default(Context& context);

}  // namespace proviso::check
