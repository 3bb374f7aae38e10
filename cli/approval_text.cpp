// Covered by tests/cli/approve_test.py.
#include "cli/approval_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/decision_text.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

std::string people(const NeededPeople& need) {
    if (need.of == "principal") return "the principal";
    std::string roles = fmt::format("{}", fmt::join(need.roles, " or "));
    if (need.of == "roles") return roles;
    return roles.empty() ? "approvers, which no role is" : "approvers: " + roles;
}

/// "lead or legal": whoever fills the one place.
std::string one_person_of(const NeededPeople& need) {
    return need.roles.empty() ? people(need) : fmt::format("{}", fmt::join(need.roles, " or "));
}

std::string asked(const NeededPeople& need) {
    if (need.of == "principal") return "the principal confirms";
    return fmt::format("{} of {}", need.count, people(need));
}

/// "large: 1 of 2 given, to be answered by …".
std::string standing(const Gate& gate) {
    std::string text = fmt::format("{}: {} of {} given", gate.rule, gate.filled, gate.places);
    if (!gate.until.empty()) text += ", to be answered by " + gate.until;
    return text + fmt::format("; an answer counts for {}", duration_text(gate.valid_seconds));
}

std::string gate_lines(const Output& out, const Gate& gate) {
    if (gate.open) return labelled(out, "open", gate.rule);
    std::string text = labelled(out, "to open", standing(gate));
    for (const NeededPeople& need : gate.needs) text += labelled(out, "", asked(need));
    for (const AddedLater& also : gate.also) {
        const std::string from = also.at.empty() ? "later" : "from " + also.at;
        text += labelled(out, "", fmt::format("also {}, {}", also.role, from));
    }
    if (!gate.never.empty()) {
        text += labelled(out, "", fmt::format("never {}", fmt::join(gate.never, ", ")));
    }
    return text;
}

/// What nobody can approve without, of all closed gates, each once.
std::vector<std::string> not_known(const Decision& decision) {
    std::vector<std::string> names;
    for (const Gate& gate : decision.gates) {
        for (const std::string& name : gate.not_known) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return names;
}

std::string request_lines(const Output& out, const Decision& decision) {
    const ApprovalRequest& request = *decision.request;
    std::vector<std::string> args;
    for (const auto& [name, value] : request.args) args.push_back(name + " = " + value);
    std::string text;
    if (!args.empty()) text += labelled(out, "with", fmt::format("{}", fmt::join(args, ", ")));
    if (!request.plan.empty()) text += labelled(out, "plan", request.plan);
    if (!decision.plan_fault.empty()) text += labelled(out, "no plan", decision.plan_fault);
    return text;
}

std::string uncounted_text(const Output& out, const Decision& decision) {
    std::string text;
    for (const UncountedApproval& one : decision.uncounted) {
        const std::string by = one.by.empty() ? "nobody" : one.by;
        text +=
            labelled(out, "counts not", fmt::format("{} by {}: {}", one.verdict, by, one.cause));
    }
    return text;
}

}  // namespace

std::string approval_text(const Output& out, const Decision& decision) {
    std::string text;
    if (decision.request && !decision.request->call_id.empty()) {
        for (const Gate& gate : decision.gates) text += gate_lines(out, gate);
        text += request_lines(out, decision);
    }
    text += uncounted_text(out, decision);
    if (!decision.rejected_by.empty())
        text += labelled(out, "rejected", "by " + decision.rejected_by);
    if (!decision.valid_until.empty())
        text += labelled(out, "approved", "until " + decision.valid_until);
    return text;
}

std::string gate_sentence(const Decision& decision) {
    if (const auto unknown = not_known(decision); !unknown.empty()) {
        return fmt::format("Nobody can approve it until {} {} known.", joined(unknown),
                           unknown.size() == 1 ? "is" : "are");
    }
    std::vector<std::string> who;
    bool one_person = true;
    for (const Gate& gate : decision.gates) {
        if (gate.open) continue;
        if (!gate.role.empty()) {
            who.push_back(visible(gate.role));
            continue;
        }
        for (const NeededPeople& need : gate.needs) {
            const bool one = need.of == "principal" || need.count == 1;
            one_person = one_person && one;
            who.push_back(one ? visible(one_person_of(need))
                              : visible(fmt::format("{} of {}", need.count, people(need))));
        }
    }
    if (who.empty()) return "Hold it until people approve.";
    const std::string text = joined(who);
    one_person = one_person && text.find(" and ") == std::string::npos;
    return fmt::format("Hold it until {} {}.", text, one_person ? "approves" : "approve");
}

}  // namespace proviso::cli
