// A run put aside in a file, so that it can go on where it was after the process was killed.
//
// The file is written beside its place, onto the disk, and then put there by rename: at every
// moment it holds a whole state or none. It begins with what the run is made of, by which one that
// does not fit is told from one that does, and all of it is under a checksum. It holds no history:
// the blocks that were done are read over when the run is taken up. Covered by
// tests/unit/simulator/checkpoint_test.cpp and tests/cli/checkpoint_test.py.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/snapshot.h"
#include "simulator/replay/options.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// What a run is made of: names for people, and texts that have to be the same.
using RunIdentity = std::vector<std::pair<std::string, std::string>>;

struct IdentityResult {
    RunIdentity identity;
    std::string error;  ///< why such a run cannot be put aside
};
/// Of options whose histories are files. Reads the ends of each, and the mapping.
[[nodiscard]] IdentityResult identity_of(const Options& options);

struct CheckpointRead {
    std::optional<std::string> state;  ///< none where there is no file, or an error
    std::string error;
};
[[nodiscard]] CheckpointRead read_checkpoint(const std::string& path, const RunIdentity& identity);

/// Empty, or why it could not be written; what was there before is there still.
[[nodiscard]] std::string write_checkpoint(const std::string& path, const RunIdentity& identity,
                                           std::string_view state);

/// When to put a run aside. Not thread-safe.
class Checkpointer {
  public:
    Checkpointer(std::string path, RunIdentity identity, unsigned seconds);

    /// Writing takes no more than a tenth of the time, however large the state.
    [[nodiscard]] bool due() const { return error_.empty() && Clock::now() >= next_; }
    void write(Saver& state, std::chrono::steady_clock::time_point began);
    /// The run is done.
    void remove();
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    using Clock = std::chrono::steady_clock;
    std::string path_;
    RunIdentity identity_;
    std::chrono::seconds every_;
    Clock::time_point next_;
    std::string error_;
};

}  // namespace proviso::simulator
