#include "simulator/replay/lanes.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/history/digest.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

PolicyPtr policy_of(const std::string& rules) {
    const CompileResult made = compile_text(R"(policy pay.demo version "1.0.0"
tool pay { args { amount : money in USD
                  to     : string } }
tool check { args { to : string } }
role lead { }
allow pays on pay, check
)" + rules);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

PolicyPtr capped(const std::string& cap, const std::string& outcome = "block") {
    return policy_of("limit a_day on pay sum args.amount per args.to over 1d > " + cap + " : " +
                     outcome + "\n");
}

std::string line(const std::string& time, const std::string& amount,
                 const std::string& recorded = "", const std::string& tool = "pay") {
    return R"({"tool": ")" + tool + R"(", "time": "2026-11-)" + time + R"(", "args": {"to": "x")" +
           (amount.empty() ? "" : R"(, "amount": )" + amount) + "}" +
           (recorded.empty() ? "" : R"(, "recorded": {)" + recorded + "}") + "}\n";
}

std::string outcome(const std::string& word, const std::string& verdict = "") {
    return R"("outcome": ")" + word + '"' +
           (verdict.empty() ? "" : R"(, "verdict": ")" + verdict + '"');
}

Result replay(const std::string& history, const PolicyPtr& policy,
              const PolicyPtr& baseline = nullptr) {
    Options options = options_for(history);
    options.policy = policy;
    options.baseline = baseline;
    return run(options);
}

Report replayed(const std::string& history, const PolicyPtr& policy,
                const PolicyPtr& baseline = nullptr) {
    Result result = replay(history, policy, baseline);
    INFO(result.error);
    REQUIRE(result.ok());
    return std::move(result.report);
}

std::uint64_t of(const MemoryReplay& memory, MemoryWay way, Outcome outcome) {
    return memory.modes[static_cast<std::size_t>(way)].policy.of(outcome);
}

}  // namespace

TEST_CASE("limits count what the history says was carried out, or what the policy lets through") {
    const TemporaryFolder folder;
    // By the record 60 + 60 went out, and 60 was refused; the policy would have let 60 out.
    const std::string history = folder.write("h", line("20T10:00:00Z", "60", outcome("allow")) +
                                                      line("20T11:00:00Z", "60", outcome("allow")) +
                                                      line("20T12:00:00Z", "60", outcome("block")) +
                                                      line("20T13:00:00Z", "30", outcome("allow")) +
                                                      line("22T00:00:00Z", "90", outcome("allow")));
    const Report report = replayed(history, capped("100 USD"));
    REQUIRE(report.memory);
    const MemoryReplay& memory = *report.memory;
    CHECK(memory.ran == 4);
    CHECK(memory.not_run == 1);
    CHECK(memory.untold == 0);
    CHECK(of(memory, MemoryWay::recorded, Outcome::block) == 3);
    CHECK(of(memory, MemoryWay::closed_approved, Outcome::block) == 2);  // the 30 still fits
    CHECK(of(memory, MemoryWay::closed_rejected, Outcome::block) == 2);
    CHECK(memory.path_dependent == 0);
    CHECK(report.counts.of(Outcome::block) == 3);
    CHECK(report.threads == 1);
    CHECK(memory.longest_seconds == 86'400);
    CHECK(memory.warm_up_until == "2026-11-21T10:00:00Z");
    CHECK(memory.warm_up_calls == 4);
}

TEST_CASE("gates are answered as people did, and otherwise in both ways") {
    const TemporaryFolder folder;
    const PolicyPtr policy = policy_of(
        "gate big on pay when args.amount >= 50 USD by lead\n"
        "limit a_day on pay sum args.amount over 1d > 100 USD : block\n");
    const std::string open = line("20T10:00:00Z", "60");
    const std::string yes = line("20T10:00:00Z", "60", outcome("gate", "approved"));
    const std::string no = line("20T10:00:00Z", "60", outcome("gate", "rejected"));
    const std::string then = line("20T11:00:00Z", "45", outcome("allow"));
    const auto last_is_blocked = [&](const std::string& first, MemoryWay way) {
        const Report report = replayed(folder.write("h", first + then), policy);
        return of(*report.memory, way, Outcome::block) == 1;
    };
    CHECK(last_is_blocked(yes, MemoryWay::closed_approved));
    CHECK(last_is_blocked(yes, MemoryWay::closed_rejected));
    CHECK(last_is_blocked(yes, MemoryWay::recorded));
    CHECK_FALSE(last_is_blocked(no, MemoryWay::closed_approved));
    CHECK_FALSE(last_is_blocked(no, MemoryWay::closed_rejected));
    CHECK_FALSE(last_is_blocked(no, MemoryWay::recorded));
    CHECK(last_is_blocked(open, MemoryWay::closed_approved));
    CHECK_FALSE(last_is_blocked(open, MemoryWay::closed_rejected));
    CHECK(last_is_blocked(open, MemoryWay::recorded));  // it stands in a log of calls
    const Report report = replayed(folder.write("h", open + then), policy);
    CHECK(report.memory->path_dependent == 1);
    CHECK(report.memory->unanswered == 1);
    CHECK(report.memory->answered == 0);
    CHECK(report.memory->untold == 1);
}

TEST_CASE("counters trust what was carried out") {
    const TemporaryFolder folder;
    const PolicyPtr policy = policy_of(
        "counter checks = count on check per args.to over 1d\n"
        "gate unchecked on pay when checks == 0 by lead\n");
    const std::string look = line("20T10:00:00Z", "", outcome("allow"), "check");
    const std::string refused = line("20T10:00:00Z", "", outcome("block"), "check");
    const std::string paid = line("20T11:00:00Z", "5", outcome("allow"));
    const Report checked = replayed(folder.write("a", look + paid), policy);
    CHECK(checked.counts.of(Outcome::gate) == 0);
    CHECK(of(*checked.memory, MemoryWay::closed_rejected, Outcome::gate) == 0);
    const Report unchecked = replayed(folder.write("b", refused + paid), policy);
    CHECK(unchecked.counts.of(Outcome::gate) == 1);
    CHECK(of(*unchecked.memory, MemoryWay::closed_rejected, Outcome::gate) == 0);
}

TEST_CASE("two limits against each other, and the same against itself") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h", line("20T10:00:00Z", "60", outcome("allow")) +
                                                      line("20T11:00:00Z", "60", outcome("allow")) +
                                                      line("25T11:00:00Z", "60", outcome("allow")) +
                                                      line("25T12:00:00Z", "60", outcome("allow")));
    const Report tighter = replayed(history, capped("100 USD"), capped("1_000 USD"));
    CHECK(tighter.comparison->of(Change::tighter) == 2);
    CHECK(tighter.comparison->rules.at(0).rule == "a_day[> 100 USD]");
    CHECK(tighter.memory->warm_up_changes == 1);
    for (const MemoryMode& mode : tighter.memory->modes) {
        CHECK(mode.of(Change::tighter) == 2);
        CHECK(mode.of(Change::none) == 2);
        CHECK(mode.newly_blocked == 2);
        CHECK(mode.table[0][3] == 2);
        CHECK(mode.baseline.of(Outcome::allow) == 4);
    }
    const Report same = replayed(history, capped("100 USD"), capped("100 USD"));
    CHECK(same.comparison->of(Change::none) == 4);
    for (const MemoryMode& mode : same.memory->modes) CHECK(mode.of(Change::none) == 4);
    CHECK(same.memory->warm_up_changes == 0);
    CHECK_FALSE(replayed(history, policy_of("")).memory);
}

