// How far the reading of histories is.
#pragma once

#include <cstdint>
#include <optional>

namespace proviso::simulator {

struct Progress {
    bool sorting = false;  ///< the histories are brought in the order of time, before the replay
    std::uint64_t lines = 0;
    std::uint64_t bytes_read = 0;   ///< as stored: compressed where the file is
    std::uint64_t bytes_total = 0;  ///< 0: not known (stdin, a pipe)
    double seconds = 0;
    double lines_per_second = 0;
    std::optional<double> seconds_left;  ///< none while it cannot be told
};

}  // namespace proviso::simulator
