// The product decides generated calls by generated sets as the reference does, and the sets and
// calls reach all of the language.
#include <iostream>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/laws/both.h"
#include "tests/laws/calls.h"
#include "tests/laws/coverage.h"
#include "tests/laws/policies.h"
#include "tests/laws/run.h"
#include "tests/laws/shrink.h"

namespace proviso::laws {
namespace {

constexpr std::size_t calls_of_a_set = 25;
constexpr std::uint64_t least = 100;

std::string differs(const Compiled& set, const std::vector<std::string>& duties,
                    const std::string& call) {
    const Engine engine(set.product.policy, {.duties = duties, .limits = {}});
    Session session(engine);
    session.preview(Layout::native(), call);
    const reference::Inputs inputs{
        *set.checked, set.parsed.sources, {duties.begin(), duties.end()}, {}};
    return difference(session.decision(), inputs, *reference::parse_json(call));
}

/// What to tell of a difference: a small set, the call, and what differs.
std::string report(const GeneratedSet& set, const std::string& call) {
    const auto fails = [&](const Compiled& smaller) {
        return !differs(smaller, set.duties, call).empty();
    };
    const std::vector<SourceText> small = files_of(shrunk(set.statements, fails), 1);
    return differs(*compile_both(small), set.duties, call) + "\n" +
           to_paste(small, set.duties, call);
}

void try_set(Random& random, const GeneratedSet& set, std::size_t calls, Coverage& coverage) {
    const Engine engine(set.compiled->product.policy, {.duties = set.duties, .limits = {}});
    Session session(engine);
    const Layout layout = Layout::native();
    const reference::Inputs inputs{*set.compiled->checked,
                                   set.compiled->parsed.sources,
                                   {set.duties.begin(), set.duties.end()},
                                   {}};
    for (std::size_t i = 0; i < calls; ++i) {
        const std::string call = random_call(random, set.vocabulary).text();
        const auto json = reference::parse_json(call);
        REQUIRE(json);
        session.preview(layout, call);
        const Decision decision = session.decision();
        coverage.count(decision);
        const std::string found = difference(decision, inputs, *json);
        if (found.empty()) continue;
        std::cout << report(set, call);  // unbroken, to be pasted
        FAIL("the product and the reference differ");
    }
}

}  // namespace

TEST_CASE("the reference decides as the product does") {
    Coverage coverage;
    std::size_t sets = 0;
    std::size_t pairs = 0;
    std::size_t refused = 0;
    std::size_t statements = 0;
    const Runs runs("the reference", 200'000);
    for (const Run& run : runs) {
        Random seeds(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += calls_of_a_set) {
            const std::uint64_t seed = seeds.next();
            INFO("of seed " << run.seed << ", set " << seed);
            Random random(seed);
            const GeneratedSet set = random_set(random);
            coverage.count(set);
            try_set(random, set, calls_of_a_set, coverage);
            ++sets;
            pairs += calls_of_a_set;
            refused += set.refused;
            statements += set.statements.size();
        }
    }
    std::cout << fmt::format("{} pairs of {} sets; {} statements, {} more were refused\n{}", pairs,
                             sets, statements, refused, coverage.table());
    if (pairs < 200'000) return;  // a small run does not reach the rarest
    for (const std::string& one : coverage.lacking(least)) {
        FAIL_CHECK("produced less than " << least << " times: " << one);
    }
}

}  // namespace proviso::laws
