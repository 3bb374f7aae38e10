// Counts what the C++ heap is asked for; linked in, it replaces the global operator new.
#pragma once

#include <cstddef>

namespace proviso::tests {

/// Calls of operator new since the program began.
[[nodiscard]] std::size_t allocations();

}  // namespace proviso::tests
