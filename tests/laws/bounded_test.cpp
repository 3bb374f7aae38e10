// Law 6: evaluation ends, and where: with limits drawn small, the product gives up on exactly the
// calls on which the reference does, which counts members, names, bytes and roles one by one.
#include <iostream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

Limits small_limits(Random& random) {
    Limits limits;
    limits.elements_visited = random.below(12);
    limits.list_length = 1 + random.below(6);
    limits.string_bytes = 8 + random.below(12);
    limits.undeclared_args = random.below(8);
    limits.call_roles = random.below(4);
    return limits;
}

bool gave_up(const Decision& decision) {
    for (const Missing& one : decision.missing) {
        if (one.cause == "over budget" || one.cause == "too long") return true;
    }
    return false;
}

std::string said_of(const Limits& limits) {
    return "elements_visited " + std::to_string(limits.elements_visited) + ", list_length " +
           std::to_string(limits.list_length) + ", string_bytes " +
           std::to_string(limits.string_bytes) + ", undeclared_args " +
           std::to_string(limits.undeclared_args) + ", call_roles " +
           std::to_string(limits.call_roles);
}

/// How many calls were judged, and of which kind.
struct Tried {
    std::size_t given_up = 0;
    std::size_t near_budget = 0;
};

}  // namespace

TEST_CASE("evaluation ends where its limits say") {
    Tried tried;
    hold_law("limits", 40'000, 20, [&](Trial& trial) -> std::string {
        const Limits limits = small_limits(trial.random);
        CompileOptions options;
        options.limits = limits;
        const auto& set = *trial.set.compiled;
        const PolicyPtr policy = compile_sources(set.sources, given_data(options)).policy;
        if (policy == nullptr)
            return shown("does not compile", trial.set.statements, trial.set, "");
        const Engine engine(policy, {.duties = trial.set.duties, .limits = limits});
        Session session(engine);
        const reference::Inputs inputs{*set.checked,
                                       set.parsed.sources,
                                       {trial.set.duties.begin(), trial.set.duties.end()},
                                       limits};
        for (const GeneratedCall& call : trial.calls) {
            const std::string text = call.text();
            session.preview(Layout::native(), text);
            const Decision decision = session.decision();
            const std::string found =
                difference(decision, inputs, *reference::parse_json(text), &tried.near_budget);
            tried.given_up += gave_up(decision) ? 1 : 0;
            if (found.empty()) continue;
            return shown(said_of(limits) + "\n" + decision.detail + "\n" + found,
                         trial.set.statements, trial.set, text);
        }
        return {};
    });
    std::cout << tried.given_up << " calls past a limit, " << tried.near_budget
              << " near a quantifier's budget\n";
    CHECK(tried.given_up > 50);
    CHECK(tried.near_budget * 4 < tried.given_up);
}

}  // namespace proviso::laws
