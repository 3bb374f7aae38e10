// What both kinds of store remember, what they may forget, and their bounds.
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include "tests/unit/engine/decide/store_kinds.h"

namespace proviso::decide {
namespace {

using Measure = SeriesSpec::Measure;

constexpr Answer allowed{Outcome::allow, Reason::allowed, Outcome::allow};

std::int64_t count_of(StoreBackend& store, SeriesId series, Instant time, Instant since) {
    return looked(store, {series, "k", since, 0, {}}, time).all;
}

TEST_CASE("a store step leaves no trace unless it is committed") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    const Event event{series, "k", start, {}, 0, {}};
    begun(*store, start)->add(event);
    {
        const StepPtr preview = begun(*store, start, Access::preview);
        preview->add(event);
        preview->bind("c", {}, allowed);
        CHECK(preview->commit() == Fault::none);
    }
    CHECK(count_of(*store, series, start, start) == 0);
    {
        const StepPtr step = begun(*store, start);
        step->add(event);
        Total total;
        CHECK(step->total({series, "k", start, 0, {}}, total) == Fault::none);
        CHECK(total.all == 0);  // reads do not see what the step adds
        CHECK(step->commit() == Fault::none);
    }
    CHECK(count_of(*store, series, start, start) == 1);
}

TEST_CASE(
    "a step finds what it was told of beforehand, and nothing by what another step was told") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    const auto told = [&](std::string_view key) {
        const StepPtr step = begun(*store, start);
        const Foreseen foreseen = step->foresee({series, key, start, 0, {}});
        step->fetch();
        Total total;
        CHECK(step->total({series, key, start, 0, {}, foreseen}, total) == Fault::none);
        step->add({series, key, start, {}, 0, {}, foreseen});
        step->add({series, key, start, {}, 0, {}});
        CHECK(step->commit() == Fault::none);
        return std::pair(foreseen, total.all);
    };
    CHECK(told("a").second == 0);
    CHECK(told("b").second == 0);
    const auto [of_earlier, both] = told("a");
    CHECK(both == 2);
    CHECK(told("b").second == 2);
    CHECK(told("b").second == 4);
    const StepPtr step = begun(*store, start);
    const Foreseen first = step->foresee({series, "b", start, 0, {}});
    const Foreseen again = step->foresee({series, "b", start, 0, {}});
    CHECK((first == Foreseen::no || first != again));
    CHECK((first == Foreseen::no || first != of_earlier));
    Total total;                                           // nothing was fetched
    for (const Foreseen foreseen : {of_earlier, first}) {  // neither is of this key
        CHECK(step->total({series, "a", start, 0, {}, foreseen}, total) == Fault::none);
        CHECK(total.all == 4);
    }
    for (const Foreseen foreseen : {first, again}) {
        CHECK(step->total({series, "b", start, 0, {}, foreseen}, total) == Fault::none);
        CHECK(total.all == 6);
    }
}

TEST_CASE("a new key that a step was told of twice is one key") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    {
        const StepPtr step = begun(*store, start);
        const Look look{series, "k", start, 0, {}};
        const Foreseen told[] = {step->foresee(look), step->foresee(look)};
        step->fetch();
        for (const Foreseen foreseen : told) step->add({series, "k", start, {}, 0, {}, foreseen});
        CHECK(step->commit() == Fault::none);
    }
    CHECK(count_of(*store, series, start, start) == 2);
}

TEST_CASE("a store knows a call by its id, with plan and answer") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    PlanDigest plan{};
    plan[31] = 7;
    {
        const StepPtr step = begun(*store, start);
        step->bind("c-1", plan, {Outcome::notify, Reason::rule, Outcome::allow});
        CHECK(step->commit() == Fault::none);
    }
    const StepPtr step = begun(*store, start);
    std::optional<KnownCall> call;
    CHECK(step->find_call("c-2", call) == Fault::none);
    CHECK(!call);
    CHECK(step->find_call("c-1", call) == Fault::none);
    REQUIRE(call);
    CHECK(call->plan == plan);
    CHECK(call->answer.outcome == Outcome::notify);
    CHECK(call->answer.reason == Reason::rule);
    CHECK(step->find_call(std::string(Limits{}.store_id_bytes, 'x'), call) == Fault::none);
    CHECK(step->find_call(std::string(Limits{}.store_id_bytes + 1, 'x'), call) ==
          Fault::out_of_range);
}

