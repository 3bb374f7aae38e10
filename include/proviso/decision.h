// What comes back: the verdict of the fast path, the full decision, the agent's view.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proviso/outcome.h"

namespace proviso {

/// What `Session::decide` returns: no memory, no text. `Session::decision` tells the rest.
struct Verdict {
    Outcome outcome = Outcome::block;
    Reason reason = Reason::missing_data;
    /// The outcome if every unknown had turned out most favourably, each for itself. Equal to
    /// `outcome` unless missing data decided.
    Outcome best_case = Outcome::block;
    /// The call was let through before, with this answer: it is not to be carried out again.
    bool repeat = false;

    [[nodiscard]] bool unknown_decided() const noexcept { return best_case < outcome; }
};

/// A rule, cell or default that took part.
struct Match {
    std::uint32_t rule = 0;  ///< into Policy::rules()
    std::string name;
    std::string kind;  ///< "rule", "matrix_cell", "default_cell", "default", "limit_step"
    Outcome effect = Outcome::block;
    bool sure = true;       ///< false: it counts because something is unknown
    bool on_trial = false;  ///< reported, not felt
    std::string who;        ///< role that reviews or approves, or approval
    std::int64_t within_seconds = 0;
    std::string because;  ///< values filled in, agent text quoted and cut
    std::string fix;
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// A value that was needed and is not known.
struct Missing {
    std::string name;   ///< "customer.tier", "args.amount", "principal.roles", "tier"
    std::string cause;  ///< "missing", "wrong type", "not in enum", "overflow", …
    friend bool operator==(const Missing&, const Missing&) = default;
};

struct Duty {
    std::string name;
    std::vector<std::pair<std::string, std::string>> arguments;  ///< values as people read them
    std::string rule;
};

struct Review {
    std::string role;
    std::int64_t within_seconds = 0;
    std::string rule;
};

/// Places of a gate, which different people fill.
struct NeededPeople {
    std::uint32_t count = 0;
    /// "roles": whoever holds one of `roles`; "approvers": the same, `roles` are those that can
    /// approve this tool; "principal": the person that the call is asked for, without `roles`.
    std::string of;
    std::vector<std::string> roles;
};

/// Who may fill any place but the principal's, from a time on.
struct AddedLater {
    std::string role;
    std::int64_t after_seconds = 0;  ///< since the request
    std::string at;                  ///< RFC 3339, where the time of the request is known
};

/// A gate that the call meets. It holds the call until it is open.
struct Gate {
    std::string rule;
    std::string role;  ///< one person of this role approves; empty where an approval says who
    std::string because;
    std::string approval;  ///< by name
    bool open = false;
    std::uint32_t places = 0;
    std::uint32_t filled = 0;  ///< by approvals that count
    std::vector<NeededPeople> needs;
    std::vector<AddedLater> also;
    std::vector<std::string> never;  ///< paths of ids that fill no place
    /// Those of `never` that are unknown, and `principal.id` and `agent.id` of a call with an id:
    /// no approval counts before they are known.
    std::vector<std::string> not_known;
    std::string until;               ///< by when to answer; RFC 3339, empty where not known
    std::int64_t valid_seconds = 0;  ///< an answer counts so long
};

/// What the people who open the gates are to be asked.
struct ApprovalRequest {
    std::string call_id;             ///< empty: without one no approval counts
    std::string plan;                ///< the hash that an approval names; docs/approvals.md
    std::vector<std::string> gates;  ///< those that are closed, by name
    std::string requested_at;        ///< RFC 3339; empty where not known
    std::string until;               ///< the first `until` of the gates
    std::vector<std::pair<std::string, std::string>> args;  ///< as bound, as people read them
};

/// An approval or rejection that does not count.
struct UncountedApproval {
    std::string by;
    std::string verdict;  ///< "approve", "reject"
    std::string cause;    ///< "it is for another plan", "the person is excluded", …
};

/// What a limit's total was before the call and is with it, where the call is let through.
struct LimitTotal {
    std::string limit;
    std::string before;  ///< as people read it: "150 USD"
    std::string after;
};

/// The full decision, for people and the ledger.
struct Decision {
    Outcome outcome = Outcome::block;
    Reason reason = Reason::missing_data;
    Outcome best_case = Outcome::block;
    /// The call was let through before: the answer that it got then. Not to be carried out again.
    bool repeat = false;
    /// Of a failure of form or authority, a halt, a repeat: what exactly, in words.
    std::string detail;
    std::string tool;
    std::string stage;
    std::vector<Match> base;  ///< the allows that matched, or the default that held
    std::vector<Match> restrictions;
    std::vector<Match> trials;
    std::vector<Missing> missing;            ///< sorted by name
    std::vector<LimitTotal> totals;          ///< of the limits that count the call, by name
    std::vector<Gate> gates;                 ///< open and closed ones
    std::optional<ApprovalRequest> request;  ///< of the outcome `gate`
    std::vector<UncountedApproval> uncounted;
    std::string rejected_by;
    std::string plan_hash;    ///< 64 hex digits; empty where there is none
    std::string plan_fault;   ///< of a call that meets gates: why there is none
    std::string valid_until;  ///< RFC 3339; of a call whose gates are open: till then they are
    std::vector<Review> reviews;
    std::vector<Duty> obligations;
    std::vector<std::string> undeclared_roles;  ///< in the call, not in the set: they grant nothing
    std::vector<std::string> granted_by;        ///< roles that granted, where authority is asked
    std::string policy_name;
    std::string policy_version;
    std::string policy_hash;
    std::uint64_t halt_epoch = 0;  ///< of the halts that it was held against
};

/// What the agent may be told: no cap, total, rule or `because`.
struct AgentView {
    Outcome outcome = Outcome::block;
    Reason reason = Reason::missing_data;
    std::vector<std::string> fixes;
    bool repeat = false;
    std::uint32_t approvals_needed = 0;  ///< of the outcome `gate`: places of all gates
    std::uint32_t approvals_given = 0;   ///< that are filled
};

[[nodiscard]] AgentView agent_view(const Decision& decision);

/// JSON texts of both views; docs/decision.schema.json describes them. One line, no line end.
[[nodiscard]] std::string to_json(const Decision& decision);
[[nodiscard]] std::string to_json(const AgentView& view);

/// Why: the value of every sub-expression of every rule that took part, and the near misses.
struct ExplainedValue {
    std::uint32_t depth = 0;  ///< 0: the whole condition
    std::string expression;   ///< as written
    std::string value;        ///< "true", "600 USD", "unknown (missing)"
    bool condition = false;
};

struct ExplainedRule {
    Match match;
    std::string kind;    ///< "allow", "grant", "restriction", "matrix", "limit", "raise", "trial"
    std::string result;  ///< "matched", "may match", "did not match"
    std::vector<ExplainedValue> values;
    /// Of a near miss: the sub-expressions that kept it from matching.
    std::vector<std::string> held_back_by;
};

struct Explanation {
    Decision decision;
    std::vector<ExplainedRule> took_part;
    /// For a call that nothing allowed: each allow and grant of this tool that did not match.
    std::vector<ExplainedRule> near_misses;
};

[[nodiscard]] std::string to_json(const Explanation& explanation);

}  // namespace proviso
