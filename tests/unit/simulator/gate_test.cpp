
#include <string>

#include <catch2/catch.hpp>

#include "simulator/gate/gate_calls.h"
#include "simulator/gate/gate_check.h"
#include "simulator/gate/gate_file.h"
#include "simulator/run.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

GateBounds gate_of(const std::string& text) {
    GateFile file = parse_gate(text, "g.yaml");
    INFO(file.error);
    REQUIRE(file.gate);
    return std::move(*file.gate);
}

std::string mistakes_of(const std::string& text) {
    const GateFile file = parse_gate(text, "g.yaml");
    CHECK_FALSE(file.gate);
    return file.error;
}

/// A report of 1,000 calls, of which the comparison and the rest say what the test sets.
Report report_of(std::uint64_t unknown, std::uint64_t as_recorded) {
    Report report;
    report.counts.outcomes = {700, 0, 300, 0};
    report.counts.unknown = {0, 0, unknown, 0};
    Comparison made;
    made.recorded = 1'000;
    made.as_recorded = as_recorded;
    report.comparison = made;
    return report;
}

GateState state_of(const std::string& gate, const Report& report) {
    const GateReport result = check_gate(gate_of(gate), report, {}, {});
    return result.broken()           ? GateState::broken
           : result.lacks_evidence() ? GateState::no_evidence
                                     : GateState::kept;
}

}  // namespace

