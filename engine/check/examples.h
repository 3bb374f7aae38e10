// `example NAME call … gives …`: typed here, decided once the set is compiled
// (engine/examples.cpp).
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// Types all examples, as calls in the form of `Layout::native`.
void check_examples(Context& context);

}  // namespace proviso::check
