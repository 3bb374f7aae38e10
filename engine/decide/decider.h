// The decision: form, authority, base, restrictions, and what combines them (docs/language.md,
// "How a call is decided"). One a session and policy; allocates nothing once warm.
//
// Beside the outcome it keeps the *best case*: the outcome if each unknown had turned out most
// favourably, each for itself. Where the two differ, missing data decided.
//
// Rules come in by two ways: as bits of the plan's index, of which only the outcome is read while
// deciding, and as hits one by one: those that a switch leaves over, that are on trial or have
// obligations, and all of a plan without an index. `parts` puts both together when asked.
//
// Covered by tests/golden/decide and tests/unit/engine/decide.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide/approvals.h"
#include "engine/decide/bound.h"
#include "engine/decide/plan_view.h"
#include "engine/vm/image.h"
#include "engine/vm/machine.h"
#include "engine/vm/rule_index.h"
#include "proviso/decision.h"
#include "proviso/engine.h"

namespace proviso::decide {

/// Which obligations of a program a host can carry out; bit a row of Program::obligations.
using Duties = std::vector<bool>;
[[nodiscard]] Duties duties_of(const bytecode::Program& program,
                               const std::vector<std::string>& registered);

/// What is needed of a rule while deciding, without its texts.
struct RuleFacts {
    Outcome effect = Outcome::block;
    std::uint8_t stages = 0x1F;
    bool on_trial = false;
    bool has_obligations = false;
    bool unsupported = false;  // a duty that the host did not register
    bool plain = true;         // neither on trial nor with obligations
};
[[nodiscard]] std::vector<RuleFacts> rule_facts(const bytecode::Program& program,
                                                const Duties& duties);

/// How a question about authority came out.
enum class Authority : std::uint8_t { granted, unknown, none };

class Decider {
  public:
    /// `keys` are those of approvers; null: approvals need no signature.
    Decider(std::shared_ptr<const vm::Image> image, const std::vector<RuleFacts>& facts,
            std::size_t remembered_tools, const ApproverKeys* keys = nullptr);

    /// `bound` is attached to the image's program; it is read until the next decision.
    Verdict decide(Bound& bound);

    /// Of the last call; valid till the next one.
    [[nodiscard]] const std::vector<Session::Part>& parts();

    /// The gates of the last call, open or not, and the approvals that it brought. Looked at when
    /// asked, unless the call brought any.
    [[nodiscard]] const ApprovalBoard& approvals();
    /// After `decide`: the verdict with what people said. Open gates count as allow; whoever could
    /// have approved and rejects, or might have, blocks.
    [[nodiscard]] Verdict with_approvals(const Verdict& verdict);
    /// After `decide`: when somebody was first asked to approve this plan.
    void first_asked(std::int64_t at_us) { first_asked_us_ = at_us; }
    /// What is remembered may have made another of it.
    void set_verdict(const Verdict& verdict) { verdict_ = verdict; }
    /// Before or after `decide`, of a call without a form error.
    [[nodiscard]] PlanHash plan_of(const Bound& bound) { return board_.plan_of(bound); }
    /// Before or after `decide`: what is tried for the call; null where its form is wrong.
    [[nodiscard]] const PlanView* plan_for(const Bound& bound);
    struct Level {
        Outcome actual = Outcome::allow;
        Outcome best = Outcome::allow;
    };
    /// After `decide`: one more restriction, as a trial, or a duty that is not known, has it.
    [[nodiscard]] Level tighten(const vm::Hit& hit);

    // For the record (record.h), about the last call:
    [[nodiscard]] vm::Machine& machine() { return machine_; }
    [[nodiscard]] const PlanView& plan() const { return *plan_; }
    [[nodiscard]] const Verdict& verdict() const { return verdict_; }
    [[nodiscard]] Authority authority_of(std::uint32_t party);
    /// Why an argument of a duty is unknown: also where an optional that is not there is read for a
    /// parameter that is not optional. Nothing where it is known.
    [[nodiscard]] std::optional<model::State> unknown_argument(const bytecode::ObligationUse& use,
                                                               std::size_t index);
    /// Allows and grants that would count but for something unknown.
    [[nodiscard]] const std::vector<vm::Hit>& possible_allows();
    [[nodiscard]] const bytecode::Program& program() const { return image_->program(); }
    [[nodiscard]] const std::vector<RuleFacts>& facts() const { return *facts_; }
    [[nodiscard]] std::uint8_t tiers() const { return machine_.context().tiers; }
    /// Whether the plan was looked at: the form was right.
    [[nodiscard]] bool evaluated() const { return state_.evaluated; }
    [[nodiscard]] bool lacks_authority() const { return state_.lacks_authority; }

