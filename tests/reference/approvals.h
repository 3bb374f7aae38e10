// Which approvals that came with a call open which gates, and why others do not: docs/language.md,
// "Gates and approvals", condition by condition. Tested by approvals_test.cpp; the places by
// quorum_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/check/policy_set.h"
#include "tests/reference/evaluate.h"
#include "tests/reference/json.h"
#include "tests/reference/quorum.h"

namespace proviso::reference {

/// One of the call's `approvals`, as it came.
struct ApprovalRecord {
    bool well_formed = false;
    bool reject = false;
    std::string by;
    std::set<std::string> roles;                     // held when it was given
    std::optional<std::set<std::string>> roles_now;  // where they are told to be others
    std::string plan;                                // a hash
    std::set<std::string> gates;
    std::int64_t requested_at = 0;
    std::int64_t at = 0;
};

enum class Uncounted {
    malformed,
    too_many,
    no_call_id,
    party_unknown,  // no principal.id or agent.id
    time_unknown,   // of the call
    never_unknown,
    other_plan,
    other_gate,
    is_principal,
    is_agent,
    excluded,
    no_role,
    before_request,
    answered_late,
    not_yet,
    expired,
    rejects,
};

struct Gate {
    std::string name;
    check::Approval approval;
};

struct GateState {
    bool open = false;
    /// Of each record why it does not count for this gate; empty where it counts.
    std::vector<std::set<Uncounted>> why;
};

struct ApprovalInputs {
    const Scope& scope;
    std::vector<ApprovalRecord> records;
    /// Whether a hash is that of the call's plan.
    std::function<bool(const std::string&)> is_this_plan;
};

[[nodiscard]] std::vector<ApprovalRecord> read_approvals(const Json& document);
/// `gate by ROLE`: one person of it, with the defaults.
[[nodiscard]] check::Approval one_of(check::RoleId role);

[[nodiscard]] GateState judge(const ApprovalInputs& inputs, const Gate& gate);

struct Heard {
    std::int64_t until = 0;  // the plan is rejected
    bool sure = true;        // the person surely could have approved, not only perhaps
};
/// Nothing where the record is no rejection by someone who could have approved, or might have.
[[nodiscard]] std::optional<Heard> rejects(const ApprovalInputs& inputs, const Gate& gate,
                                           std::size_t record);

}  // namespace proviso::reference
