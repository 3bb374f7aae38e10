#include <string>

#include <catch2/catch.hpp>

#include "suites/run.h"

namespace proviso::suites {
namespace {

constexpr auto rules = R"(
policy p version "1"
attributes { environment : dev | production }
tool pay { args { amount : int } }
role lead { }
allow pays on pay when environment == dev
gate large on pay when args.amount > 50 by lead
limit often on pay count over 1d > 2 : block
)";

constexpr auto cases = R"(
defaults: { time: 2026-11-20T15:00:00Z, environment: dev, tool: pay }
cases:
    - name: four
      steps:
          - { call: { id: a, args: { amount: 1 } }, times: 2, expect: allow }
          - { call: { id: b, args: { amount: 1 } }, expect: block }
    - name: table
      call: {}
      columns: [args.amount, outcome]
      rows: [[1, allow], [50, allow], [51, gate], [52, allow], [x, block], [1, gate]]
)";

Bench bench() {
    Bench one;
    one.policy = compile_text(rules).policy;
    SuiteResult read = parse_suite(cases, "s.test.yaml");
    REQUIRE(read.error.empty());
    one.suite = std::move(*read.suite);
    return one;
}

std::string told(const RunResult& result) {
    std::string text;
    for (const CaseResult& one : result.cases) {
        text += std::to_string(one.suite) + "." + std::to_string(one.number) + " " +
                std::to_string(one.calls);
        if (one.failure) text += " got " + one.failure->differences.front().got.front();
        text += '\n';
    }
    for (const engine::CoveredCondition& one : result.coverage.front().report.conditions) {
        text += one.text + " " + std::to_string(one.yes) + " " + std::to_string(one.no) + "\n";
    }
    return text;
}

TEST_CASE("suites come out the same on any number of threads") {
    std::vector<Bench> benches;
    for (int i = 0; i < 8; ++i) benches.push_back(bench());
    for (Bench& one : benches) one.policy = benches.front().policy;
    RunOptions options;
    options.threads = 1;
    options.coverage = true;
    const std::string once = told(run(benches, options));
    CHECK(once.find("0.0 3\n0.1 1\n0.2 1\n0.3 1\n0.4 1 got gate\n0.5 1\n0.6 1 got allow\n") == 0);
    CHECK(once.ends_with("environment == dev 64 0\nargs.amount > 50 16 48\n"));
    for (const unsigned threads : {2U, 3U, 16U}) {
        options.threads = threads;
        CHECK(told(run(benches, options)) == once);
    }
}

}  // namespace
}  // namespace proviso::suites
