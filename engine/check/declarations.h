// What a set declares besides its rules: params, attributes, tools, obligations.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

void add_builtin_slots(Context& context);
void declare_params(Context& context);
void declare_attributes(Context& context);
/// Names, tiers, stages and tags first: targets need them.
void declare_tools(Context& context);
void declare_obligations(Context& context);

}  // namespace proviso::check