TEST_CASE("a store keeps rejections until they end, and the first request") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const PlanDigest plan{1};
    const auto reject = [&](const char* by, Instant until) {
        const StepPtr step = begun(*store, start);
        step->remember_reject(plan, by, until);
        step->remember_request(plan, until, until + hour);
        return step->commit();
    };
    CHECK(reject("ann", start + hour) == Fault::none);
    CHECK(reject("bob", start + 2 * hour) == Fault::none);
    CHECK(reject("eve", start + second) == Fault::none);
    std::optional<KnownReject> known;
    std::optional<Instant> asked;
    CHECK(begun(*store, start + 2 * hour)->find_reject(plan, known) == Fault::none);
    REQUIRE(known);
    CHECK(known->by == "bob");
    CHECK(begun(*store, start + 2 * hour + 1)->find_reject(plan, known) == Fault::none);
    CHECK(!known);
    CHECK(begun(*store, start)->find_request(plan, asked) == Fault::none);
    CHECK(asked == start + hour);
}

TEST_CASE("a store forgets what is expired, and knows that it has") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    for (int i = 0; i < 400; ++i) {
        const Instant time = start + i * 60 * second;
        REQUIRE(counted(*store, {series, "k", time, {}, 0, {}}) == Fault::none);
        CHECK(count_of(*store, series, time, time - hour + 1) == std::min(i + 1, 60));
    }
    const Instant now = start + 400 * 60 * second;
    Total total;
    const StepPtr step = begun(*store, now);
    CHECK(step->total({series, "k", start, 0, {}}, total) == Fault::forgotten);
    Instant held = 0;
    CHECK(step->held_since(series, held) == Fault::none);
    CHECK(held > start);
    CHECK(held <= now - 2 * hour);
    CHECK(step->total({series, "k", held, 0, {}}, total) == Fault::none);
}

TEST_CASE("calls from the future push nothing out of a store, and count") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    const Instant future = start + 1'000'000 * hour;
    for (int i = 0; i < 300; ++i) {
        const Instant time = i % 10 == 9 ? future : start + i * second;
        REQUIRE(counted(*store, {series, "k", time, {}, 0, {}}) == Fault::none);
    }
    CHECK(count_of(*store, series, start + 300 * second, start) == 300);
    CHECK(count_of(*store, series, future, future - hour + 1) == 30);
}

TEST_CASE("a store whose clock jumped for good answers nothing about before") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    const Instant future = start + 1'000'000 * hour;
    for (int i = 0; i < 300; ++i) {
        const Instant time = i < 100 ? start + i : future + i;
        REQUIRE(counted(*store, {series, "k", time, {}, 0, {}}) == Fault::none);
    }
    Total total;
    CHECK(begun(*store, start)->total({series, "k", start, 0, {}}, total) == Fault::forgotten);
    CHECK(count_of(*store, series, future, future) == 200);
}

TEST_CASE("call ids are kept for their time, and older calls are not let through after it") {
    Limits limits;
    limits.store_id_seconds = 3600;
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file), limits);
    for (int i = 0; i < 400; ++i) {
        const StepPtr step = begun(*store, start + i * 60 * second);
        step->bind("c" + std::to_string(i), {}, allowed);
        REQUIRE(step->commit() == Fault::none);
    }
    const Instant now = start + 400 * 60 * second;
    std::optional<KnownCall> call;
    CHECK(begun(*store, now)->find_call("c399", call) == Fault::none);
    CHECK(call);
    CHECK(begun(*store, now)->find_call("c0", call) == Fault::none);
    CHECK(!call);
    CHECK(begun(*store, start)->find_call("c0", call) == Fault::forgotten);
    Fault fault = Fault::none;
    CHECK(store->settle("c0", EventState::confirmed, fault) == StoreBackend::Settled::unknown_id);
}

TEST_CASE("a longer look-back of a later version finds what is still held") {
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file));
    const SeriesId series = registered(*store, Measure::count, hour);
    REQUIRE(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::none);
    CHECK(registered(*store, Measure::count, 24 * hour) == series);
    CHECK(registered(*store, Measure::distinct, hour) != series);
    CHECK(registered(*store, Measure::count, hour, SeriesSpec::Kind::none, "other") != series);
    for (int i = 0; i < 300; ++i) {
        REQUIRE(counted(*store, {series, "x", start + i * 180 * second, {}, 0, {}}) == Fault::none);
    }
    CHECK(count_of(*store, series, start + 23 * hour, start - hour + 1) == 1);
}

