// See decide.h. Follows docs/language.md, "How a call is decided", step by step.
#include "tests/reference/decide.h"

#include <algorithm>

#include "tests/reference/bind.h"
#include "tests/reference/evaluate.h"
#include "tests/reference/text_forms.h"

namespace proviso::reference {

namespace {

using check::NodeId;
using check::PolicySet;

bool may_be_true(const Value& value) {
    return !value.known() || is_true(value);
}

Outcome outcome_of(check::Effect effect) {
    return static_cast<Outcome>(effect);
}

std::string_view form_reason(const BoundCall& call) {
    return call.form_error;
}

/// What a statement contributes: as it counts, and had every unknown turned out well.
struct Weight {
    Outcome felt = Outcome::allow;
    Outcome best = Outcome::allow;
    bool unsupported = false;  // it counts as a block for a duty that nobody registered
};

class Decider {
  public:
    Decider(const Inputs& inputs, BoundCall call)
        : inputs_(inputs),
          set_(inputs.set),
          call_(std::move(call)) {}

    Decision run() {
        result_.undeclared_roles = call_.undeclared_roles;
        if (!call_.form_error.empty()) {
            result_.reason = form_reason(call_);
            return result_;
        }
        find_tiers();
        if (!ask_authority()) return refused();
        decide_rules();
        return result_;
    }

  private:
    Scope scope() const { return {set_, inputs_.sources, call_, inputs_.limits, tiers_}; }

    template <class Statement>
    bool is_about(const Statement& statement) const {
        return (statement.stages & check::stage_bit(call_.stage)) != 0 &&
               reaches(set_, statement.targets, call_);
    }

    std::string role_name(check::RoleId role) const {
        return role == check::no_role ? "" : set_.role(role).name;
    }

    void decide_rules() {
        decide_base();
        for (const check::Rule& rule : set_.rules) restrict(rule);
        for (const check::Matrix& matrix : set_.matrices) restrict(matrix);
        conclude();
    }

    /// Nothing but the best case is told of the rules: what they make of it, were it granted.
    Decision refused() {
        Decision refusal = result_;
        refusal.granted_by.clear();
        if (may_be_granted_) {
            decide_rules();
            refusal.best_case = result_.best_case;
        }
        const bool lighter = refusal.best_case < refusal.outcome;
        refusal.reason = lighter ? "missing_data" : "no_grant";
        return refusal;
    }

    // ---------------------------------------------------------------- tiers

    void find_tiers() {
        if (call_.tool != nullptr && call_.tool->tier) {
            tiers_.possible = {std::int64_t{*call_.tool->tier}};
        } else {
            tiers_.possible = {0, 1, 2, 3};
            tiers_.missing = {{"tier", "missing"}};
        }
        for (const check::Raise& raise : set_.raises) {
            if (is_about(raise)) lift(raise);
        }
    }

    void lift(const check::Raise& raise) {
        const Value holds = condition(scope(), raise.when, raise.unless);
        if (!may_be_true(holds)) return;
        std::set<std::int64_t> lifted;
        for (const std::int64_t tier : tiers_.possible) {
            lifted.insert(std::max<std::int64_t>(tier, raise.tier));
        }
        if (is_true(holds)) {
            tiers_.possible = lifted;
            return;
        }
        tiers_.possible.insert(lifted.begin(), lifted.end());
        // Where the tool has no tier, that is what is missing.
        const bool declared = call_.tool != nullptr && call_.tool->tier.has_value();
        if (declared) add(tiers_.missing, holds.missing);
    }

    // ---------------------------------------------------------------- authority

    bool ask_authority() {
        bool sure = true;
        for (const check::Party party : set_.authority) {
            const bool granted = ask(call_.parties[static_cast<std::size_t>(party)]);
            sure = sure && granted;
        }
        return sure;
    }

    /// Whether the party surely holds a role that surely grants.
    bool ask(const PartyRoles& party) {
        bool granted = false;
        bool may_be_granted = false;
        MissingSet missing;
        for (std::uint32_t i = 0; i < set_.roles.size(); ++i) {
            for (const check::Grant& grant : set_.roles[i].grants) {
                if (!is_about(grant)) continue;
                const bool held = party.held.contains(i);
                if (!held && party.known) continue;
                const Value holds = condition(scope(), grant.when, check::no_node);
                if (!may_be_true(holds)) continue;
                may_be_granted = true;
                const bool sure = held && party.has_id && is_true(holds);
                if (sure) result_.granted_by.insert(set_.roles[i].name);
                granted = granted || sure;
                if (held) add(missing, holds.missing);
            }
        }
        may_be_granted_ = may_be_granted_ && may_be_granted;
        if (granted || !may_be_granted) return granted;
        add(result_.missing, missing);
        add(result_.missing, party.missing);
        return false;
    }

    // ---------------------------------------------------------------- base

