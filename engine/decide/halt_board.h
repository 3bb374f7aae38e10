// The halts of a store in memory, and what a call is held against: a list that is read as a whole
// when its epoch has changed. Covered by tests/unit/engine/decide/store_memory_test.cpp and
// tests/golden/decide/store/halt.txt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/bound.h"
#include "engine/decide/store.h"

namespace proviso::decide {

/// Why the scope or reason of a halt is refused; empty where it is not.
[[nodiscard]] std::string_view refused_halt(const HaltScope& scope, std::string_view reason,
                                            const Limits& limits);

/// The order in which halts are listed.
[[nodiscard]] bool before(const HaltScope& a, const HaltScope& b);

/// The first halt that holds the call; null where none does. A call that lacks the name that a
/// halt goes by is held by it.
[[nodiscard]] const Halt* halt_of(const std::vector<Halt>& halts, const Bound& bound);

}  // namespace proviso::decide
