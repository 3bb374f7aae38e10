// See approvals.h. First what holds of an approval whatever the gate, then gate by gate.
#include "engine/decide/approvals.h"

#include <algorithm>

#include "engine/model/pattern.h"

namespace proviso::decide {

using bytecode::Builtin;
using bytecode::none;

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t role_within_seconds = 24 * 3600;
constexpr std::int64_t role_valid_seconds = 3600;

const model::Value& builtin(const Bound& bound, Builtin slot) {
    return bound.frame[bytecode::slot_of(slot)];
}

/// What lies past the end of time is its end.
std::int64_t later(std::int64_t at_us, std::int64_t seconds) {
    std::int64_t span = 0;
    std::int64_t sum = 0;
    if (__builtin_mul_overflow(seconds, second_us, &span) ||
        __builtin_add_overflow(at_us, span, &sum)) {
        return INT64_MAX;
    }
    return sum;
}

bool matches(const bytecode::PatternSet& set, std::string_view tool) {
    const auto fits = [&](const std::string& glob) { return model::glob_matches(glob, tool); };
    return std::none_of(set.except.begin(), set.except.end(), fits) &&
           std::any_of(set.include.begin(), set.include.end(), fits);
}

bool plan_is(std::string_view hex, const model::Digest& digest) {
    return hex == model::to_hex(digest);
}

bool names_gate(const Bound& bound, const GivenApproval& given, std::string_view gate) {
    const auto begin = bound.approval_texts.begin() + given.gates.begin;
    return std::find(begin, begin + given.gates.count, gate) != begin + given.gates.count;
}

}  // namespace

ApprovalBoard::ApprovalBoard(const bytecode::Program& program, const ApproverKeys* keys)
    : program_(program),
      keys_(keys),
      hasher_(program),
      by_role_(program.roles.size()) {}

bytecode::Approval approval_by_role(const bytecode::Program& program, std::uint32_t role) {
    bytecode::Approval made;
    made.name = program.roles[role].name;
    made.needs.push_back({1, {role}, false, false});
    made.within_seconds = role_within_seconds;
    made.valid_seconds = role_valid_seconds;
    return made;
}

const bytecode::Approval& ApprovalBoard::approval_of(std::uint32_t rule) {
    const bytecode::Rule& gate = program_.rules[rule];
    if (gate.approval != none) return program_.approvals[gate.approval];
    std::optional<bytecode::Approval>& made = by_role_[gate.role];
    if (!made) made = approval_by_role(program_, gate.role);
    return *made;
}

void ApprovalBoard::check(vm::Machine& machine, const Bound& bound,
                          std::span<const std::uint32_t> gates,
                          std::optional<std::int64_t> first_asked_us) {
    gates_.clear();
    causes_.assign(bound.approvals.size(), {});
    counted_.assign(bound.approvals.size(), false);
    whole_.assign(bound.approvals.size(), false);
    rejection_.reset();
    plan_ = hasher_.of(bound);
    const model::Value& time = builtin(bound, Builtin::time);
    now_us_ = time.known() ? std::optional(time.integer) : std::nullopt;
    find_approvers(machine, bound);
    for (std::uint32_t i = 0; i < bound.approvals.size(); ++i) {
        causes_[i] = whole_fault(bound, bound.approvals[i]);
        whole_[i] = causes_[i].empty();
        if (whole_[i]) causes_[i] = "it names no gate that this call meets";
    }
    for (const std::uint32_t rule : gates) {
        GateCheck gate;
        gate.rule = rule;
        gate.approval = &approval_of(rule);
        gate.unknown_never = find_excluded(machine, *gate.approval);
        count(bound, gate, gate.unknown_never == 0);
        fill(bound, gate);
        set_times(bound, gate, first_asked_us);
        gates_.push_back(gate);
    }
    for (std::size_t i = 0; i < counted_.size(); ++i) {
        if (counted_[i]) causes_[i] = {};
    }
}

// ---------------------------------------------------------------- who may approve the tool

