// From a line of a block to its place in the histories: a thread knows the one, who joins the
// blocks in order the other.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace proviso::simulator {

struct HistoryPlace {
    std::string_view file;
    std::uint64_t line = 0;  ///< from 1
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call
};

/// `line` counts from 0, within the block.
using Placing = std::function<HistoryPlace(std::uint64_t line)>;

}  // namespace proviso::simulator
