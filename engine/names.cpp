// Outcomes and reasons as words; what an agent may see of a decision.
#include <algorithm>

#include "proviso/decision.h"
#include "proviso/outcome.h"

namespace proviso {

std::string_view name(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::allow: return "allow";
        case Outcome::notify: return "notify";
        case Outcome::gate: return "gate";
        case Outcome::block: return "block";
    }
    return "block";
}

std::string_view name(Reason reason) noexcept {
    switch (reason) {
        case Reason::allowed: return "allowed";
        case Reason::by_default: return "default";
        case Reason::rule: return "rule";
        case Reason::limit: return "limit";
        case Reason::no_grant: return "no_grant";
        case Reason::missing_data: return "missing_data";
        case Reason::invalid_args: return "invalid_args";
        case Reason::invalid_stage: return "invalid_stage";
        case Reason::unknown_tool: return "unknown_tool";
        case Reason::id_reuse: return "id_reuse";
        case Reason::rejected: return "rejected";
        case Reason::unsupported_obligation: return "unsupported_obligation";
        case Reason::halted: return "halted";
    }
    return "missing_data";
}

AgentView agent_view(const Decision& decision) {
    AgentView view;
    view.outcome = decision.outcome;
    view.reason = decision.reason;
    view.repeat = decision.repeat;
    if (decision.outcome < Outcome::gate) return view;
    for (const Match& match : decision.restrictions) {
        if (match.fix.empty()) continue;
        if (std::find(view.fixes.begin(), view.fixes.end(), match.fix) == view.fixes.end()) {
            view.fixes.push_back(match.fix);
        }
    }
    if (decision.outcome == Outcome::gate) {
        for (const Gate& gate : decision.gates) {
            view.approvals_needed += gate.places;
            view.approvals_given += gate.filled;
        }
    }
    return view;
}

}  // namespace proviso
