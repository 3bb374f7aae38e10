// See trials.h.
#include "tests/laws/trials.h"

#include <iostream>

#include <catch2/catch.hpp>

namespace proviso::laws {

Judge::Judge(PolicyPtr policy, std::vector<std::string> duties)
    : engine_(std::move(policy), {.duties = std::move(duties), .limits = {}}),
      session_(engine_) {}

Verdict Judge::verdict(const std::string& call) {
    return session_.preview(Layout::native(), call);
}

Decision Judge::decision(const std::string& call) {
    session_.preview(Layout::native(), call);
    return session_.decision();
}

std::string Judge::said(const std::string& call) {
    Decision one = decision(call);
    for (auto* matches : {&one.base, &one.restrictions, &one.trials}) {
        for (Match& match : *matches) match.file.clear();
    }
    return to_json(one);
}

void hold_law(const std::string& name, std::size_t pairs, std::size_t calls,
              const std::function<std::string(Trial&)>& law) {
    const Runs runs(name, pairs);
    for (const Run& run : runs) {
        Random seeds(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += calls) {
            const std::uint64_t seed = seeds.next();
            INFO("of seed " << run.seed << ", set " << seed);
            Random random(seed);
            const GeneratedSet set = random_set(random);
            Trial trial{random, set, {}};
            for (std::size_t i = 0; i < calls; ++i) {
                trial.calls.push_back(random_call(random, set.vocabulary));
            }
            const std::string broken = law(trial);
            if (broken.empty()) continue;
            std::cout << broken;  // unbroken, to be pasted
            FAIL(name << ": does not hold");
        }
    }
}

std::string shown(const std::string& what, const std::vector<Statement>& statements,
                  const GeneratedSet& set, const std::string& call) {
    return "\n" + what + "\n" + to_paste(files_of(statements, 1), set.duties, call);
}

PolicyPtr compiled(const std::vector<Statement>& statements, std::size_t files) {
    return compile_sources(files_of(statements, files), given_data()).policy;
}

}  // namespace proviso::laws
