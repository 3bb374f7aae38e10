// Memory for tables that are read at random places: a store of a million keys lies in some hundred
// megabytes, and with pages of four kilobytes each look waits for the page table as well.
//
// Covered by tests/unit/engine/decide/huge_pages_test.cpp.
#pragma once

#include <memory_resource>

namespace proviso::decide {

/// Large pieces in pages of two megabytes, where the system gives such; small ones as `new` does.
/// Thread-safe, there for as long as the process is. Running out throws std::bad_alloc.
[[nodiscard]] std::pmr::memory_resource* huge_pages();

}  // namespace proviso::decide