void ApprovalBoard::find_approvers(vm::Machine& machine, const Bound& bound) {
    const std::size_t words = (program_.roles.size() + 63) / 64;
    approvers_.assign(words, 0);
    may_approvers_.assign(words, 0);
    if (bound.tool != none) {
        const bytecode::Range grants = program_.tools[bound.tool].approve_grants;
        for (std::uint32_t i = 0; i < grants.count; ++i) {
            add_approver(machine, program_.plan_grants[grants.begin + i]);
        }
        return;
    }
    constexpr unsigned approve = 3;
    for (std::uint32_t i = 0; i < program_.grants.size(); ++i) {
        const bytecode::Grant& grant = program_.grants[i];
        if ((grant.stages >> approve & 1U) == 0 || grant.patterns == none) continue;
        if (matches(program_.pattern_sets[grant.patterns], bound.tool_name)) {
            add_approver(machine, i);
        }
    }
}

void ApprovalBoard::add_approver(vm::Machine& machine, std::uint32_t grant) {
    const std::uint32_t role = program_.grants[grant].role;
    const std::uint64_t bit = std::uint64_t{1} << role % 64;
    const vm::Truth truth = machine.truth(program_.grants[grant].block);
    if (truth == vm::Truth::yes) approvers_[role / 64] |= bit;
    if (truth != vm::Truth::no) may_approvers_[role / 64] |= bit;
}

bool ApprovalBoard::holds(const Bound& bound, std::uint32_t approval, std::uint32_t role) const {
    const std::size_t words = approvers_.size();
    return (bound.approver_roles[approval * words + role / 64] >> role % 64 & 1U) != 0;
}

bool ApprovalBoard::is_among(const Bound& bound, std::uint32_t approval,
                             const std::vector<std::uint64_t>& roles) const {
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if ((roles[i] & bound.approver_roles[approval * roles.size() + i]) != 0) return true;
    }
    return false;
}

// ---------------------------------------------------------------- whatever the gate

std::string_view ApprovalBoard::whole_fault(const Bound& bound, const GivenApproval& given) const {
    if (!given.fault.empty()) return given.fault;
    if (bound.too_many_approvals) return "the call has more approvals than the limit";
    if (!builtin(bound, Builtin::call_id).known()) return "the call has no id";
    if (!plan_.known) return "the plan has no hash, as something in it cannot be read";
    if (!plan_is(given.plan, plan_.digest)) return "it is for another plan";
    if (const std::string_view fault = signature_fault(bound, given); !fault.empty()) return fault;
    if (given.rejects) return {};
    return party_fault(bound, given);
}

std::string_view ApprovalBoard::signature_fault(const Bound& bound,
                                                const GivenApproval& given) const {
    if (keys_ == nullptr) return {};
    switch (keys_->check(given, bound)) {
        case Signed::yes: return {};
        case Signed::missing: return "it is not signed";
        case Signed::no_key: return "there is no key of the person";
        case Signed::unreadable_key: return "the person's key cannot be read";
        case Signed::no: return "the signature is not of this approval and person";
    }
    return "it is not signed";
}

std::string_view ApprovalBoard::party_fault(const Bound& bound, const GivenApproval& given) const {
    const model::Value& principal = builtin(bound, Builtin::principal_id);
    const model::Value& agent = builtin(bound, Builtin::agent_id);
    if (!principal.known()) return "the call's principal is not known";
    if (!agent.known()) return "the call's agent is not known";
    if (given.by == agent.view()) return "it is by the agent";
    if (!now_us_) return "the call's time is not known";
    if (given.at_us < given.requested_us) return "it was given before it was asked for";
    if (given.at_us > *now_us_) return "it was given after the call's time";
    return {};
}

// ---------------------------------------------------------------- gate by gate

std::string_view ApprovalBoard::time_fault(const GateCheck& gate,
                                           const GivenApproval& given) const {
    if (given.at_us > later(given.requested_us, gate.approval->within_seconds)) {
        return "it was given too late after it was asked for";
    }
    const bool over = now_us_ && *now_us_ > later(given.at_us, gate.approval->valid_seconds);
    return over ? "it is no longer valid" : std::string_view();
}

