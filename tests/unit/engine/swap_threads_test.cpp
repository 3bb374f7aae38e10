// Swapping while other threads decide: each decision has one policy from beginning to end.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

// The policy's version says which outcome is right for the amount that every call brings.
PolicyPtr version(int number) {
    const std::string text = "policy p version \"" + std::to_string(number) +
                             "\"\ntool pay { args { amount : int } }\n"
                             "allow small on pay when args.amount > 0\n" +
                             (number % 2 == 0 ? "block all on pay\n" : "") + "obligation unused" +
                             std::to_string(number) + "(a : int)\n";
    CompileResult result = compile_text(text);
    INFO(result.text);
    REQUIRE(result.policy != nullptr);
    return result.policy;
}

TEST_CASE("a decision never mixes two policies") {
    const PolicyPtr odd = version(1);
    const PolicyPtr even = version(2);
    Engine engine(odd);
    std::atomic<bool> stop{false};
    std::atomic<int> wrong{0};
    std::atomic<int> decided{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            Session session(engine);
            Call call("pay");
            call.arg("amount", 5);
            while (!stop.load()) {
                const Verdict verdict = session.decide(call);
                const bool is_even = session.policy()->version() == "2";
                const Decision decision = session.decision();
                const Outcome right = is_even ? Outcome::block : Outcome::allow;
                if (verdict.outcome != right || decision.outcome != right ||
                    decision.policy_version != session.policy()->version()) {
                    ++wrong;
                }
                ++decided;
            }
        });
    }
    for (int i = 0; i < 300; ++i) {
        engine.swap(i % 2 == 0 ? even : odd);
        std::this_thread::yield();
    }
    while (decided.load() < 1000) std::this_thread::yield();
    stop = true;
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong.load() == 0);
}

}  // namespace
}  // namespace proviso
