// The product goes through generated sequences of calls and reports as the reference does, and the
// sequences reach all that is remembered between calls.
#include <iostream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/laws/coverage.h"
#include "tests/laws/lockstep.h"
#include "tests/laws/memory_sets.h"
#include "tests/laws/run.h"
#include "tests/laws/shrink.h"

namespace proviso::laws {
namespace {

constexpr std::size_t steps_of_a_set = 60;
constexpr std::uint64_t rarest = 100;

/// Of the last step that the two do not agree on.
std::string differs(const Compiled& set, const std::vector<std::string>& duties,
                    const std::vector<Step>& steps) {
    Lockstep both(set, duties);
    for (const Step& step : steps) {
        std::string found = both.run(step);
        if (!found.empty()) return found;
    }
    return {};
}

/// Leaves out steps while the two still differ.
std::vector<Step> shrunk_steps(const Compiled& set, const std::vector<std::string>& duties,
                               std::vector<Step> steps) {
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (std::size_t i = steps.size(); i-- > 0;) {
            std::vector<Step> without = steps;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            if (differs(set, duties, without).empty()) continue;
            steps = std::move(without);
            smaller = true;
        }
    }
    return steps;
}

std::string report(const GeneratedSet& set, std::vector<Step> steps) {
    steps = shrunk_steps(*set.compiled, set.duties, std::move(steps));
    const auto fails = [&](const Compiled& smaller) {
        return !differs(smaller, set.duties, steps).empty();
    };
    const std::vector<SourceText> small = files_of(shrunk(set.statements, fails), 1);
    const auto compiled = compile_both(small);
    steps = shrunk_steps(*compiled, set.duties, std::move(steps));
    return differs(*compiled, set.duties, steps) + "\n" + to_read(small, steps);
}

void try_set(Random& random, const GeneratedSet& set, Coverage& coverage) {
    Lockstep both(*set.compiled, set.duties);
    SequenceMaker maker(random);
    std::vector<Step> steps;
    for (std::size_t i = 0; i < steps_of_a_set; ++i) {
        steps.push_back(maker.next());
        const std::string found = both.run(steps.back());
        maker.learn(both.answered());
        coverage.count_step(steps.back(), both.decision(), both.expected());
        if (found.empty()) continue;
        std::cout << report(set, steps);
        FAIL("the product and the reference differ");
    }
}

}  // namespace

TEST_CASE("the reference goes through sequences as the product does") {
    Coverage coverage;
    std::size_t steps = 0;
    const Runs runs("sequences", 200'000);
    for (const Run& run : runs) {
        Random seeds(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += steps_of_a_set) {
            const std::uint64_t seed = seeds.next();
            INFO("of seed " << run.seed << ", set " << seed);
            Random random(seed);
            const GeneratedSet set = random_memory_set(random);
            coverage.count(set);
            try_set(random, set, coverage);
            steps += steps_of_a_set;
        }
    }
    std::cout << fmt::format("{} steps\n{}", steps, coverage.table());
    if (steps < 200'000) return;  // a small run does not reach the rarest
    for (const std::string& one : coverage.lacking_of_memory(rarest)) {
        FAIL_CHECK("produced less than " << rarest << " times: " << one);
    }
}

}  // namespace proviso::laws
