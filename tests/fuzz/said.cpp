#include "tests/fuzz/said.h"

#include <nlohmann/json.hpp>

#include "tests/fuzz/expect.h"

namespace proviso::fuzz {
namespace {

void hold_parts(Session& session) {
    const std::size_t rules = session.policy()->rules().size();
    for (const Session::Part& part : session.parts()) {
        expect(part.rule < rules, "a part is a rule of the policy");
    }
}

}  // namespace

bool is_json(const std::string& text) {
    return nlohmann::json::accept(text);
}

std::string said(Session& session, const Verdict& verdict) {
    expect(verdict.best_case <= verdict.outcome, "the best case is no tighter than the outcome");
    hold_parts(session);
    const Decision decision = session.decision();
    expect(decision.outcome == verdict.outcome && decision.reason == verdict.reason &&
               decision.best_case == verdict.best_case,
           "the record says what the verdict says");
    expect(!verdict.unknown_decided() || !decision.missing.empty(),
           "what was missing has a name where missing data decided");
    return to_json(decision) + to_json(agent_view(decision));
}

void hold_explained(Session& session) {
    const Decision decision = session.decision();
    const std::string full = to_json(decision);
    const Explanation why = session.explain();
    expect(to_json(why.decision) == full, "an explanation is one of the same decision");
    expect(is_json(full) && is_json(to_json(agent_view(decision))), "both views are JSON");
    expect(is_json(to_json(why)), "an explanation is JSON");
}

}  // namespace proviso::fuzz
