// What sequences over sets of memory_sets.h must produce. See coverage.h.
#include <array>

#include "tests/laws/coverage.h"

namespace proviso::laws {

namespace {

using reference::Uncounted;

std::string name_of(Uncounted why) {
    switch (why) {
        case Uncounted::malformed: return "malformed";
        case Uncounted::too_many: return "too many";
        case Uncounted::no_call_id: return "no call id";
        case Uncounted::party_unknown: return "party unknown";
        case Uncounted::time_unknown: return "time unknown";
        case Uncounted::never_unknown: return "never unknown";
        case Uncounted::other_plan: return "other plan";
        case Uncounted::other_gate: return "other gate";
        case Uncounted::is_principal: return "principal";
        case Uncounted::is_agent: return "agent";
        case Uncounted::excluded: return "excluded";
        case Uncounted::no_role: return "no role";
        case Uncounted::before_request: return "before the request";
        case Uncounted::answered_late: return "answered late";
        case Uncounted::not_yet: return "not yet";
        case Uncounted::expired: return "expired";
        case Uncounted::rejects: return "rejects";
    }
    return {};
}

}  // namespace

void Coverage::count_step(const Step& step, const Decision& decision,
                          const reference::Decision& expected) {
    for (const std::string& construct : step.constructs) count("step", construct);
    if (step.call.empty()) return;
    count("outcome", std::string(name(decision.outcome)));
    count("reason", std::string(name(decision.reason)));
    if (decision.repeat) count("with", "repeat");
    if (decision.best_case < decision.outcome) count("with", "a better case");
    if (!expected.open_gates.empty()) count("with", "open gate");
    if (!expected.open_gates.empty() && !expected.gates.empty()) count("with", "one gate of two");
    if (!decision.trials.empty()) count("with", "trial");
    if (!expected.totals.empty()) count("with", "total");
    if (expected.totals.size() > 1) count("with", "totals of several limits");
    for (const auto& [gate, whys] : expected.uncounted) {
        for (const auto& why : whys) {
            if (why.empty()) count("approval", "counts");
            if (why.size() == 1) count("approval", name_of(*why.begin()));
        }
    }
}

std::vector<std::string> Coverage::lacking_of_memory(std::uint64_t least) const {
    static const Names names{
        {"clause",
         {"approval",
          "needs ROLE",
          "needs approvers",
          "needs two lines",
          "needs principal",
          "can approve",
          "counter",
          "counter where",
          "counter per",
          "counter read",
          "counter by another key",
          "limit",
          "limit count",
          "limit sum money",
          "limit sum of any currency",
          "limit sum int",
          "limit sum decimal",
          "limit distinct",
          "limit distinct of lists",
          "ladder",
          "step notify",
          "step gate",
          "step block",
          "limit per",
          "limit per two",
          "limit where",
          "limit unless",
          "limit oblige",
          "trial limit",
          "over DURATION",
          "each day",
          "each week",
          "each month",
          "each quarter"}},
        {"step",
         {"no id", "asked again", "another plan", "approvals", "approval at an edge",
          "approval a field off", "approvals for another plan", "rejection", "confirm", "cancel",
          "preview", "halt everything", "halt tool", "halt agent", "halt workflow",
          "halt principal", "resume"}},
        {"outcome", {"allow", "notify", "gate", "block"}},
        {"reason",
         {"allowed", "default", "rule", "limit", "missing_data", "id_reuse", "rejected", "halted",
          "unsupported_obligation"}},
        {"with",
         {"repeat", "a better case", "open gate", "one gate of two", "trial", "total",
          "totals of several limits"}},
        {"approval",
         {"counts", "malformed", "party unknown", "time unknown", "never unknown", "other plan",
          "other gate", "principal", "agent", "excluded", "no role", "before the request",
          "answered late", "not yet", "expired", "rejects"}}};
    return lacking_of(names, least);
}

}  // namespace proviso::laws
