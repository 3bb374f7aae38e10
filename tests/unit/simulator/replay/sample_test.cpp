#include "simulator/replay/sample.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/history/digest.h"

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

KeyedSample sample_at(std::uint64_t place) {
    KeyedSample keyed{spread(place + 1), place, {}};
    keyed.sample.line = place;
    return keyed;
}

std::vector<std::uint64_t> lines_of(const Reservoir& reservoir) {
    std::vector<std::uint64_t> lines;
    for (const Sample& sample : reservoir.in_order()) lines.push_back(sample.line);
    return lines;
}

}  // namespace

TEST_CASE("the same samples are kept in whatever order they come") {
    Reservoir forth{5};
    Reservoir back{5};
    for (std::uint64_t i = 0; i < 1000; ++i) {
        forth.add(sample_at(i));
        back.add(sample_at(999 - i));
    }
    const std::vector<std::uint64_t> lines = lines_of(forth);
    CHECK(lines.size() == 5);
    CHECK(lines == lines_of(back));
    CHECK(std::is_sorted(lines.begin(), lines.end()));
    CHECK(lines.back() > 200);  // spread over the history, not its first calls
}

TEST_CASE("a reservoir keeps no more than it may") {
    Reservoir none{0};
    none.add(sample_at(1));
    CHECK(none.samples().empty());
    CHECK(none.threshold() == 0);
    Reservoir two{2};
    two.add(sample_at(1));
    CHECK(lines_of(two) == std::vector<std::uint64_t>{1});
}

TEST_CASE("a sample tells the rules that decided, not those on trial") {
    Decision decision;
    decision.outcome = Outcome::gate;
    decision.best_case = Outcome::allow;
    decision.reason = Reason::missing_data;
    decision.missing = {{"customer.tier", "missing"}};
    Match match;
    match.name = "hold";
    match.effect = Outcome::gate;
    match.sure = false;
    match.because = "it may be too much";
    decision.restrictions.push_back(match);
    match.on_trial = true;
    decision.restrictions.push_back(match);
    match = {};
    match.name = "open";
    match.effect = Outcome::allow;
    decision.base.push_back(match);
    const Sample sample = sample_of(decision);
    CHECK(sample.unknown);
    REQUIRE(sample.rules.size() == 1);
    CHECK(sample.rules[0].name == "hold");
    CHECK(sample.rules[0].because == "it may be too much");
    CHECK_FALSE(sample.rules[0].sure);
    CHECK(sample.missing == decision.missing);
}
