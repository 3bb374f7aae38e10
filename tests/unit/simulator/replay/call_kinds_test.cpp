#include "simulator/replay/call_kinds.h"

#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "simulator/replay/setup.h"

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* policy_text = R"(policy kinds version "1"
catalogue open
attributes { site : string }
tool pay { args { amount : decimal } }
role lead { }
allow all on *
gate large on pay when args.amount > 100 by lead
block abroad on * when site == "abroad"
)";

/// Calls of one policy, counted by kind.
struct Counted {
    Counted() {
        Options options;
        options.policy = compile_text(policy_text).policy;
        REQUIRE(options.policy != nullptr);
        setup = make_setup(options).setup;
        tally = std::make_unique<Tally>(*setup->policy.policy, setup->policy.reads);
        kinds = std::make_unique<CallKinds>(*setup, *tally);
        engine = std::make_unique<Engine>(options.policy);
        session = std::make_unique<Session>(*engine);
    }

    CallKind& count(std::string_view tool, std::string_view amount, std::string_view workflow,
                    std::string_view outcome = "", std::string_view site = "here") {
        const std::string line = R"({"tool":")" + std::string{tool} +
                                 R"(","attributes":{"site":")" + std::string{site} +
                                 R"("},"args":{"amount":)" + std::string{amount} + "}}";
        const Verdict verdict = session->preview(setup->layout, line);
        CallKind& kind = kinds->of(
            {*session, verdict, nullptr, nullptr, tool, tool, outcome, "", workflow, std::nullopt});
        ++kind.calls;
        return kind;
    }

    std::unique_ptr<Setup> setup;
    std::unique_ptr<Tally> tally;
    std::unique_ptr<CallKinds> kinds;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Session> session;
};

}  // namespace

TEST_CASE("calls are of one kind where all is alike that is counted of them") {
    Counted counted;
    const CallKind* const kind = &counted.count("pay", "20", "\"w\"");
    CHECK(&counted.count("pay", "30.5", "\"w\"") == kind);
    CHECK(&counted.count("pay", "20", "\"v\"") != kind);
    CHECK(&counted.count("pay", "20", "\"w\"", "\"allow\"") != kind);
    CHECK(&counted.count("pay", "200", "\"w\"") != kind);
    CHECK(&counted.count("pay", "null", "\"w\"") != kind);
    CHECK(&counted.count("sell", "20", "\"w\"") != kind);
    CHECK(&counted.count("pay", "20", "\"w\"", "", "abroad") != kind);
    CHECK(&counted.count("pay", "20", "\"w\"", "", "elsewhere") == kind);
    CHECK(kind->calls == 3);
}

TEST_CASE("a kind's calls are in the tally once, however often that is asked for") {
    Counted counted;
    for (int i = 0; i < 3; ++i) counted.count("pay", "200", "\"w\"", "\"block\"");
    CallKind& small = counted.count("pay", "7", "\"w\"", "\"odd\"");
    small.add_amounts({0, 2, 1, 725}, true, false);
    small.add_amounts({0, 0, 1, 1}, true, false);
    CHECK(counted.tally->counts.calls() == 0);
    for (int i = 0; i < 2; ++i) {
        counted.kinds->spread();
        const Tally& tally = *counted.tally;
        CHECK(tally.counts.of(Outcome::gate) == 3);
        CHECK(tally.counts.of(Outcome::allow) == 1);
        CHECK(tally.tools.rows().tools.at(0).counts.calls() == 4);
        CHECK(tally.recorded.looser == 3);
        CHECK(tally.recorded.unreadable == 1);
        CHECK(tally.figures.requests.gated == 3);
        CHECK(tally.figures.requests.roles.at("lead").requests == 3);
        CHECK(tally.figures.gates.size() == 1);
        const WorkflowTally& workflow = tally.figures.workflows.rows().begin()->second;
        CHECK(workflow.calls() == 4);
        CHECK(workflow.money.rows().at(0).sums[0].text() == "8.25");
    }
    counted.count("pay", "7", "\"w\"", "\"odd\"");
    counted.kinds->spread();
    CHECK(counted.tally->counts.calls() == 5);
}

TEST_CASE("more kinds than are told apart, and those that are too long, are counted all the same") {
    Counted counted;
    const std::string text(5'000, 'x');
    std::uint64_t calls = 0;
    for (std::size_t i = 0; i < CallKinds::most_kinds + 2'000; ++i, ++calls) {
        counted.count("pay", "7", '"' + std::to_string(i % (CallKinds::most_kinds + 9)) + '"');
    }
    for (std::size_t i = 0; i < 3'000; ++i, calls += 2) {
        counted.count("pay", "200", '"' + text + std::to_string(i % 2) + '"');
        counted.count("pay", "7", '"' + text.substr(0, 3'000) + std::to_string(i) + '"');
    }
    counted.kinds->spread();
    CHECK(counted.tally->counts.calls() == calls);
    CHECK(counted.tally->counts.of(Outcome::gate) == 3'000);
    const auto& workflows = counted.tally->figures.workflows;
    std::uint64_t told = workflows.beyond();
    for (const auto& [name, row] : workflows.rows()) told += row.calls();
    CHECK(told == calls);
}