bool ApprovalBoard::take_excluded(vm::Machine& machine, const bytecode::Excluded& one) {
    const model::Value value = machine.value(one.value);
    if (value.state == model::State::absent) return true;
    if (!value.known()) return false;
    if (program_.types.type(one.value.type).kind == model::Kind::string) {
        excluded_.push_back(value.view());
        return true;
    }
    bool known = true;
    for (std::uint32_t i = 0; i < value.extra; ++i) {
        const model::Value& member = value.elements[i];
        if (member.known()) excluded_.push_back(member.view());
        const bool fits = member.known() || member.state == model::State::absent;
        known = known && fits;
    }
    return known;
}

/// Gives the paths that are unknown, as GateCheck::unknown_never.
std::uint64_t ApprovalBoard::find_excluded(vm::Machine& machine,
                                           const bytecode::Approval& approval) {
    std::uint64_t unknown = 0;
    excluded_.clear();
    for (std::size_t i = 0; i < approval.never.size(); ++i) {
        if (!take_excluded(machine, approval.never[i])) unknown |= never_bit(i);
    }
    return unknown;
}

bool ApprovalBoard::is_excluded(std::string_view id) const {
    return std::find(excluded_.begin(), excluded_.end(), id) != excluded_.end();
}

/// Bits of the needs whose places the person may fill. `might`: what is not known turns out well.
NeedMask ApprovalBoard::places_for(const Bound& bound, const bytecode::Approval& approval,
                                   std::uint32_t index, bool might) const {
    const GivenApproval& given = bound.approvals[index];
    if (is_excluded(given.by)) return 0;
    const model::Value& principal = builtin(bound, Builtin::principal_id);
    const model::Value& agent = builtin(bound, Builtin::agent_id);
    if (agent.known() && given.by == agent.view()) return 0;
    const bool asked_for = principal.known() && given.by == principal.view();
    const bool perhaps = might && !principal.known();
    bool escalated = false;
    for (const bytecode::Escalation& also : approval.escalations) {
        escalated |= holds(bound, index, also.role) &&
                     given.at_us >= later(given.requested_us, also.after_seconds);
    }
    NeedMask mask = 0;
    for (std::size_t i = 0; i < approval.needs.size(); ++i) {
        const bytecode::ApprovalNeed& need = approval.needs[i];
        bool may = need.principal ? asked_for || perhaps : !asked_for && escalated;
        if (!need.principal && !asked_for) {
            may |= need.approvers && is_among(bound, index, might ? may_approvers_ : approvers_);
            may |= std::any_of(need.roles.begin(), need.roles.end(),
                               [&](std::uint32_t role) { return holds(bound, index, role); });
        }
        if (may) mask |= NeedMask{1} << i;
    }
    return mask;
}

void ApprovalBoard::count(const Bound& bound, GateCheck& gate, bool excluded_known) {
    voices_.clear();
    for (std::uint32_t i = 0; i < bound.approvals.size(); ++i) {
        const GivenApproval& given = bound.approvals[i];
        if (!whole_[i]) continue;
        if (given.rejects) {
            reject(bound, gate, excluded_known, i);
            continue;
        }
        if (!names_gate(bound, given, program_.rules[gate.rule].name)) continue;
        const NeedMask may = places_for(bound, *gate.approval, i, false);
        const auto same = std::find_if(voices_.begin(), voices_.end(), [&](const Voice& other) {
            return bound.approvals[other.approval].by == given.by;
        });
        if (const std::string_view fault = time_fault(gate, given); !fault.empty()) {
            causes_[i] = fault;
        } else if (!excluded_known) {
            causes_[i] = "who is excluded is not known";
        } else if (is_excluded(given.by)) {
            causes_[i] = "the person is excluded";
        } else if (may == 0) {
            const auto id = builtin(bound, Builtin::principal_id);
            causes_[i] = given.by == id.view() ? "it is by the principal"
                                               : "the person holds no role that is asked";
        } else {
            if (same != voices_.end())
                causes_[i] = "the person has approved already";
            else
                counted_[i] = true;
            voices_.push_back({i, may});
        }
    }
}

