#include "simulator/replay/ledger.h"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

std::string refund(int amount, const std::string& tier) {
    return R"({"tool": "issue_refund", "time": "2026-11-20T00:00:00Z", "args": )"
           R"({"order_id": "A-1", "amount": )" +
           std::to_string(amount) + "}" +
           (tier.empty() ? "" : R"(, "attributes": {"customer.tier": ")" + tier + "\"}") + "}\n";
}

Report report_of(const std::string& history) {
    const Result result = run(options_for(history));
    INFO(result.error);
    REQUIRE(result.ok());
    return result.report;
}

FactRow fact(const Report& report, const std::string& name) {
    const auto found = std::find_if(report.facts.begin(), report.facts.end(),
                                    [&](const FactRow& row) { return row.name == name; });
    REQUIRE(found != report.facts.end());
    return *found;
}

}  // namespace

TEST_CASE("what is missing counts as unknown only where it decides") {
    const TemporaryFolder folder;
    // The tier holds back refunds of more than 20, and those over 500 are held anyway.
    const Report report = report_of(folder.write(
        "h", refund(30, "") + refund(900, "") + refund(10, "") + refund(30, "gold") +
                 refund(30, "odd") + R"({"tool": "lookup_order", "args": {"order_id": "A"}})"));
    const FactRow tier = fact(report, "customer.tier");
    CHECK(tier.counts.reads == 5);
    CHECK(tier.counts.absent == 4);
    CHECK(tier.counts.decisive == 2);
    REQUIRE(tier.tools.size() == 1);
    CHECK(tier.tools[0].first == "issue_refund");
    CHECK(report.facts.front().name == "customer.tier");
    CHECK(report.counts.unknown_calls() == 2);
    CHECK(fact(report, "args.amount").counts.absent == 0);
}

TEST_CASE("a call whose form is wrong reads nothing") {
    const TemporaryFolder folder;
    const Report report =
        report_of(folder.write("h", R"({"tool": "issue_refund", "args": {"order_id": 1}})"
                                    "\n"
                                    R"({"tool": "made_up"})"));
    CHECK(report.facts.empty());
}

TEST_CASE("roles and the time are facts that a history may lack") {
    const CompileResult made = compile_text(R"(policy p version "1.0.0"
authority of principal
tool pay { args { amount : int } }
role clerk { can pay }
role lead { }
window days = mon..fri 09:00..17:00 in "UTC"
let small = args.amount < 5
allow pays on pay when small or time in days
gate nights on pay when time not in days by lead
)");
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    const TemporaryFolder folder;
    Options options = options_for(folder.write(
        "h",
        R"({"tool": "pay", "args": {"amount": 1}, "principal": {"id": "u", "roles": ["clerk"]}})"
        "\n"
        R"({"tool": "pay", "args": {"amount": 1}, "time": "2026-11-20T10:00:00Z"})"
        "\n"));
    options.policy = made.policy;
    const Result result = run(options);
    REQUIRE(result.ok());
    CHECK(fact(result.report, "time").counts.absent == 1);
    CHECK(fact(result.report, "time").counts.decisive == 1);
    CHECK(fact(result.report, "principal.roles").counts.absent == 1);
    CHECK(fact(result.report, "principal.roles").counts.decisive == 1);
    CHECK(fact(result.report, "args.amount").counts.reads == 2);
}
