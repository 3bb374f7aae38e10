// The decision: form, authority, base, restrictions, and what combines them (docs/language.md,
// "How a call is decided"). One a session and policy; allocates nothing once warm.
//
// Beside the outcome it keeps the *best case*: the outcome if each unknown had turned out most
// favourably, each for itself. Where the two differ, missing data decided.
//
// Covered by tests/golden/decide and tests/unit/decide.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/decide/bound.h"
#include "engine/decide/plan_view.h"
#include "engine/vm/image.h"
#include "engine/vm/machine.h"
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
    Decider(std::shared_ptr<const vm::Image> image, const std::vector<RuleFacts>& facts,
            std::size_t remembered_tools);

    /// `bound` is attached to the image's program; it is read until the next decision.
    Verdict decide(Bound& bound);

    [[nodiscard]] const std::vector<Session::Part>& parts() const { return parts_; }

    // For the record (record.h), about the last call:
    [[nodiscard]] vm::Machine& machine() { return machine_; }
    [[nodiscard]] const PlanView& plan() const { return plan_; }
    [[nodiscard]] const Verdict& verdict() const { return verdict_; }
    [[nodiscard]] Authority authority_of(std::uint32_t party);
    /// Why an argument of a duty is unknown: also where an optional that is not there is read for a
    /// parameter that is not optional. Nothing where it is known.
    [[nodiscard]] std::optional<model::State> unknown_argument(const bytecode::ObligationUse& use,
                                                               std::size_t index);
    /// Allows and grants that would count but for something unknown.
    [[nodiscard]] const std::vector<vm::Hit>& possible_allows() const { return possible_allows_; }
    [[nodiscard]] const bytecode::Program& program() const { return image_->program(); }
    [[nodiscard]] const std::vector<RuleFacts>& facts() const { return *facts_; }
    [[nodiscard]] std::uint8_t tiers() const { return tiers_; }
    /// Whether the plan was looked at: the form was right.
    [[nodiscard]] bool evaluated() const { return evaluated_; }
    [[nodiscard]] bool lacks_authority() const { return lacks_authority_; }

  private:
    struct Level {
        Outcome actual = Outcome::allow;
        Outcome best = Outcome::allow;
    };

    void begin(Bound& bound);
    void raise_tier();
    [[nodiscard]] Authority authority();
    void try_allows();
    [[nodiscard]] Level base();
    [[nodiscard]] Level default_level();
    [[nodiscard]] Level matrix_level(const bytecode::Matrix& matrix, bool is_base);
    [[nodiscard]] Level restrictions();
    [[nodiscard]] Level restriction(const vm::Hit& hit);
    [[nodiscard]] bool arguments_known(std::uint32_t rule);
    [[nodiscard]] vm::Truth in_force(std::uint32_t rule) const;
    [[nodiscard]] Outcome at_stage(std::uint32_t rule) const;
    [[nodiscard]] Reason reason(const Level& base, const Level& total) const;
    [[nodiscard]] Verdict refused(FormError form);

    std::shared_ptr<const vm::Image> image_;
    const std::vector<RuleFacts>* facts_;
    vm::Machine machine_;
    std::vector<PlanView> plans_;  // as Program::plans
    UnlistedPlans unlisted_;

    Bound* bound_ = nullptr;
    PlanView plan_;
    std::uint8_t tiers_ = 0x0F;
    bool evaluated_ = false;
    bool lacks_authority_ = false;
    bool duty_decided_ = false;                    // a block only because of an obligation
    Outcome restricted_by_rule_ = Outcome::allow;  // sure, without what obligations made of it
    Verdict verdict_;
    std::vector<Session::Part> parts_;
    std::vector<vm::Hit> allows_;
    std::vector<vm::Hit> possible_allows_;
    std::vector<vm::Hit> hits_;
};

}  // namespace proviso::decide
