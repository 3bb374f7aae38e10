// See decide_one.h. Follows docs/language.md, "How a call is decided", step by step.
#include <algorithm>
#include <utility>

#include "tests/reference/bind.h"
#include "tests/reference/combination.h"
#include "tests/reference/decide_one.h"
#include "tests/reference/evaluate.h"
#include "tests/reference/limits.h"
#include "tests/reference/plan.h"
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

class Decider {
  public:
    Decider(const Inputs& inputs, const Json& document, BoundCall call, const Memory& memory)
        : inputs_(inputs),
          set_(inputs.set),
          memory_(memory),
          call_(std::move(call)),
          records_(read_approvals(document)) {
        view_.counter = [this](const check::Counter& counter, const std::vector<Value>& keys) {
            return read_counter(scope(), memory_.events, counter, keys);
        };
    }

    Decision run(const std::optional<std::string>& plan) {
        result_.undeclared_roles = call_.undeclared_roles;
        result_.plan = plan;
        find_tiers();
        if (!ask_authority()) return refused();
        decide_rules();
        return result_;
    }

    /// What the call adds where it is let through.
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    [[nodiscard]] const std::vector<Rejection>& rejections() const { return rejections_; }

  private:
    Scope scope() const {
        return {set_, inputs_.sources, call_, inputs_.limits, tiers_, view_, inputs_.near_budget};
    }

    template <class Statement>
    bool is_about(const Statement& statement) const {
        return (statement.stages & check::stage_bit(call_.stage)) != 0 &&
               reaches(set_, statement.targets, call_);
    }

    /// Who reviews or opens: a role or an approval.
    std::string who(check::RoleId role, check::ApprovalId approval) const {
        if (approval != check::no_approval) return approval_of(approval).name;
        return role == check::no_role ? "" : set_.role(role).name;
    }

    const check::Approval& approval_of(check::ApprovalId approval) const {
        return set_.approvals[static_cast<std::size_t>(approval)];
    }

