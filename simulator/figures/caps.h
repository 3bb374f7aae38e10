// How far the keys of each limit come towards its caps.
//
// Of each key the largest share is kept. Calls with limits are decided in order by one thread, so
// that the first keys of the history are the same in every run.
// Covered by tests/unit/simulator/figures/caps_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/observed_limits.h"
#include "simulator/report/figures.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct CapTally {
    struct Key {
        Millionths largest = 0;
        bool over = false;
    };
    struct Step {
        std::uint64_t calls = 0;
        std::uint64_t beyond = 0;
        std::unordered_map<std::string, Key> keys;
    };
    std::map<std::uint32_t, Step> steps;  ///< by index into Policy::rules()

    void add(const std::vector<observed::LimitUse>& uses, std::size_t bound = most_cap_keys);
    /// Of another part of the history: no run with limits has any.
    void merge(const CapTally& other);
};

/// A row for each step of each limit, also of those that no call came to.
[[nodiscard]] std::vector<CapRow> cap_rows(const CapTally& tally, const Policy& policy);

}  // namespace proviso::simulator
