#include <string>

#include <catch2/catch.hpp>

#include "simulator/render/render.h"
#include "tests/unit/simulator/render/report_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// With one looser call whose tool and arguments an agent chose.
Report compared_report(const std::string& tool, const std::string& args) {
    Report report = sample_report();
    Comparison& made = report.comparison.emplace();
    made.baseline_name = "old";
    made.table[2][0] = 1;
    made.changes[2] = 1;
    made.rules = {{Change::looser, "large|refund", 1}};
    ChangedCall call;
    call.chosen = "random";
    call.after.tool = tool;
    call.after.args = args;
    made.samples[2].push_back(call);
    return report;
}

}  // namespace

TEST_CASE("what agents wrote stays text in Markdown") {
    const std::string text = to_markdown(compared_report(
        "pay|</details>", R"({"a": "@ceo [x](http://evil) <img> www.evil `b` **c**\n# d"})"));
    CHECK(holds(text, "pay\\|&lt;/details\\>"));
    CHECK(holds(text, "@&#8203;ceo \\[x\\]\\(http:&#8203;//evil\\) &lt;img\\>"));
    CHECK(holds(text, "www.&#8203;evil"));
    CHECK(holds(text, "\\*\\*c\\*\\*"));
    CHECK(holds(text, "large\\|refund no longer holds"));
    CHECK(holds(text, "| gate to allow | 1 |"));
    CHECK(text.find("<img") == std::string::npos);
}

TEST_CASE("Markdown begins with the verdict") {
    Report report = sample_report();
    report.partial.clear();
    CHECK(to_markdown(report).starts_with("### Dry run\n\nacme.support 3.2.0 (aaaaaaaaaaaa), "));
    report.gate.emplace();
    report.gate->checks.push_back({"min_calls", "at least 1", "0", GateState::no_evidence, {}});
    CHECK(to_markdown(report).starts_with("### ❔ Gate: not enough evidence\n"));
    report.gate->checks.push_back({"max_looser", "at most 0", "3", GateState::broken, {}});
    CHECK(to_markdown(report).starts_with("### ❌ Gate: broken\n"));
    CHECK(holds(to_markdown(report), "| max\\_looser | at most 0 | 3 | **broken** |"));
    report.partial = "cut";
    CHECK(to_markdown(report).starts_with("### ❗ Partial: cut\n"));
}
