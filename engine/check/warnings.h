// What is allowed but hardly meant, seen over the whole set.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// For a set without errors: with them, half of these would be echoes.
void warn_about_set(Context& context);

}  // namespace proviso::check
