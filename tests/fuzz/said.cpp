#include "tests/fuzz/said.h"

#include <nlohmann/json.hpp>

#include "simulator/text/json_text.h"
#include "tests/fuzz/expect.h"

namespace proviso::fuzz {
namespace {

void hold_parts(Session& session) {
    const std::size_t rules = session.policy()->rules().size();
    for (const Session::Part& part : session.parts()) {
        expect(part.rule < rules, "a part is a rule of the policy");
    }
}

/// The text with 0 for each number outside strings: the library refuses what no double holds, which
/// JSON does not.
std::string without_numbers(std::string_view text) {
    std::string out;
    bool quoted = false;
    while (!text.empty()) {
        std::size_t taken = 1;
        if (quoted) {
            if (text.front() == '\\' && text.size() > 1) taken = 2;
            if (text.front() == '"') quoted = false;
        } else {
            const std::size_t run = text.find_first_not_of("0123456789.eE+-");
            const std::string_view number = text.substr(0, run);
            if (simulator::is_json_number(number)) {
                out += '0';
                text.remove_prefix(number.size());
                continue;
            }
            quoted = text.front() == '"';
        }
        out += text.substr(0, taken);
        text.remove_prefix(taken);
    }
    return out;
}

}  // namespace

bool is_json(const std::string& text) {
    return nlohmann::json::accept(without_numbers(text));
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
