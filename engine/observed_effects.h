// The effects of a policy's rules as they count at a stage: a default or cell that would notify or
// gate is an allow where nothing is done yet. For the simulator; no part of the public API.
// Covered by tests/unit/simulator/stages_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "proviso/engine.h"

namespace proviso::observed {

inline constexpr std::size_t stage_count = 5;

/// By stage, then by index into Policy::rules().
using StageEffects = std::array<std::vector<Outcome>, stage_count>;
[[nodiscard]] StageEffects stage_effects(const Policy& policy);

/// The stage of the last call, by number.
[[nodiscard]] std::size_t stage_of(const Session& session);

}  // namespace proviso::observed
