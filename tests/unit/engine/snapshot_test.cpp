// A store in memory, put aside and taken up: it goes on as the one that never stopped.
#include "engine/snapshot.h"

#include <random>
#include <string>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

PolicyPtr remembering_policy() {
    const CompileResult made = compile_text(R"(policy p version "1.0.0"
tool pay { args { to     : string
                  amount : money } }
role lead { }
allow pays on pay
counter paid = count on pay per args.to over 2h
gate often on pay when paid > 20 by lead
limit sums on pay sum args.amount per args.to over 1d > 900 USD : block
limit counts on pay count over 3h > 300 : gate by lead
limit spread on pay distinct args.to over 1h > 7 : gate by lead
)");
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

/// The same numbers on every machine.
struct Numbers {
    std::mt19937_64 next{5};
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

std::string two(std::uint64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// Decides the call of one step, and reports of one before it; what came of both, in words.
std::string step(Engine& engine, Numbers& numbers, std::uint64_t at) {
    Call call("pay");
    const std::uint64_t minute = at / 3;
    call.time("2026-11-" + two(1 + minute / 1440) + "T" + two(minute / 60 % 24) + ":" +
              two(minute % 60) + ":00Z");
    call.arg("to", "v-" + std::to_string(numbers.below(9)));
    const std::string units = std::to_string(numbers.below(100));
    call.arg("amount", Money{units + (numbers.below(2) != 0 ? ".5" : ""),
                             numbers.below(8) == 0 ? "EUR" : "USD"});
    if (numbers.below(4) != 0) call.id("c-" + std::to_string(at));
    const std::string before = "c-" + std::to_string(at - std::min(at, numbers.below(30)));
    const Decision decision = engine.decide(call);
    const StoreResult reported =
        numbers.below(3) == 0 ? engine.cancel(before) : engine.confirm(before);
    return std::string{name(decision.outcome)} + ' ' + reported.error;
}

std::string snapshot_of(const Engine& engine) {
    Saver saver;
    saver(engine.store());
    REQUIRE(saver.error().empty());
    return saver.bytes();
}

EngineOptions short_memory() {
    EngineOptions options;
    options.limits.store_late_seconds = 60;
    options.limits.store_id_seconds = 7'200;
    return options;
}

}  // namespace

TEST_CASE("a store that was put aside and taken up goes on as one that never stopped") {
    const PolicyPtr policy = remembering_policy();
    Engine first(policy, short_memory());
    Numbers numbers;
    std::uint64_t at = 0;
    for (const std::uint64_t until : {0u, 1u, 50u, 400u, 3'000u}) {
        for (; at < until; ++at) (void)step(first, numbers, at);
        const std::string bytes = snapshot_of(first);
        Engine second(policy, short_memory());
        Loader loader{bytes};
        loader(second.store());
        REQUIRE(loader.error().empty());
        CHECK(loader.at_end());
        CHECK(snapshot_of(second) == bytes);
        Numbers same = numbers;
        for (const std::uint64_t end = at + 1'500; at < end; ++at) {
            REQUIRE(step(second, same, at) == step(first, numbers, at));
        }
        CHECK(snapshot_of(second) == snapshot_of(first));
    }
}

TEST_CASE("a snapshot of a store that is cut off or of other limits is an error") {
    const PolicyPtr policy = remembering_policy();
    Engine engine(policy);
    Numbers numbers;
    for (std::uint64_t at = 0; at < 200; ++at) (void)step(engine, numbers, at);
    const std::string bytes = snapshot_of(engine);
    for (std::size_t size = 0; size < bytes.size(); size += 97) {
        Engine other(policy);
        Loader loader{std::string_view{bytes}.substr(0, size)};
        loader(other.store());
        CHECK(loader.failed());
    }
    const CompileResult made = compile_text(R"(policy p version "1.0.0"
tool pay { args { to : string } }
allow pays on pay
limit counts on pay count over 3h > 300 : block
)");
    REQUIRE(made.policy != nullptr);
    Engine other(made.policy);
    Loader loader{bytes};
    loader(other.store());
    CHECK(loader.error() == "limits and counters are others");
}

}  // namespace proviso