  private:
    /// What is known of a call so far.
    struct State {
        bool evaluated = false;  // the form was right
        bool lacks_authority = false;
        bool allowed = false;       // by an allow that surely matches
        bool default_rule = false;  // `default OUTCOME` is the base
        bool duty_decided = false;  // a block only because of an obligation
        bool has_lists = false;     // of what was found one by one
        bool parts_are_listed = false;
        bool approvals_checked = false;
        bool gates_open = false;              // some are
        Outcome restricted = Outcome::allow;  // surely, without what obligations made of it
    };

    /// What the rules of a plan's indices come to.
    struct Indexed {
        vm::Row allows_may = 0;  // some bit is set where an allow may match
        vm::Row allows_sure = 0;
        bytecode::Effect may = bytecode::Effect::allow;  // the most restrictive effects
        bytecode::Effect sure = bytecode::Effect::allow;
    };

    void begin(Bound& bound);
    [[nodiscard]] const PlanView* find_plan(const Bound& bound);
    [[nodiscard]] Verdict evaluate();
    [[nodiscard]] Verdict combine(const Indexed& indexed);
    void check_approvals();
    [[nodiscard]] Verdict without_open_gates();
    void add_again(const vm::Hit& hit, Verdict& verdict);
    [[nodiscard]] Outcome effect_of(std::uint32_t rule) const;
    void raise_tier();
    [[nodiscard]] Authority authority();

    [[nodiscard]] Indexed match_indices();
    static void add_matches(const vm::RuleIndex& index, const vm::Matches& found, Indexed& result);
    void settle(const vm::RuleIndex& index, vm::Matches& found);
    void run_code(const vm::RuleIndex& index, vm::Matches& found);
    void set_aside_special(const vm::RuleIndex& index, vm::Matches& found);
    void try_one_by_one();
    void drop_unkept_allows();

    [[nodiscard]] Level base(const Indexed& indexed);
    [[nodiscard]] Level default_level();
    [[nodiscard]] Level matrix_level(const bytecode::Matrix& matrix, bool is_base);
    [[nodiscard]] Level restrictions(const Indexed& indexed);
    [[nodiscard]] Level listed_restrictions();
    [[nodiscard]] Level restriction(const vm::Hit& hit);
    [[nodiscard]] bool arguments_known(std::uint32_t rule);
    [[nodiscard]] vm::Truth in_force(std::uint32_t rule) const;
    [[nodiscard]] Outcome at_stage(std::uint32_t rule) const;
    [[nodiscard]] Reason reason(const Level& base, const Level& total) const;
    [[nodiscard]] Verdict refused(FormError form);

    void list_parts();
    void list_indexed_parts(const vm::RuleIndex& index, const vm::Matches& found);

    std::shared_ptr<const vm::Image> image_;
    const std::vector<RuleFacts>* facts_;
    vm::Machine machine_;
    ListedPlans listed_;
    UnlistedPlans unlisted_;
    bool asks_authority_ = false;

    Bound* bound_ = nullptr;
    const PlanView* plan_ = nullptr;
    State state_;
    Verdict verdict_;

    std::vector<vm::Matches> matches_;  // what the plan's indices found, in each
    std::size_t matched_ = 0;           // how many of them
    // Found one by one:
    std::vector<vm::Hit> allows_;
    std::vector<vm::Hit> possible_allows_;
    std::vector<vm::Hit> hits_;
    std::vector<Session::Part> base_parts_;
    std::vector<Session::Part> other_parts_;
    std::vector<vm::Hit> added_;  // by `tighten`

    std::vector<Session::Part> parts_;  // all of them, base first

    ApprovalBoard board_;
    std::vector<std::uint32_t> gates_;  // rules
    std::optional<std::int64_t> first_asked_us_;
    Authority granted_ = Authority::granted;
};

/// The verdict of the rules with what limits add to it; `by_duty`: a duty of a limit's that the
/// host did not register made it a block.
[[nodiscard]] Verdict tightened(const Verdict& rules, const Decider::Level& level, bool by_duty);

}  // namespace proviso::decide
