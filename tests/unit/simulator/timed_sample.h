// A policy with limits and counters, and a history in the order of time, for tests of whole runs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "simulator/run.h"

namespace proviso::simulator::testing {

/// A count, a sum and a distinct, a counter, and a gate that people answer.
[[nodiscard]] PolicyPtr timed_policy();
/// The same with another cap.
[[nodiscard]] PolicyPtr other_timed_policy();

/// Lines without their ends, by time; several of one time, and bad and blank ones and lines without
/// a time, each behind the line that it is to stay behind.
[[nodiscard]] std::vector<std::string> timed_lines(std::size_t count);

[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

}  // namespace proviso::simulator::testing