    void decide_base() {
        MissingSet missing;
        bool sure = false;
        bool may = false;
        for (const check::Rule& rule : set_.rules) {
            if (rule.effect != check::Effect::allow || !is_about(rule)) continue;
            if (!registered(rule)) continue;
            Value holds = condition(scope(), rule.when, rule.unless);
            if (!may_be_true(holds)) continue;
            may = true;
            const MissingSet arguments = unknown_arguments(rule);
            if (is_true(holds) && arguments.empty()) {
                sure = true;
                result_.base.insert(part_of(rule, true));
                add_duties(rule);
            } else {
                add(missing, holds.missing);
                add(missing, arguments);
            }
        }
        if (sure) {
            base_reason_ = "allowed";
            return;
        }
        add(result_.missing, missing);
        decide_default();
        if (may) base_.best = Outcome::allow;
    }

    void decide_default() {
        base_reason_ = "default";
        bool covered = false;
        for (const check::Matrix& matrix : set_.matrices) {
            if (!matrix.is_default || !is_about(matrix)) continue;
            covered = true;
            const Weight weight = add_cells(matrix, result_.base, true, true);
            base_.felt = std::max(base_.felt, weight.felt);
            base_.best = std::max(base_.best, weight.best);
        }
        if (covered) return;
        const check::Outcome& declared = set_.default_outcome;
        base_.felt = base_.best = felt_of(declared, false);
        const Part part{"default",
                        "default",
                        outcome_of(declared.effect),
                        true,
                        role_name(declared.role),
                        declared.within_seconds};
        result_.base.insert(part);
        add_people(part, base_.felt);
    }

    /// A default or cell that would notify or gate is allow before execute, unless `at` says where
    /// it holds.
    Outcome felt_of(const check::Outcome& cell, bool stages_given) const {
        const bool early = call_.stage != 4 && !stages_given;
        const bool late =
            cell.effect == check::Effect::notify || cell.effect == check::Effect::gate;
        return early && late ? Outcome::allow : outcome_of(cell.effect);
    }

    // ---------------------------------------------------------------- matrices

    /// Puts the cells that the call may be in among `parts`; `sure` is false where it is not even
    /// certain that the matrix is in force.
    Weight add_cells(const check::Matrix& matrix, std::multiset<Part>& parts, bool sure,
                     bool allows_too) {
        std::vector<Labels> labels;
        MissingSet missing;
        bool one = true;
        for (const check::Axis& axis : matrix.axes) {
            labels.push_back(labels_of(scope(), axis));
            one = one && labels.back().possible.size() == 1;
            add(missing, labels.back().missing);
        }
        if (labels.size() == 1) labels.push_back({{0}, {}});
        const std::uint32_t columns = matrix.axes.size() == 2 ? matrix.axes[1].size : 1;
        Weight weight{Outcome::allow, Outcome::block, false};
        bool took_part = false;
        for (const std::uint32_t row : labels[0].possible) {
            for (const std::uint32_t column : labels[1].possible) {
                const check::Outcome& cell = matrix.cells[row * columns + column];
                const Outcome felt = felt_of(cell, matrix.stages_given);
                weight.felt = std::max(weight.felt, felt);
                weight.best = std::min(weight.best, felt);
                if (felt == Outcome::allow && !allows_too) continue;
                took_part = true;
                const Part part = part_of(matrix, cell, row, column, one && sure);
                parts.insert(part);
                if (&parts != &result_.trials) add_people(part, felt);
            }
        }
        if (took_part) add(result_.missing, missing);
        return weight;
    }

    Part part_of(const check::Matrix& matrix, const check::Outcome& cell, std::uint32_t row,
                 std::uint32_t column, bool sure) const {
        std::string name = matrix.name + "[" + matrix.axes[0].labels[row];
        if (matrix.axes.size() == 2) name += ", " + matrix.axes[1].labels[column];
        return {name + "]",
                matrix.is_default ? "default_cell" : "matrix_cell",
                outcome_of(cell.effect),
                sure,
                role_name(cell.role),
                cell.within_seconds};
    }

    void restrict(const check::Matrix& matrix) {
        if (matrix.is_default || !is_about(matrix)) return;
        const Value in_force = trial_over(matrix.trial_until);
        if (in_force.known() && !is_true(in_force)) {
            add_cells(matrix, result_.trials, true, false);
            return;
        }
        Weight weight = add_cells(matrix, result_.restrictions, is_true(in_force), false);
        if (weight.felt == Outcome::allow) return;
        if (!in_force.known()) {
            weight.best = Outcome::allow;
            add(result_.missing, in_force.missing);
        }
        weights_.push_back(weight);
    }

    // ---------------------------------------------------------------- rules

    /// Whether the statement is in force, on trial (false), or may be either.
    Value trial_over(const std::optional<std::int64_t>& until) const {
        if (!until) return of_bool(true);
        const Value& time = call_.slots[static_cast<std::size_t>(check::BuiltinSlot::time)];
        if (!time.known()) return unknown_value(time.missing);
        const Number from = Number(*until).times(day_seconds).times(microseconds);
        return of_bool(time.number >= from);
    }

