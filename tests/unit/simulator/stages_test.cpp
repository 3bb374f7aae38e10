#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "simulator/run.h"
#include "tests/unit/simulator/files.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

std::map<std::string, RuleRow> rules_after(const std::string& rules, const std::string& history) {
    const TemporaryFolder folder;
    const CompileResult compiled = compile_text(rules);
    REQUIRE(compiled.policy != nullptr);
    Options options;
    options.policy = compiled.policy;
    options.histories = {folder.write("h", history)};
    const Result result = run(options);
    REQUIRE(result.ok());
    std::map<std::string, RuleRow> rows;
    for (const RuleRow& row : result.report.rules) rows[row.name] = row;
    return rows;
}

}  // namespace

TEST_CASE("before execute a default that gates is decisive of allow, and not of another's gate") {
    auto rows = rules_after(R"(policy p version "1"
tool pay { stages propose, execute
    args { amount : decimal } }
role lead { }
default gate by lead
gate big on pay at propose, execute when args.amount > 100 by lead
)",
                            R"({"tool": "pay", "stage": "propose", "args": {"amount": 150}}
{"tool": "pay", "stage": "propose", "args": {"amount": 15}}
{"tool": "pay", "stage": "execute", "args": {"amount": 150}}
)");
    CHECK(rows["big"].hits == 2);
    CHECK(rows["big"].decisive == 2);
    CHECK(rows["big"].sole == 1);  // at execute the default gates as well
    CHECK(rows["default"].hits == 3);
    CHECK(rows["default"].decisive == 2);
    CHECK(rows["default"].sole == 1);
}

TEST_CASE("a row that nobody wrote is not dead") {
    auto rows = rules_after(
        R"(policy p version "1"
tool pay { args { amount : decimal, to : string } }
allow pays on pay
block never on pay when args.amount > 900
limit a_day on pay sum args.amount per args.to over 24h > 1_000 : block
)",
        R"({"tool": "pay", "args": {"amount": 1, "to": "x"}, "time": "2026-01-01T00:00:00Z"}
)");
    CHECK_FALSE(rows["default"].is_dead());
    CHECK_FALSE(rows["a_day"].is_dead());
    CHECK(rows["a_day[> 1_000]"].is_dead());
    CHECK(rows["never"].is_dead());
    CHECK_FALSE(rows["pays"].is_dead());
}