TEST_CASE("a gate file is read whole") {
    const GateBounds gate = gate_of(
        "min_calls: 1000\n"
        "max_newly_allowed: 2\n"
        "max_unknown: 0.25%\n"
        "min_fidelity: 99.5 %\n"
        "expect:\n"
        "  - {call: r-1, outcome: gate}\n"
        "  - {rule: large_refund, min_hits: 3}\n"
        "  - rule: no_deletion\n");
    CHECK(gate.min_calls == 1'000);
    CHECK(gate.max_newly_allowed == 2);
    CHECK_FALSE(gate.max_newly_blocked);
    CHECK(gate.max_unknown == Share{2'500});
    CHECK(gate.min_fidelity == Share{995'000});
    REQUIRE(gate.calls.size() == 1);
    CHECK(gate.calls[0].outcome == Outcome::gate);
    REQUIRE(gate.rules.size() == 2);
    CHECK(gate.rules[0].min_hits == 3);
    CHECK(gate.rules[1].min_hits == 1);
}

TEST_CASE("an empty gate allows nothing new") {
    const GateBounds gate = gate_of("");
    CHECK(gate.max_newly_allowed == 0);
    CHECK(gate.min_calls == 1);
}

TEST_CASE("a gate file's mistakes are told with their place") {
    CHECK(mistakes_of("max_newly_alowed: 1\n") ==
          "g.yaml:1:1: `max_newly_alowed` is no bound of a gate\n"
          "  help: did you mean `max_newly_allowed`?");
    CHECK(mistakes_of("max_looser: -1\nmax_unknown: 1\n") ==
          "g.yaml:1:13: a count is a whole number, 0 or more\n"
          "g.yaml:2:14: a share is written in per cent, with at most four decimals\n"
          "  help: write `99.5 %`");
    CHECK(mistakes_of("min_fidelity: 100.1 %\n").find("g.yaml:1:15") == 0);
    CHECK(mistakes_of("min_fidelity: 0.00001 %\n").find("g.yaml:1:15") == 0);
    CHECK(mistakes_of("expect: {call: a}\n").find("g.yaml:1:9: `expect` is a list") == 0);
    CHECK(mistakes_of("expect:\n  - {call: a}\n").find("g.yaml:2:5: an expectation is of") == 0);
    CHECK(mistakes_of("expect:\n  - {call: a, outcome: alow}\n").find("did you mean `allow`?") !=
          std::string::npos);
    CHECK(mistakes_of("expect:\n  - {call: a, outcome: allow}\n  - {call: a, outcome: gate}\n")
              .find("g.yaml:3:5: `a` is expected twice") == 0);
    CHECK(mistakes_of("max_looser: 18446744073709551616\n").find("g.yaml:1:13") == 0);
}

TEST_CASE("shares are held to the letter") {
    CHECK(state_of("max_unknown: 0.5 %", report_of(5, 0)) == GateState::kept);
    CHECK(state_of("max_unknown: 0.5 %", report_of(6, 0)) == GateState::broken);
    CHECK(state_of("max_unknown: 0.4999 %", report_of(5, 0)) == GateState::broken);
    CHECK(state_of("min_fidelity: 99.5 %", report_of(0, 995)) == GateState::kept);
    CHECK(state_of("min_fidelity: 99.5 %", report_of(0, 994)) == GateState::broken);
    CHECK(state_of("min_fidelity: 99.5001 %", report_of(0, 995)) == GateState::broken);
}

TEST_CASE("what is missing is held to the bound value by value") {
    Report report = report_of(0, 0);
    report.facts = {{"customer.tier", {200, 50, 20}, {}}, {"time", {1'000, 100, 30}, {}}};
    CHECK(state_of("max_decisive_unknown: 10 %\n", report) == GateState::kept);
    CHECK(state_of("max_decisive_unknown: 9.9999 %\n", report) == GateState::broken);
    const GateReport result = check_gate(gate_of("max_decisive_unknown: 1%\n"), report, {}, {});
    CHECK(result.checks.back().found == "10.0 % customer.tier");
    CHECK(result.checks.back().calls ==
          std::vector<std::string>{"customer.tier: 10.0 % of 200 calls",
                                   "time: 3.0 % of 1,000 calls"});
    // Of what has no single value's name: of all calls.
    report.facts = {{"a + b", {0, 0, 10}, {}}};
    CHECK(state_of("max_decisive_unknown: 1 %\n", report) == GateState::kept);
    CHECK(state_of("max_decisive_unknown: 0.5 %\n", report) == GateState::broken);
    report.facts = {};
    CHECK(state_of("max_decisive_unknown: 0 %\n", report) == GateState::kept);
    report.counts = {};
    CHECK(state_of("max_decisive_unknown: 0 %\n", report) == GateState::no_evidence);
}

TEST_CASE("counts are held to the letter") {
    Report report = report_of(0, 0);
    report.comparison->newly_allowed = 2;
    report.comparison->newly_blocked = 3;
    report.comparison->changes = {0, 4, 5};
    CHECK(state_of("", report) == GateState::broken);
    CHECK(state_of("max_newly_allowed: 1", report) == GateState::broken);
    CHECK(state_of("max_newly_allowed: 2", report) == GateState::kept);
    CHECK(state_of("{max_newly_allowed: 2, max_newly_blocked: 2}", report) == GateState::broken);
    CHECK(state_of("{max_newly_allowed: 2, max_newly_blocked: 3}", report) == GateState::kept);
    CHECK(state_of("{max_newly_allowed: 2, max_tighter: 3}", report) == GateState::broken);
    CHECK(state_of("{max_newly_allowed: 2, max_tighter: 4}", report) == GateState::kept);
    CHECK(state_of("{max_newly_allowed: 2, max_looser: 4}", report) == GateState::broken);
    CHECK(state_of("{max_newly_allowed: 2, max_looser: 5}", report) == GateState::kept);
    CHECK(state_of("{max_newly_allowed: 2, min_calls: 1000}", report) == GateState::kept);
    CHECK(state_of("{max_newly_allowed: 2, min_calls: 1001}", report) == GateState::no_evidence);
}

TEST_CASE("what nothing can be said of is no evidence") {
    Report report = report_of(0, 0);
    report.comparison.reset();
    CHECK(state_of("", report) == GateState::no_evidence);
    report.recorded = Recorded{};
    report.recorded->calls = 1'000;
    CHECK(state_of("", report) == GateState::kept);
    report.recorded->table[2][1] = 1;  // recorded as gate, now notify
    CHECK(state_of("", report) == GateState::broken);
    CHECK(state_of("{max_newly_allowed: 1, min_fidelity: 1 %}", report) == GateState::no_evidence);
    report.comparison = Comparison{};
    CHECK(state_of("min_fidelity: 0 %", report) == GateState::no_evidence);
    CHECK(state_of("expect: [{call: r-1, outcome: gate}]", report) == GateState::no_evidence);
}

TEST_CASE("pinned calls and rules, in a run") {
    const TemporaryFolder folder;
    const std::string line =
        R"({"id": "r-1", "tool": "issue_refund", "args": {"order_id": "A", "amount": 600}, )"
        R"("time": "2026-11-20T00:00:00Z", "attributes": {"customer.tier": "gold"}})";
    Options options = options_for(folder.write("h", line + '\n' + line + '\n'));
    options.baseline = sample_policy();
    options.gate = gate_of(
        "expect:\n  - {call: r-1, outcome: block}\n  - {rule: large_refund, min_hits: 2}\n"
        "  - {rule: large_refunds}\n  - {rule: medium_refund, min_hits: 3}\n");
    const Result result = run(options);
    REQUIRE(result.ok());
    const auto& checks = result.report.gate.value().checks;
    REQUIRE(checks.size() == 6);
    CHECK(checks[1].state == GateState::kept);
    CHECK(checks[2].name == "call r-1");
    CHECK(checks[2].found == "gate");
    CHECK(checks[2].state == GateState::broken);
    CHECK(checks[2].calls.size() == 2);
    CHECK(checks[2].calls[1] == options.histories[0] + ":2, r-1");
    CHECK(checks[3].state == GateState::kept);
    CHECK(checks[4].found == "no such rule, did you mean `large_refund`?");
    CHECK(checks[5].state == GateState::broken);
}
