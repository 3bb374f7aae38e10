#include "simulator/figures/caps.h"

#include <limits>

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

PolicyPtr capped_policy() {
    const CompileResult made = compile_text(R"(policy p version "1"
attributes { customer.id : string }
tool pay { args { amount : money in USD } }
role lead { }
limit a_day on pay
    sum args.amount per customer.id over 24h
        > 100 USD  : gate by lead
        >= 400 USD : block
)");
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

TEST_CASE("a row for each step, with the largest share of each key") {
    const PolicyPtr policy = capped_policy();
    const std::vector<std::uint32_t> steps = observed::limit_steps(*policy);
    REQUIRE(steps.size() == 2);
    CapTally tally;
    for (int key = 1; key <= 20; ++key) {
        const double share = key / 10.0;
        tally.add({{steps[0], "k" + std::to_string(key), share, share > 1}});
        tally.add({{steps[0], "k" + std::to_string(key), share / 2, share > 2}});
    }
    const std::vector<CapRow> rows = cap_rows(tally, *policy);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].limit == "a_day");
    CHECK(rows[0].effect == Outcome::gate);
    CHECK(rows[0].calls == 40);
    CHECK(rows[0].keys == 20);
    CHECK(rows[0].p50 == 1'000'000);
    CHECK(rows[0].p95 == 1'900'000);
    CHECK(rows[0].highest == 2'000'000);
    CHECK(rows[0].over == 10);
    CHECK(rows[1].effect == Outcome::block);
    CHECK(rows[1].keys == 0);
}

TEST_CASE("keys past the bound are counted, and a share of nothing is the largest there is") {
    CapTally tally;
    for (const char* key : {"a", "b", "c", "a", "c"}) tally.add({{1, key, 0.5, false}}, 2);
    CHECK(tally.steps.at(1).keys.size() == 2);
    CHECK(tally.steps.at(1).beyond == 2);
    CHECK(tally.steps.at(1).calls == 5);
    tally.add({{1, "a", std::numeric_limits<double>::infinity(), true}});
    CHECK(tally.steps.at(1).keys.at("a").largest == 0xFFFFFFFF);
}

}  // namespace
}  // namespace proviso::simulator
