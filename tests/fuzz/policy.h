// The policy of call.proviso, made once.
#pragma once

#include <proviso/proviso.h>

namespace proviso::fuzz {

[[nodiscard]] const PolicyPtr& call_policy();
[[nodiscard]] EngineOptions call_options();

}  // namespace proviso::fuzz
