// What refers to what: an order in which everything comes after what it uses, and the cycles.
#pragma once

#include <cstdint>
#include <vector>

namespace proviso::check {

struct UseOrder {
    std::vector<std::uint32_t> order;                // used ones first; all nodes
    std::vector<std::vector<std::uint32_t>> cycles;  // some at least, each in order of use
    std::vector<bool> in_cycle;                      // at least one member of every cycle
};

/// `uses[i]` are the nodes that i uses. Without recursion, for chains of any length.
[[nodiscard]] UseOrder order_by_use(const std::vector<std::vector<std::uint32_t>>& uses);

}  // namespace proviso::check