TEST_CASE("calls of a replay with limits are in the order of time") {
    const TemporaryFolder folder;
    const std::string history =
        folder.write("h", line("20T10:00:00Z", "1") + "\n" + line("20T10:00:00Z", "1") +
                              line("20T09:59:59Z", "1") + line("20T12:00:00Z", "1"));
    const Result result = replay(history, capped("100 USD"));
    CHECK(result.failure == Failure::order);
    CHECK(result.error ==
          history +
              ":4: the call is of 2026-11-20T09:59:59Z, and one before it of "
              "2026-11-20T10:00:00Z: limits and counters need calls in the order of time");
    CHECK(result.report.counts.calls() == 2);
    CHECK_FALSE(result.report.partial.empty());
    CHECK(replay(history, policy_of("")).ok());
    const std::string untimed =
        folder.write("u", R"({"tool": "pay", "args": {"amount": 1, "to": "x"}})"
                          "\n" +
                              line("20T10:00:00Z", "1"));
    CHECK(replayed(untimed, capped("100 USD")).memory->untimed == 1);
}

TEST_CASE("threads and blocks do not show in a replay with limits") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 500; ++i) {
        const std::string time = (i < 250 ? "20T" : "21T") + std::to_string(10 + i % 250 / 50) +
                                 ":" + std::to_string(10 + i % 50) + ":00Z";
        text +=
            line(time, std::to_string(1 + spread(static_cast<std::uint64_t>(i)) % 60),
                 i % 3 == 0 ? outcome("allow") : outcome("gate", i % 50 == 1 ? "approved" : ""));
    }
    const std::string history = folder.write("h", text);
    std::string expected;
    for (const unsigned threads : {1u, 4u}) {
        for (const std::size_t block_bytes : {std::size_t{1}, std::size_t{1} << 20}) {
            Options options = options_for(history);
            options.policy = capped("300 USD", "gate by lead");
            options.baseline = capped("500 USD");
            options.threads = threads;
            options.block_bytes = block_bytes;
            const Result result = run(options);
            INFO(result.error);
            REQUIRE(result.ok());
            CHECK(result.report.memory->path_dependent > 0);
            const std::string made = stable_json(result.report);
            if (expected.empty()) expected = made;
            CHECK(made == expected);
        }
    }
}

TEST_CASE("whether a call was carried out") {
    using enum HumanVerdict;
    CHECK(Happened{}.ran());
    CHECK(Happened{Outcome::allow, {}}.ran());
    CHECK(Happened{Outcome::notify, {}}.ran());
    CHECK_FALSE(Happened{Outcome::gate, {}}.ran());
    CHECK(Happened{Outcome::gate, approved}.ran());
    CHECK(Happened{Outcome::gate, edited}.ran());
    CHECK_FALSE(Happened{Outcome::gate, rejected}.ran());
    CHECK_FALSE(Happened{Outcome::block, {}}.ran());
    CHECK_FALSE(Happened{Outcome::block, approved}.ran());
    CHECK(Happened{{}, approved}.ran());
    CHECK_FALSE(Happened{{}, rejected}.ran());
    // What became of it says more than what was decided; what failed may have done half of it.
    CHECK(Happened{Outcome::block, rejected, ResultStatus::ok}.ran());
    CHECK(Happened{Outcome::gate, {}, ResultStatus::failed}.ran());
    CHECK_FALSE(Happened{Outcome::allow, approved, ResultStatus::not_executed}.ran());
}
