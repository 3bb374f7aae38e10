// From the options of a run to what all its threads read.
// Covered by tests/unit/simulator/replay_test.cpp and replay_threads_test.cpp.
#pragma once

#include <memory>
#include <string>

#include "simulator/replay/options.h"
#include "simulator/replay/worker.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// Whether one of the policies looks back on earlier calls: then they are decided one by one.
[[nodiscard]] bool remembers(const Options& options);

struct SetupResult {
    std::unique_ptr<Setup> setup;
    std::string error;  ///< why there is none: a mapping, or an intent's place
};
/// Reads the mapping file.
[[nodiscard]] SetupResult make_setup(const Options& options);

}  // namespace proviso::simulator