    void decide_rules() {
        decide_base();
        for (const check::Rule& rule : set_.rules) restrict(rule);
        for (const check::Matrix& matrix : set_.matrices) restrict(matrix);
        for (const check::Limit& limit : set_.limits) restrict(limit);
        for (const check::Counter& counter : set_.counters) count(counter);
        hear_rejections();
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
                add_duties(rule, rule.name);
            } else {
                add(missing, holds.missing);
                add(missing, arguments);
            }
        }
        if (sure) {
            sum_.base_reason = "allowed";
            return;
        }
        add(result_.missing, missing);
        decide_default();
        if (may) sum_.base.best = Outcome::allow;
    }

    void decide_default() {
        sum_.base_reason = "default";
        bool covered = false;
        for (const check::Matrix& matrix : set_.matrices) {
            if (!matrix.is_default || !is_about(matrix)) continue;
            covered = true;
            const Weight weight = add_cells(matrix, result_.base, true, true);
            sum_.base.felt = std::max(sum_.base.felt, weight.felt);
            sum_.base.best = std::max(sum_.base.best, weight.best);
        }
        if (covered) return;
        const check::Outcome& declared = set_.default_outcome;
        const Outcome felt = felt_of(declared, false);
        const Part part{"default",
                        "default",
                        felt,
                        true,
                        who(declared.role, declared.approval),
                        declared.within_seconds};
        result_.base.insert(part);
        sum_.base.felt = sum_.base.best = opened(part, felt, declared.role, declared.approval);
        add_people(part, sum_.base.felt);
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
                Outcome felt = felt_of(cell, matrix.stages_given);
                const bool takes_part = felt != Outcome::allow || allows_too;
                const bool on_trial = &parts == &result_.trials;
                const Part part = part_of(matrix, cell, row, column, one && sure);
                if (!on_trial) felt = opened(part, felt, cell.role, cell.approval);
                weight.felt = std::max(weight.felt, felt);
                weight.best = std::min(weight.best, felt);
                if (!takes_part) continue;
                took_part = true;
                parts.insert(part);
                if (!on_trial) add_people(part, felt);
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
                felt_of(cell, matrix.stages_given),
                sure,
                who(cell.role, cell.approval),
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
        sum_.weights.push_back(weight);
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
        const Outcome felt = opened(part, part.effect, rule.role, rule.approval);
        Weight weight = with_duties(rule, part.effect, felt, arguments);
        add(result_.missing, arguments);
        if (!sure) weight.best = Outcome::allow;
        add(result_.missing, holds.missing);
        add(result_.missing, in_force.missing);
        sum_.weights.push_back(weight);
        add_people(part, felt);
        add_duties(rule, rule.name);
    }

    /// A duty that nobody carries out, or of which an argument is unknown, makes a block of it.
    template <class Statement>
    Weight with_duties(const Statement& statement, Outcome effect, Outcome felt,
                       const MissingSet& arguments) const {
        Weight weight{felt, felt};
        if (effect == Outcome::block) return weight;  // no duty makes it tighter
        if (!registered(statement)) return {Outcome::block, Outcome::block, true};
        if (!arguments.empty()) weight.felt = Outcome::block;
        return weight;
    }

    Part part_of(const check::Rule& rule, bool sure) const {
        return {rule.name,
                "rule",
                outcome_of(rule.effect),
                sure,
                who(rule.role, rule.approval),
                rule.within_seconds};
    }

    void add_people(const Part& part, Outcome felt) {
        if (felt == Outcome::gate) result_.gates.insert({part.name, part.role});
        if (felt == Outcome::notify) {
            result_.reviews.insert({part.name, part.role, part.within_seconds});
        }
    }

    // ---------------------------------------------------------------- gates

    ApprovalInputs approvals(const Scope& scope) const {
        return {scope, records_, [this](const std::string& hash) {
                    const auto found = memory_.plans.find(hash);
                    return found != memory_.plans.end() && result_.plan == found->second;
                }};
    }

    /// A gate with enough approvals counts as allow.
    Outcome opened(const Part& part, Outcome felt, check::RoleId role, check::ApprovalId approval) {
        if (felt != Outcome::gate) return felt;
        const bool named = approval != check::no_approval;
        gates_.push_back({part.name, named ? approval_of(approval) : one_of(role)});
        const Scope now = scope();
        const GateState state = judge(approvals(now), gates_.back());
        result_.uncounted[part.name] = state.why;
        if (!state.open) return felt;
        result_.open_gates.insert(part.name);
        return Outcome::allow;
    }

    /// Of those who could have opened some gate, or might have; and of those remembered.
    void hear_rejections() {
        const Scope now = scope();
        for (std::size_t i = 0; i < records_.size(); ++i) {
            std::optional<std::int64_t> until;
            bool sure = false;
            for (const Gate& gate : gates_) {
                const auto heard = rejects(approvals(now), gate, i);
                if (!heard) continue;
                until = std::max(until, std::optional(heard->until));
                sure = sure || heard->sure;
            }
            if (!until || is_over(*until)) continue;
            rejections_.push_back({*result_.plan, records_[i].by, *until, sure});
            result_.heard.insert(i);
        }
        for (const auto* all : {&memory_.rejections, &std::as_const(rejections_)}) {
            for (const Rejection& one : *all) {
                if (result_.plan != one.plan || is_over(one.until)) continue;
                result_.rejected_by = one.by;
                surely_rejected_ = surely_rejected_ || one.sure;
            }
        }
    }

    bool is_over(std::int64_t until) const {
        const Value& time = call_.slots[static_cast<std::size_t>(check::BuiltinSlot::time)];
        return time.known() && time.number > Number(until);
    }

    // ---------------------------------------------------------------- limits

    void restrict(const check::Limit& limit) {
        const Counting counted = counting(scope(), "limit " + limit.name, limit.measure);
        if (counted.is == Counting::Is::not_about) return;
        if (counted.is != Counting::Is::counts) return refuse(limit, counted.missing);
        Total total =
            memory_.events.total(counted.event.measure, counted.event.keys, counted.since, false);
        const std::string& code = counted.event.code;
        const Value before = total_value(set_, limit.measure, total, code);
        total.add(counted.event);
        const Value after = total_value(set_, limit.measure, total, code);
        if (!after.known()) return refuse(limit, {{limit.name, after.cause}});
        if (is_foreign(scope(), limit, after)) {
            return refuse(limit, {{limit.name, "currency mismatch"}});
        }
        events_.push_back(counted.event);
        const std::string unit = code.empty() ? "" : " " + code;
        result_.totals.insert(
            {limit.name, before.number.text() + unit, after.number.text() + unit});
        check_steps(limit, after);
    }

    /// What cannot be counted is a block, whatever the outcomes are.
    void refuse(const check::Limit& limit, const MissingSet& missing) {
        const Value in_force = trial_over(limit.trial_until);
        const Part part{limit.name, "limit_step", Outcome::block, missing.empty(), "", 0};
        add(result_.missing, missing);
        add(result_.missing, unknown_arguments(limit));
        if (in_force.known() && !is_true(in_force)) {
            result_.trials.insert(part);
            return;
        }
        const bool sure = missing.empty() && in_force.known();
        add(result_.missing, in_force.missing);
        result_.restrictions.insert(part);
        sum_.weights.push_back(
            {Outcome::block, sure ? Outcome::block : Outcome::allow, false, true});
        add_duties(limit, limit.name);
    }

    void check_steps(const check::Limit& limit, const Value& after) {
        const Value checked = condition(scope(), check::no_node, limit.unless);
        if (checked.known() && !is_true(checked)) return;
        for (std::size_t i = 0; i < limit.steps.size(); ++i) {
            const Value passed = passes(scope(), limit.steps[i], after);
            if (passed.known() && !is_true(passed)) continue;
            MissingSet missing = checked.missing;
            add(missing, passed.missing);
            take_step(limit, i, missing);
        }
    }

    /// "cap0[> 10 USD]", the cap as it is written.
    std::string name_of(const check::Limit& limit, const check::LimitStep& step) const {
        const auto cap = inputs_.sources.text(set_.node(step.cap).span);
        return limit.name + (step.inclusive ? "[>= " : "[> ") + std::string(cap) + "]";
    }

    void take_step(const check::Limit& limit, std::size_t index, const MissingSet& missing) {
        const check::Outcome& outcome = limit.steps[index].outcome;
        const Value in_force = trial_over(limit.trial_until);
        const bool on_trial = in_force.known() && !is_true(in_force);
        const bool sure = missing.empty() && in_force.known();
        const Part part{name_of(limit, limit.steps[index]),  "limit_step",
                        outcome_of(outcome.effect),          sure,
                        who(outcome.role, outcome.approval), outcome.within_seconds};
        add(result_.missing, missing);
        const MissingSet arguments = unknown_arguments(limit);
        add(result_.missing, arguments);
        if (on_trial) {
            result_.trials.insert(part);
            return;
        }
        add(result_.missing, in_force.missing);
        result_.restrictions.insert(part);
        const Outcome felt = opened(part, part.effect, outcome.role, outcome.approval);
        Weight weight = with_duties(limit, part.effect, felt, arguments);
        weight.limit = true;
        if (!sure) weight.best = Outcome::allow;
        sum_.weights.push_back(weight);
        add_people(part, felt);
        add_duties(limit, part.name);
    }

    void count(const check::Counter& counter) {
        const Counting counted = counting(scope(), "counter " + counter.name, counter.measure);
        if (counted.is == Counting::Is::counts) events_.push_back(counted.event);
        const bool negative = counted.is == Counting::Is::refused;
        if (!negative && counted.is != Counting::Is::cannot) return;
        result_.missing.insert({counter.name, negative ? "negative" : "not remembered"});
        sum_.weights.push_back(
            {Outcome::block, negative ? Outcome::block : Outcome::allow, false, true});
    }

    // ---------------------------------------------------------------- obligations

    const check::Obligation& obligation_of(const check::ObligationUse& use) const {
        return set_.obligations[static_cast<std::size_t>(use.obligation)];
    }

    template <class Statement>
    bool registered(const Statement& rule) const {
        return std::all_of(rule.obligations.begin(), rule.obligations.end(), [&](const auto& use) {
            return inputs_.duties.contains(obligation_of(use).name);
        });
    }

    template <class Statement>
    MissingSet unknown_arguments(const Statement& rule) const {
        MissingSet missing;
        for (const check::ObligationUse& use : rule.obligations) {
            const check::Obligation& obligation = obligation_of(use);
            for (std::size_t i = 0; i < use.arguments.size(); ++i) {
                const Value value = evaluate(scope(), use.arguments[i]);
                const bool optional = set_.types.type(obligation.params[i].type).optional;
                if (value.known() || (optional && value.is == Value::Is::absent)) continue;
                const std::string name = obligation.name + "." + obligation.params[i].name;
                for (const auto& [part, cause] : value.missing) missing.insert({name, cause});
                if (rests_on_condition(set_, use.arguments[i])) missing.insert({name, "missing"});
            }
        }
        return missing;
    }

    template <class Statement>
    void add_duties(const Statement& rule, const std::string& name) {
        for (const check::ObligationUse& use : rule.obligations) {
            const check::Obligation& obligation = obligation_of(use);
            Duty duty{obligation.name, name, {}};
            for (const model::Field& param : obligation.params) {
                duty.arguments.push_back(param.name);
            }
            result_.obligations.insert(duty);
        }
    }

    // ---------------------------------------------------------------- the end

    void conclude() {
        const Level all = sum_.all();
        result_.outcome = all.felt;
        result_.best_case = all.best;
        result_.reason = sum_.reason();
        if (!result_.rejected_by.empty()) reject();
    }

    /// What is blocked whatever may be unknown is not blocked by whoever rejects it.
    void reject() {
        if (result_.best_case == Outcome::block) return;
        const bool known = result_.outcome != Outcome::block || surely_rejected_;
        if (known) result_.reason = "rejected";
        result_.outcome = Outcome::block;
        if (surely_rejected_) result_.best_case = Outcome::block;
        if (known && !surely_rejected_) result_.missing.insert({"approvals", "missing"});
    }

    const Inputs& inputs_;
    const PolicySet& set_;
    const Memory& memory_;
    BoundCall call_;
    std::vector<ApprovalRecord> records_;
    MemoryView view_;
    Tiers tiers_;
    bool may_be_granted_ = true;
    Combination sum_;
    std::vector<Gate> gates_;
    std::vector<Event> events_;
    std::vector<Rejection> rejections_;
    bool surely_rejected_ = false;
    Decision result_;
};

}  // namespace

Decided decide_one(const Inputs& inputs, const Json& document, const BoundCall& call,
                   const std::optional<std::string>& plan, const Memory& memory) {
    Decider decider(inputs, document, call, memory);
    Decided decided{decider.run(plan), {}, {}};
    decided.events = decider.events();
    decided.rejections = decider.rejections();
    return decided;
}

}  // namespace proviso::reference
