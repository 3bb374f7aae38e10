#include "simulator/figures/durations.h"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

TEST_CASE("buckets of durations touch, and none is wider than a 32nd of what it begins with") {
    std::int64_t next = 0;
    for (std::uint32_t bucket = 0; bucket < 900; ++bucket) {
        const std::int64_t last = longest_of_bucket(bucket);
        REQUIRE(last >= next);
        CHECK(duration_bucket(next) == bucket);
        CHECK(duration_bucket(last) == bucket);
        CHECK((last - next) * 32 <= next);
        next = last + 1;
    }
    CHECK(duration_bucket(INT64_MAX) < 3'000);
}

TEST_CASE("percentiles by nearest rank, never too low and at most a 32nd too high") {
    std::vector<std::int64_t> all;
    DurationTally tally;
    for (std::int64_t i = 1; i <= 999; ++i) all.push_back(i * i % 7'919 + (i % 13) * 1'000);
    for (const std::int64_t one : all) tally.add(one);
    std::sort(all.begin(), all.end());
    const Durations found = tally.durations();
    CHECK(found.count == 999);
    CHECK(found.longest == all.back());
    for (const auto& [value, rank] : {std::pair{found.p50, 500}, std::pair{found.p95, 950}}) {
        const std::int64_t exact = all[static_cast<std::size_t>(rank) - 1];
        CHECK(value >= exact);
        CHECK((value - exact) * 32 <= exact);
    }
}

TEST_CASE("durations come together in any order, and less than nothing is nothing") {
    DurationTally one;
    DurationTally other;
    one.add(-5);
    one.add(3);
    other.add(63);
    one.merge(other);
    const Durations all = one.durations();
    CHECK(all.count == 3);
    CHECK(all.p50 == 3);
    CHECK(all.longest == 63);
    CHECK(DurationTally{}.durations().count == 0);
}

}  // namespace
}  // namespace proviso::simulator
