// A halt holds every decision that starts after it returned, on all threads, also of sets that need
// no memory. The time from the halt to the last call that went through is shown by `-s`.
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

using Clock = std::chrono::steady_clock;

PolicyPtr policy_of(const char* text) {
    const CompileResult result = compile_text(text);
    INFO(result.text);
    REQUIRE(result.policy != nullptr);
    return result.policy;
}

constexpr const char* plain = R"(policy p version "1.0.0"
tool read { }
allow reads on read
)";
constexpr const char* gated = R"(policy p version "1.0.0"
tool read { }
tool pay { }
role lead { }
allow reads on read
gate pays on pay by lead
)";

struct Seen {
    std::int64_t last_allowed_ns = 0;
    bool wrong = false;  // a decision that began after the halt returned was not a block
};

std::int64_t now_ns() {
    return Clock::now().time_since_epoch().count();
}

void decide_until(const Engine& engine, const std::atomic<bool>& halted, std::atomic<int>& ready,
                  Seen& seen) {
    Session session(engine);
    Call call("read");
    // The halt may come before this thread is run again.
    if (session.decide(call).outcome == Outcome::allow) seen.last_allowed_ns = now_ns();
    ++ready;
    for (int after = 0; after < 1000;) {
        const bool is_halted = halted.load(std::memory_order_acquire);
        const Verdict verdict = session.decide(call);
        if (verdict.outcome == Outcome::allow) seen.last_allowed_ns = now_ns();
        if (!is_halted) continue;
        ++after;
        seen.wrong |= verdict.reason != Reason::halted || verdict.outcome != Outcome::block;
    }
}

TEST_CASE("a halt holds all threads at once") {
    const char* const text = GENERATE(plain, gated);
    const Engine engine(policy_of(text));
    for (int round = 0; round < 20; ++round) {
        std::atomic<bool> halted{false};
        std::atomic<int> ready{0};
        std::vector<Seen> seen(3);
        std::vector<std::thread> threads;
        for (Seen& one : seen) {
            threads.emplace_back([&] { decide_until(engine, halted, ready, one); });
        }
        while (ready < 3) std::this_thread::yield();
        const std::int64_t begun = now_ns();
        const StoreResult result = engine.halt({HaltScope::Kind::tool, "re*"}, "drill");
        const std::int64_t returned = now_ns();
        halted.store(true, std::memory_order_release);
        for (std::thread& thread : threads) thread.join();
        REQUIRE(result);
        for (const Seen& one : seen) {
            CHECK(!one.wrong);
            INFO("halt took " << returned - begun << " ns, the last call went through "
                              << one.last_allowed_ns - begun << " ns after its beginning");
            CHECK(one.last_allowed_ns > 0);
        }
        REQUIRE(engine.resume({HaltScope::Kind::tool, "re*"}));
    }
    Session session(engine);
    const Call call("read");
    CHECK(session.decide(call).outcome == Outcome::allow);
    CHECK(session.decision().halt_epoch == 40);
}

TEST_CASE("one id of many threads is let through once") {
    const Engine engine(policy_of(gated));
    for (int round = 0; round < 200; ++round) {
        std::atomic<int> first{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&] {
                Session session(engine);
                Call call("read");
                call.id("c" + std::to_string(round));
                const Verdict verdict = session.decide(call);
                if (verdict.outcome == Outcome::allow && !verdict.repeat) ++first;
            });
        }
        for (std::thread& thread : threads) thread.join();
        REQUIRE(first == 1);
    }
}

}  // namespace
}  // namespace proviso