TEST_CASE("the bounds of a store, at them and one past them") {
    const auto kind = GENERATE(StoreKind::memory, StoreKind::file);
    Limits limits;
    limits.store_events = 60;
    limits.store_series = 2;
    const TestStore store(kind, limits);
    const SeriesId series = registered(*store, Measure::count, hour);
    for (int i = 0; i < 60; ++i) {
        REQUIRE(counted(*store, {series, "k", start + i, {}, 0, {}}) == Fault::none);
    }
    CHECK(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::full);
    CHECK(counted(*store, {series, "other", start, {}, 0, {}}) == Fault::none);
    CHECK(count_of(*store, series, start, start) == 60);
    CHECK(registered(*store, Measure::sum, hour) != series);
    SeriesId third{};
    CHECK(store->series({"policy", "third", Measure::count, {}, 0, hour}, third) == Fault::full);
}

TEST_CASE("the bounds of a store in memory on keys, ids and plans") {
    Limits limits;
    limits.store_keys = 3;
    limits.store_ids = 2;
    limits.store_plans = 1;
    const TestStore store(StoreKind::memory, limits);
    const SeriesId series = registered(*store, Measure::count, hour);
    for (const char* key : {"a", "b", "c"}) {
        CHECK(counted(*store, {series, key, start, {}, 0, {}}) == Fault::none);
    }
    CHECK(counted(*store, {series, "d", start, {}, 0, {}}) == Fault::full);
    CHECK(counted(*store, {series, "c", start, {}, 0, {}}, "1") == Fault::none);
    CHECK(counted(*store, {series, "c", start, {}, 0, {}}, "2") == Fault::none);
    CHECK(counted(*store, {series, "c", start, {}, 0, {}}, "3") == Fault::full);
    CHECK(looked(*store, {series, "c", start, 0, {}}, start).all == 3);  // all of a step or none
    const auto reject = [&](std::uint8_t plan) {
        const StepPtr step = begun(*store, start);
        step->remember_reject({plan}, "ann", start + hour);
        return step->commit();
    };
    CHECK(reject(1) == Fault::none);
    CHECK(reject(1) == Fault::none);
    CHECK(reject(2) == Fault::full);
}

TEST_CASE("expired keys give a store in memory room for new ones") {
    Limits limits;
    limits.store_keys = 300;
    limits.store_ids = 300;
    limits.store_id_seconds = 3600;
    const TestStore store(StoreKind::memory, limits);
    const SeriesId series = registered(*store, Measure::count, hour);
    for (int i = 0; i < 5000; ++i) {
        const std::string key = std::to_string(i);
        const Instant time = start + i * 120 * second;
        REQUIRE(counted(*store, {series, key, time, {}, 0, {}}, key) == Fault::none);
    }
}

TEST_CASE("halts of a store are listed, replaced and lifted, each change with an epoch") {
    Limits limits;
    limits.store_halts = 2;
    const TestStore store(GENERATE(StoreKind::memory, StoreKind::file), limits);
    using Kind = HaltScope::Kind;
    CHECK(store->halt({Kind::tool, "pay*"}, "one") == Fault::none);
    CHECK(store->halt({Kind::everything, ""}, "two") == Fault::none);
    CHECK(store->halt({Kind::everything, ""}, "three") == Fault::none);
    CHECK(store->halt({Kind::agent, "a"}, "") == Fault::full);
    std::vector<Halt> halts;
    std::uint64_t epoch = 0;
    CHECK(store->halts(halts, epoch) == Fault::none);
    REQUIRE(halts.size() == 2);
    CHECK(halts[0].reason == "three");
    CHECK(halts[1].scope == HaltScope{Kind::tool, "pay*"});
    CHECK(epoch == 3);
    const std::uint64_t seen = store->halt_epoch().load();
    bool was_halted = false;
    CHECK(store->resume({Kind::tool, "pay*"}, was_halted) == Fault::none);
    CHECK(was_halted);
    CHECK(store->halt_epoch().load() != seen);
    CHECK(store->resume({Kind::tool, "pay*"}, was_halted) == Fault::none);
    CHECK(!was_halted);
    CHECK(store->halts(halts, epoch) == Fault::none);
    CHECK(halts.size() == 1);
}

}  // namespace
}  // namespace proviso::decide
