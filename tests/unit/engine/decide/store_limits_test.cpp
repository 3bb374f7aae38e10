// Bounds of stores that take time or words to reach: late calls, waiting, the texts of halts.
#include <string>

#include <catch2/catch.hpp>

#include "engine/decide/halt_board.h"
#include "tests/unit/engine/decide/store_kinds.h"

namespace proviso::decide {
namespace {

/// What a store that keeps events so long says of one that is two hours older than its period.
Fault look_back_two_hours(StoreKind kind, std::size_t late_seconds) {
    Limits limits;
    limits.store_late_seconds = late_seconds;
    const TestStore store(kind, limits);
    const SeriesId series = registered(*store, SeriesSpec::Measure::count, hour);
    const Instant later = start + 3 * hour;
    for (int i = 0; i < 300; ++i) {
        REQUIRE(counted(*store, {series, "k", i < 100 ? start : later, {}, 0, {}}) == Fault::none);
    }
    Total total;
    const Fault fault = begun(*store, later)->total({series, "k", start, 0, {}}, total);
    if (fault == Fault::none) CHECK(total.all == 300);
    return fault;
}

}  // namespace

TEST_CASE("a store keeps events for late calls as long as its limit says") {
    const StoreKind kind = GENERATE(StoreKind::memory, StoreKind::file);
    CHECK(look_back_two_hours(kind, 7200) == Fault::none);
    CHECK(look_back_two_hours(kind, 7199) == Fault::forgotten);
}

TEST_CASE("a decision waits for another process no longer than its limit says") {
    const TemporaryFolder folder;
    Limits limits;
    limits.store_busy_milliseconds = 0;
    const auto one = opened(folder.file("store"), limits);
    const auto other = opened(folder.file("store"), limits);
    Fault fault = Fault::none;
    {
        const StepPtr holds = begun(*one, start);
        CHECK(other->begin(start, Access::decide, fault) == nullptr);
        CHECK(fault == Fault::locked);
    }
    CHECK(other->begin(start, Access::decide, fault) != nullptr);
}

TEST_CASE("the name and the reason of a halt are no longer than its limit says") {
    Limits limits;
    limits.store_halt_bytes = 4;
    using Kind = HaltScope::Kind;
    CHECK(refused_halt({Kind::tool, "pay*"}, "why?", limits).empty());
    CHECK(refused_halt({Kind::tool, "pays*"}, "why?", limits) == "the name is too long");
    CHECK(refused_halt({Kind::tool, "pay*"}, "why??", limits) == "the reason is too long");
}

}  // namespace proviso::decide
