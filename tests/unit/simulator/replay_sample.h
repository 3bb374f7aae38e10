// A policy and histories for tests of whole runs.
#pragma once

#include <cstddef>
#include <string>

#include "simulator/run.h"

namespace proviso::simulator::testing {

[[nodiscard]] PolicyPtr sample_policy();
/// The same with other caps: tighter for large sums, looser for the free tier.
[[nodiscard]] PolicyPtr changed_policy();

/// Receipts of all kinds, in a fixed order; bad and blank lines among them.
[[nodiscard]] std::string sample_history(std::size_t lines);

/// Options for one history and the sample policy.
[[nodiscard]] Options options_for(const std::string& history);

/// The report as JSON, without what differs from run to run: threads and time.
[[nodiscard]] std::string stable_json(Report report);

}  // namespace proviso::simulator::testing
