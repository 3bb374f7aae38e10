// Percentiles of durations in memory that does not grow with their number: a histogram, finer where
// durations are short.
//
// Below 64 s each second has a bucket of its own; above, each power of two has 32. A percentile is
// the largest second of its bucket, or the longest of all where that is less: never too low, and at
// most 1/32 too high. Sums alone, so that no order shows.
// Covered by tests/unit/simulator/figures/durations_test.cpp.
#pragma once

#include <cstdint>
#include <map>

#include "simulator/report/figures.h"

namespace proviso::simulator {

/// 0 for 0 s; ascending with the seconds, which are not negative.
[[nodiscard]] std::uint32_t duration_bucket(std::int64_t seconds);
/// The most that falls into a bucket.
[[nodiscard]] std::int64_t longest_of_bucket(std::uint32_t bucket);

class DurationTally {
  public:
    /// Less than nothing counts as nothing.
    void add(std::int64_t seconds);
    void merge(const DurationTally& other);
    [[nodiscard]] Durations durations() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [buckets, count, longest] = it;
        visit(buckets, count, longest);
    }

  private:
    [[nodiscard]] std::int64_t percentile(std::uint64_t per_cent) const;

    std::map<std::uint32_t, std::uint64_t> buckets_;
    std::uint64_t count_ = 0;
    std::int64_t longest_ = 0;
};

}  // namespace proviso::simulator
