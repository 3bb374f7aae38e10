// A failing set made small: statements are left out while it still compiles and still fails.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/laws/policies.h"

namespace proviso::laws {

/// Whether a set of these statements fails; only asked of sets that compile.
using Fails = std::function<bool(const Compiled&)>;

[[nodiscard]] std::vector<Statement> shrunk(std::vector<Statement> statements, const Fails& fails);

}  // namespace proviso::laws
