// What speaks against the times of a history, where figures of waits and weeks rest on them.
// Covered by tests/unit/simulator/figures/time_doubts_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/figures/figure_stream.h"
#include "simulator/report/figures.h"

namespace proviso::simulator {

/// Requests or answers that it takes before their likeness says anything.
inline constexpr std::size_t least_alike = 10;

/// A sentence each: times that are not told, that are all one, that stand at equal distances, or
/// that are days; answers that all took as long. `requests` are those of `events`, in order of
/// time.
[[nodiscard]] std::vector<std::string> time_doubts(const std::vector<RequestEvent>& requests,
                                                   const FigureEvents& events, std::uint64_t gated);

}  // namespace proviso::simulator