/// A rejection counts for whatever the person could have opened, named or not.
void ApprovalBoard::reject(const Bound& bound, const GateCheck& gate, bool excluded_known,
                           std::uint32_t index) {
    const GivenApproval& given = bound.approvals[index];
    const std::int64_t until = later(given.requested_us, gate.approval->within_seconds);
    if (given.at_us > until || (now_us_ && *now_us_ > until)) {
        causes_[index] = "its time is over";
        return;
    }
    if (places_for(bound, *gate.approval, index, true) == 0) {
        causes_[index] = "the person could not have approved";
        return;
    }
    counted_[index] = true;
    const bool sure = excluded_known && now_us_ && builtin(bound, Builtin::agent_id).known() &&
                      places_for(bound, *gate.approval, index, false) != 0;
    if (!rejection_) rejection_ = Rejection{index, sure, until};
    rejection_->sure |= sure;
    rejection_->until_us = std::max(rejection_->until_us, until);
}

// ---------------------------------------------------------------- the quorum

/// Places that are filled by those whose approvals stay valid until `at_least_us`.
std::uint32_t ApprovalBoard::filled(const Bound& bound, const GateCheck& gate,
                                    std::int64_t at_least_us) {
    people_.clear();
    for (std::size_t i = 0; i < voices_.size(); ++i) {
        const std::string_view by = bound.approvals[voices_[i].approval].by;
        NeedMask may = 0;
        bool first = true;
        // The same person is one person, however often they said it.
        for (std::size_t j = 0; j < voices_.size(); ++j) {
            const GivenApproval& other = bound.approvals[voices_[j].approval];
            if (other.by != by) continue;
            if (later(other.at_us, gate.approval->valid_seconds) >= at_least_us) {
                may |= voices_[j].may;
            }
            first = first && j >= i;
        }
        if (first) people_.push_back(may);
    }
    return quorum_.most_filled(places_, people_);
}

void ApprovalBoard::fill(const Bound& bound, GateCheck& gate) {
    places_.clear();
    for (const bytecode::ApprovalNeed& need : gate.approval->needs) {
        places_.push_back(need.count);
        gate.places += need.count;
    }
    gate.filled = filled(bound, gate, INT64_MIN);
    gate.open = gate.filled == gate.places;
    if (!gate.open) return;
    for (const Voice& voice : voices_) {
        const std::int64_t until =
            later(bound.approvals[voice.approval].at_us, gate.approval->valid_seconds);
        if (gate.valid_until_us && until <= *gate.valid_until_us) continue;
        if (filled(bound, gate, until) == gate.places) gate.valid_until_us = until;
    }
}

void ApprovalBoard::set_times(const Bound& bound, GateCheck& gate,
                              std::optional<std::int64_t> first_asked_us) const {
    gate.requested_us = now_us_;
    if (first_asked_us && (!now_us_ || *first_asked_us < *now_us_)) {
        gate.requested_us = first_asked_us;
    }
    for (const Voice& voice : voices_) {
        const std::int64_t asked = bound.approvals[voice.approval].requested_us;
        if (!gate.requested_us || asked < *gate.requested_us) gate.requested_us = asked;
    }
    if (gate.requested_us) {
        gate.until_us = later(*gate.requested_us, gate.approval->within_seconds);
    }
}

// ---------------------------------------------------------------- answers

bool ApprovalBoard::is_open(std::uint32_t rule) const {
    return std::any_of(gates_.begin(), gates_.end(),
                       [&](const GateCheck& gate) { return gate.open && gate.rule == rule; });
}

bool ApprovalBoard::any_open() const {
    return std::any_of(gates_.begin(), gates_.end(),
                       [](const GateCheck& gate) { return gate.open; });
}

std::optional<std::int64_t> ApprovalBoard::valid_until_us() const {
    std::optional<std::int64_t> first;
    for (const GateCheck& gate : gates_) {
        if (!gate.open || !gate.valid_until_us) continue;
        if (!first || *gate.valid_until_us < *first) first = gate.valid_until_us;
    }
    return first;
}

}  // namespace proviso::decide
