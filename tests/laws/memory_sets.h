// Random sets whose decisions depend on what came before: approvals, limits and counters over a
// small, tame catalogue, so that calls hit the same keys and come near the caps.
#pragma once

#include <string>
#include <vector>

#include "tests/laws/policies.h"
#include "tests/laws/random.h"

namespace proviso::laws {

/// A set that compiles.
[[nodiscard]] GeneratedSet random_memory_set(Random& random);

/// A further statement over its catalogue; `number` makes its name its own.
[[nodiscard]] Statement random_limit(Random& random, const Vocabulary& vocabulary,
                                     std::size_t number);
[[nodiscard]] Statement random_restriction(Random& random, const Vocabulary& vocabulary,
                                           std::size_t number);

// What calls choose from.
inline const std::vector<std::string> memory_customers{"c-1", "c-2"};
inline const std::vector<std::string> memory_people{"ann", "joe", "kim", "max", "moe"};
inline const std::vector<std::string> memory_roles{"boss", "cfo", "clerk", "lead"};

}  // namespace proviso::laws