    void restrict(const check::Rule& rule) {
        if (rule.effect == check::Effect::allow || !is_about(rule)) return;
        const Value holds = condition(scope(), rule.when, rule.unless);
        if (!may_be_true(holds)) return;
        const Value in_force = trial_over(rule.trial_until);
        if (in_force.known() && !is_true(in_force)) {
            result_.trials.insert(part_of(rule, is_true(holds)));
            add(result_.missing, holds.missing);
            add(result_.missing, unknown_arguments(rule));
            return;
        }
        const bool sure = is_true(holds) && is_true(in_force);
        const Part part = part_of(rule, sure);
        result_.restrictions.insert(part);
        const MissingSet arguments = unknown_arguments(rule);
        Weight weight{part.effect, part.effect, false};
        if (part.effect == Outcome::block) {
            // No duty makes it tighter.
        } else if (!registered(rule)) {
            weight = {Outcome::block, Outcome::block, true};
        } else if (!arguments.empty()) {
            weight.felt = Outcome::block;
        }
        add(result_.missing, arguments);
        if (!sure) weight.best = Outcome::allow;
        add(result_.missing, holds.missing);
        add(result_.missing, in_force.missing);
        weights_.push_back(weight);
        add_people(part, part.effect);
        add_duties(rule);
    }

    Part part_of(const check::Rule& rule, bool sure) const {
        return {rule.name,          "rule", outcome_of(rule.effect), sure, role_name(rule.role),
                rule.within_seconds};
    }

    void add_people(const Part& part, Outcome felt) {
        if (felt == Outcome::gate) result_.gates.insert({part.name, part.role});
        if (felt == Outcome::notify) {
            result_.reviews.insert({part.name, part.role, part.within_seconds});
        }
    }

    // ---------------------------------------------------------------- obligations

    const check::Obligation& obligation_of(const check::ObligationUse& use) const {
        return set_.obligations[static_cast<std::size_t>(use.obligation)];
    }

    bool registered(const check::Rule& rule) const {
        return std::all_of(rule.obligations.begin(), rule.obligations.end(), [&](const auto& use) {
            return inputs_.duties.contains(obligation_of(use).name);
        });
    }

    MissingSet unknown_arguments(const check::Rule& rule) const {
        MissingSet missing;
        for (const check::ObligationUse& use : rule.obligations) {
            const check::Obligation& obligation = obligation_of(use);
            for (std::size_t i = 0; i < use.arguments.size(); ++i) {
                const Value value = evaluate(scope(), use.arguments[i]);
                const bool optional = set_.types.type(obligation.params[i].type).optional;
                if (value.known() || (optional && value.is == Value::Is::absent)) continue;
                const std::string name = obligation.name + "." + obligation.params[i].name;
                for (const auto& [part, cause] : value.missing) missing.insert({name, cause});
                // A condition has no cause of its own.
                const auto kind = set_.types.type(obligation.params[i].type).kind;
                if (kind == model::Kind::boolean) missing.insert({name, "missing"});
            }
        }
        return missing;
    }

    void add_duties(const check::Rule& rule) {
        for (const check::ObligationUse& use : rule.obligations) {
            const check::Obligation& obligation = obligation_of(use);
            Duty duty{obligation.name, rule.name, {}};
            for (const model::Field& param : obligation.params) {
                duty.arguments.push_back(param.name);
            }
            result_.obligations.insert(duty);
        }
    }

    // ---------------------------------------------------------------- the end

    void conclude() {
        Outcome felt = base_.felt;
        Outcome best = base_.best;
        for (const Weight& weight : weights_) {
            felt = std::max(felt, weight.felt);
            best = std::max(best, weight.best);
        }
        result_.outcome = felt;
        result_.best_case = best;
        result_.reason = reason(felt, best);
    }

    std::string reason(Outcome felt, Outcome best) const {
        if (best < felt) return "missing_data";
        // A sure rule decides, also where the base is no lighter.
        if (felt > Outcome::allow && decides(felt, false)) return "rule";
        if (felt > base_.felt && decides(felt, true)) return "unsupported_obligation";
        return base_reason_;
    }

    bool decides(Outcome felt, bool unsupported) const {
        return std::any_of(weights_.begin(), weights_.end(), [&](const Weight& one) {
            return one.best == felt && one.unsupported == unsupported;
        });
    }

    const Inputs& inputs_;
    const PolicySet& set_;
    BoundCall call_;
    Tiers tiers_;
    bool may_be_granted_ = true;
    Weight base_;
    std::string base_reason_;
    std::vector<Weight> weights_;
    Decision result_;
};

}  // namespace

Decision decide(const Inputs& inputs, const Json& call) {
    return Decider(inputs, bind(inputs.set, call, inputs.limits)).run();
}

}  // namespace proviso::reference
