// The policies that calls are decided by, made once.
#pragma once

#include <proviso/proviso.h>

namespace proviso::fuzz {

/// Of a file of this folder; ends the process where it does not compile.
[[nodiscard]] PolicyPtr policy_of(const char* file);

/// Of call.proviso.
[[nodiscard]] const PolicyPtr& call_policy();
[[nodiscard]] EngineOptions call_options();

}  // namespace proviso::fuzz
