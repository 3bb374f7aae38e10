// Which approvals of a call count, and which gates they open (docs/approvals.md).
//
// An approval that counts is for this plan, by a person who may fill a place, in its time. A gate
// is open where people fill all of its places at once (quorum.h). Whatever is not known lets an
// approval count for nothing, and a rejection count.
//
// Covered by tests/golden/decide/approvals and tests/unit/engine/decide/approvals_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/decide/bound.h"
#include "engine/decide/plan_hash.h"
#include "engine/decide/quorum.h"
#include "engine/decide/signature.h"
#include "engine/vm/machine.h"

namespace proviso::decide {

/// Of the i-th path of `never`; of 64 and more the last is shared.
constexpr std::uint64_t never_bit(std::size_t i) {
    constexpr std::size_t last = 63;
    return std::uint64_t{1} << (i < last ? i : last);
}

/// A gate that a call meets.
struct GateCheck {
    std::uint32_t rule = 0;
    const bytecode::Approval* approval = nullptr;
    std::uint32_t places = 0;
    std::uint32_t filled = 0;
    bool open = false;
    std::uint64_t unknown_never = 0;  // a bit a path of `never`, as `never_bit` tells it
    /// The first that anybody was asked at, and until when they may answer; µs. Where neither an
    /// approval nor the call tells a time, there is none.
    std::optional<std::int64_t> requested_us;
    std::optional<std::int64_t> until_us;
    std::optional<std::int64_t> valid_until_us;  // of an open one: till then it stays so
};

/// Somebody who could have approved the plan, or might have, rejected it.
struct Rejection {
    std::uint32_t approval = 0;  // into Bound::approvals
    bool sure = true;
    std::int64_t until_us = 0;
};

/// What `by ROLE` stands for: one person of the role.
[[nodiscard]] bytecode::Approval approval_by_role(const bytecode::Program& program,
                                                  std::uint32_t role);

class ApprovalBoard {
  public:
    /// `keys` may be null: then no signature is asked for. Both are read until the board is gone.
    ApprovalBoard(const bytecode::Program& program, const ApproverKeys* keys);

    /// `gates` are rules; the machine has the call. `first_asked_us`: when somebody was asked
    /// before.
    void check(vm::Machine& machine, const Bound& bound, std::span<const std::uint32_t> gates,
               std::optional<std::int64_t> first_asked_us);
    [[nodiscard]] PlanHash plan_of(const Bound& bound) { return hasher_.of(bound); }

    // Of the last check:
    [[nodiscard]] const std::vector<GateCheck>& gates() const { return gates_; }
    /// For each of Bound::approvals why it does not count; empty where it does.
    [[nodiscard]] const std::vector<std::string_view>& causes() const { return causes_; }
    [[nodiscard]] const std::optional<Rejection>& rejection() const { return rejection_; }
    [[nodiscard]] const PlanHash& plan() const { return plan_; }
    [[nodiscard]] const std::string& plan_json() const { return hasher_.json(); }
    /// Roles of which a person can approve the tool, for sure; a bitset.
    [[nodiscard]] const std::vector<std::uint64_t>& approvers() const { return approvers_; }
    [[nodiscard]] bool is_open(std::uint32_t rule) const;
    [[nodiscard]] bool any_open() const;
    /// Until when all open gates stay so.
    [[nodiscard]] std::optional<std::int64_t> valid_until_us() const;

  private:
    /// A counted approval of one gate.
    struct Voice {
        std::uint32_t approval = 0;
        NeedMask may = 0;
    };

    [[nodiscard]] const bytecode::Approval& approval_of(std::uint32_t rule);
    void find_approvers(vm::Machine& machine, const Bound& bound);
    void add_approver(vm::Machine& machine, std::uint32_t grant);
    [[nodiscard]] bool holds(const Bound& bound, std::uint32_t approval, std::uint32_t role) const;
    [[nodiscard]] bool is_among(const Bound& bound, std::uint32_t approval,
                                const std::vector<std::uint64_t>& roles) const;

    [[nodiscard]] std::string_view whole_fault(const Bound& bound,
                                               const GivenApproval& given) const;
    [[nodiscard]] std::string_view signature_fault(const Bound& bound,
                                                   const GivenApproval& given) const;
    [[nodiscard]] std::string_view party_fault(const Bound& bound,
                                               const GivenApproval& given) const;
    [[nodiscard]] std::string_view time_fault(const GateCheck& gate,
                                              const GivenApproval& given) const;
    /// False where not all who are excluded are known.
    [[nodiscard]] std::uint64_t find_excluded(vm::Machine& machine,
                                              const bytecode::Approval& approval);
    /// Whether all of it is known.
    bool take_excluded(vm::Machine& machine, const bytecode::Excluded& one);
    [[nodiscard]] bool is_excluded(std::string_view id) const;
    [[nodiscard]] NeedMask places_for(const Bound& bound, const bytecode::Approval& approval,
                                      std::uint32_t index, bool might) const;
    void count(const Bound& bound, GateCheck& gate, bool excluded_known);
    void fill(const Bound& bound, GateCheck& gate);
    [[nodiscard]] std::uint32_t filled(const Bound& bound, const GateCheck& gate,
                                       std::int64_t at_least_us);
    void reject(const Bound& bound, const GateCheck& gate, bool excluded_known,
                std::uint32_t index);
    void set_times(const Bound& bound, GateCheck& gate,
                   std::optional<std::int64_t> first_asked_us) const;

    const bytecode::Program& program_;
    const ApproverKeys* keys_;
    PlanHasher hasher_;
    Quorum quorum_;
    std::vector<std::optional<bytecode::Approval>> by_role_;  // of gates that name a role

    PlanHash plan_;
    std::vector<GateCheck> gates_;
    std::vector<std::string_view> causes_;
    std::vector<bool> counted_;
    std::vector<bool> whole_;  // nothing is wrong with it, whatever the gate
    std::optional<Rejection> rejection_;
    std::optional<std::int64_t> now_us_;
    std::vector<std::uint64_t> approvers_;      // surely
    std::vector<std::uint64_t> may_approvers_;  // surely or perhaps
    std::vector<std::string_view> excluded_;
    std::vector<Voice> voices_;
    std::vector<std::uint32_t> places_;
    std::vector<NeedMask> people_;
};

}  // namespace proviso::decide
