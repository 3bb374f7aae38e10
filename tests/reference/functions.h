// The functions of the standard library once more, from docs/stdlib.md: by patterns and lists where
// the product goes byte by byte.
#pragma once

#include <string>
#include <vector>

#include "tests/reference/value.h"

namespace proviso::reference {

/// All arguments are known.
[[nodiscard]] Value call_function(const std::string& name, const std::vector<Value>& arguments);

}  // namespace proviso::reference
