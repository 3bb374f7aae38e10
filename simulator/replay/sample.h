// Sample calls: a few of each outcome, spread over the whole history, the same in every run.
//
// Each call has a key, a hash of its place; those with the smallest keys are kept. So what is kept
// does not depend on which thread saw what first.
// Covered by tests/unit/simulator/replay/sample_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/report/report.h"
#include <proviso/decision.h>

namespace proviso::simulator {

struct KeyedSample {
    std::uint64_t key = 0;
    std::uint64_t place = 0;  ///< to show them in the order of the history
    Sample sample;
};

class Reservoir {
  public:
    Reservoir() = default;  ///< keeps nothing
    explicit Reservoir(std::size_t bound) : bound_(bound) {}

    /// Keys below this are kept.
    [[nodiscard]] std::uint64_t threshold() const noexcept {
        if (samples_.size() < bound_) return std::numeric_limits<std::uint64_t>::max();
        return samples_.empty() ? 0 : samples_.back().key;
    }
    void add(KeyedSample sample);
    /// By key.
    [[nodiscard]] const std::vector<KeyedSample>& samples() const noexcept { return samples_; }
    /// In the order of the history.
    [[nodiscard]] std::vector<Sample> in_order() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, samples] = it;
        visit(samples);
    }

  private:
    std::size_t bound_ = 0;
    std::vector<KeyedSample> samples_;  // by key
};

/// What a sample tells of a decision: why, and what was missing.
[[nodiscard]] Sample sample_of(const Decision& decision);

}  // namespace proviso::simulator
