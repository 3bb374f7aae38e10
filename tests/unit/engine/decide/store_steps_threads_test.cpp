// Steps of many threads: one after the other, each whole.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/engine/decide/store_kinds.h"

namespace proviso::decide {
namespace {

TEST_CASE("threads under one cap of a store never pass it") {
    const auto kind = GENERATE(StoreKind::memory, StoreKind::file);
    const std::int64_t cap = kind == StoreKind::memory ? 20'000 : 400;
    Limits limits;
    limits.store_busy_milliseconds = 20'000;
    const TestStore store(kind, limits);
    const SeriesId series = registered(*store, SeriesSpec::Measure::count, hour);
    std::atomic<std::int64_t> let_through{0};
    std::atomic<bool> failed{false};
    const auto hammer = [&](int thread) {
        for (std::int64_t i = 0; i < cap; ++i) {
            Fault fault = Fault::none;
            const StepPtr step = store->begin(start, Access::decide, fault);
            Total total;
            if (step == nullptr || step->total({series, "k", start, 0, {}}, total) != Fault::none) {
                failed = true;
                return;
            }
            if (total.all + 1 > cap) return;
            step->add({series, "k", start, {}, 0, {}});
            step->bind(std::to_string(thread) + "." + std::to_string(i), {}, {});
            if (step->commit() != Fault::none) failed = true;
            ++let_through;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(hammer, i);
    for (std::thread& thread : threads) thread.join();
    CHECK(!failed);
    CHECK(let_through == cap);
    CHECK(looked(*store, {series, "k", start, 0, {}}, start).all == cap);
}

}  // namespace
}  // namespace proviso::decide
