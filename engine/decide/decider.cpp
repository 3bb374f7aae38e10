#include "engine/decide/decider.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "engine/model/calendar.h"

namespace proviso::decide {

using bytecode::Builtin;
using bytecode::none;
using vm::Truth;

namespace {

Outcome outcome_of(bytecode::Effect effect) {
    return static_cast<Outcome>(effect);
}

std::uint8_t raised(std::uint8_t tiers, std::uint32_t to) {
    const auto below = static_cast<std::uint8_t>((1U << to) - 1);
    return (tiers & below) == 0 ? tiers : static_cast<std::uint8_t>((tiers & ~below) | (1U << to));
}

}  // namespace

Duties duties_of(const bytecode::Program& program, const std::vector<std::string>& registered) {
    Duties duties;
    for (const bytecode::Obligation& obligation : program.obligations) {
        duties.push_back(std::find(registered.begin(), registered.end(), obligation.name) !=
                         registered.end());
    }
    return duties;
}

std::vector<RuleFacts> rule_facts(const bytecode::Program& program, const Duties& duties) {
    std::vector<RuleFacts> facts;
    facts.reserve(program.rules.size());
    for (const bytecode::Rule& rule : program.rules) {
        RuleFacts one{outcome_of(rule.effect), rule.stages, rule.on_trial,
                      !rule.obligations.empty(), false};
        for (const auto& use : rule.obligations) one.unsupported |= !duties[use.obligation];
        one.plain = !one.on_trial && !one.has_obligations;
        facts.push_back(one);
    }
    return facts;
}

Decider::Decider(std::shared_ptr<const vm::Image> image, const std::vector<RuleFacts>& facts,
                 std::size_t remembered_tools, const ApproverKeys* keys)
    : image_(std::move(image)),
      facts_(&facts),
      machine_(*image_),
      listed_(*image_),
      unlisted_(image_->program(), remembered_tools),
      asks_authority_(image_->program().asks_principal || image_->program().asks_agent),
      matches_(listed_.most_indices()),
      board_(image_->program(), keys) {}

Verdict Decider::refused(FormError form) {
    Reason reason = Reason::invalid_args;
    switch (form) {
        case FormError::unknown_tool: reason = Reason::unknown_tool; break;
        case FormError::invalid_stage: reason = Reason::invalid_stage; break;
        case FormError::invalid_args:
        case FormError::unreadable:
        case FormError::none: break;
    }
    return {Outcome::block, reason, Outcome::block};
}

inline void Decider::begin(Bound& bound) {
    bound_ = &bound;
    matched_ = 0;
    if (state_.has_lists) {
        allows_.clear();
        possible_allows_.clear();
        hits_.clear();
        base_parts_.clear();
        other_parts_.clear();
        added_.clear();
    }
    state_ = {};
    first_asked_us_.reset();
}

inline const PlanView* Decider::find_plan(const Bound& bound) {
    const std::uint32_t tool = bound.context.tool;
    return tool == none ? unlisted_.find(bound.tool_name, bound.stage)
                        : listed_.find(tool, bound.stage);
}

const PlanView* Decider::plan_for(const Bound& bound) {
    return bound.form == FormError::none ? find_plan(bound) : nullptr;
}

Verdict Decider::decide(Bound& bound) {
    begin(bound);
    if (bound.form != FormError::none) return verdict_ = refused(bound.form);
    plan_ = find_plan(bound);
    if (plan_ == nullptr) return verdict_ = refused(FormError::invalid_stage);
    state_.evaluated = true;
    machine_.begin(bound.context);
    return verdict_ = evaluate();
}

inline Verdict Decider::evaluate() {
    if (plan_->has_raises) raise_tier();
    granted_ = asks_authority_ ? authority() : Authority::granted;
    if (granted_ == Authority::none) {
        state_.lacks_authority = true;
        return {Outcome::block, Reason::no_grant, Outcome::block};
    }
    const Indexed indexed = match_indices();
    if (!plan_->indices_are_all) try_one_by_one();
    if (state_.has_lists) drop_unkept_allows();
    return combine(indexed);
}

inline Verdict Decider::combine(const Indexed& indexed) {
    const Level base_level = base(indexed);
    const Level added = restrictions(indexed);
    const Level total{std::max(base_level.actual, added.actual),
                      std::max(base_level.best, added.best)};
    if (granted_ == Authority::unknown) {
        state_.lacks_authority = true;
        const Reason why = total.best < Outcome::block ? Reason::missing_data : Reason::no_grant;
        return {Outcome::block, why, total.best};
    }
    return {total.actual, reason(base_level, total), total.best};
}

// ---------------------------------------------------------------- approvals

void Decider::check_approvals() {
    state_.approvals_checked = true;
    gates_.clear();
    for (const Session::Part& part : parts()) {
        const bool gates = (*facts_)[part.rule].effect == Outcome::gate && !part.on_trial;
        const bool now = ((*facts_)[part.rule].stages >> bound_->stage & 1U) != 0;
        if (gates && now) gates_.push_back(part.rule);
    }
    board_.check(machine_, *bound_, gates_, first_asked_us_);
}

const ApprovalBoard& Decider::approvals() {
    if (!state_.approvals_checked) check_approvals();
    return board_;
}

/// An open gate counts as allow; all others stand. What is blocked stays so: where that is for
/// something unknown, what people said is part of the best case.
Verdict Decider::with_approvals(const Verdict& verdict) {
    if (bound_->approvals.empty() || !state_.evaluated) return verdict;
    check_approvals();
    if (verdict.outcome < Outcome::gate || verdict.best_case == Outcome::block) return verdict;
    const bool blocked = verdict.outcome == Outcome::block;
    if (const auto& rejection = board_.rejection()) {
        if (rejection->sure) return {Outcome::block, Reason::rejected, Outcome::block};
        const Reason reason = blocked ? verdict.reason : Reason::rejected;
        return {Outcome::block, reason, verdict.best_case};
    }
    if (!board_.any_open()) return verdict;
    const Verdict opened = without_open_gates();
    if (!blocked || opened.outcome == Outcome::block) return opened;
    return {Outcome::block, verdict.reason, opened.best_case};
}

Verdict Decider::without_open_gates() {
    state_.gates_open = true;
    base_parts_.clear();
    other_parts_.clear();
    Indexed indexed;
    for (std::uint32_t i = 0; i < matched_; ++i) {
        const vm::RuleIndex& index = plan_->indices[i];
        vm::Matches found = matches_[i];
        index.each_rule(matches_[i].may, [&](std::uint32_t rule, vm::Row clauses) {
            if (!board_.is_open(rule)) return;
            found.may &= ~clauses;
            found.sure &= ~clauses;
        });
        add_matches(index, found, indexed);
    }
    Verdict verdict = combine(indexed);
    for (const vm::Hit& hit : added_) add_again(hit, verdict);
    return verdict;
}

// A step of a limit, whose gate may be open now, or a duty of it.
void Decider::add_again(const vm::Hit& hit, Verdict& verdict) {
    const Level level = restriction(hit);
    verdict = tightened(verdict, level, level.actual > (*facts_)[hit.rule].effect);
}

Verdict tightened(const Verdict& rules, const Decider::Level& level, bool by_duty) {
    Verdict verdict = rules;
    verdict.outcome = std::max(rules.outcome, level.actual);
    verdict.best_case = std::max(rules.best_case, level.best);
    if (verdict.best_case < verdict.outcome) {
        verdict.reason = Reason::missing_data;
    } else if (verdict.outcome > rules.outcome || rules.best_case < rules.outcome) {
        verdict.reason = by_duty ? Reason::unsupported_obligation : Reason::limit;
    }
    return verdict;
}

Outcome Decider::effect_of(std::uint32_t rule) const {
    return state_.gates_open && board_.is_open(rule) ? Outcome::allow : (*facts_)[rule].effect;
}

// ---------------------------------------------------------------- tier

void Decider::raise_tier() {
    const bytecode::Program& program = image_->program();
    std::uint8_t tiers = machine_.context().tiers;
    std::uint8_t possible = 0;  // tiers that an unknown raise may lift to
    for (const std::uint32_t index : plan_->raises) {
        const bytecode::Raise& raise = program.raises[index];
        switch (machine_.truth(raise.block)) {
            case Truth::yes: tiers = raised(tiers, raise.tier); break;
            case Truth::unknown: possible |= static_cast<std::uint8_t>(1U << raise.tier); break;
            case Truth::no: break;
        }
    }
    const std::uint8_t sure = tiers;
    for (std::uint32_t tier = 0; tier < 4; ++tier) {
        if ((possible >> tier & 1U) != 0) tiers |= raised(sure, tier);
    }
    machine_.set_tiers(tiers);
}

// ---------------------------------------------------------------- authority

Authority Decider::authority_of(std::uint32_t party) {
    const bytecode::Program& program = image_->program();
    const HeldRoles& held = bound_->roles[party];
    Authority best = Authority::none;
    for (std::size_t i = 0; i < plan_->granting_roles.size(); ++i) {
        const bool holds_one = (plan_->granting_roles[i] & held.bits[i]) != 0;
        if (holds_one && held.has_id) return Authority::granted;
        // Where the roles are not all known, a grant to another one may count as well.
        if (holds_one || (!held.known && plan_->granting_roles[i] != 0)) best = Authority::unknown;
    }
    for (const std::uint32_t index : plan_->grants) {
        const bytecode::Grant& grant = program.grants[index];
        const bool holds = (held.bits[grant.role / 64] >> (grant.role % 64) & 1U) != 0;
        if (!holds && held.known) continue;
        const Truth truth = machine_.truth(grant.block);
        if (truth == Truth::yes && holds && held.has_id) return Authority::granted;
        if (truth != Truth::no) best = Authority::unknown;
    }
    return best;
}

Authority Decider::authority() {
    const bytecode::Program& program = image_->program();
    Authority all = Authority::granted;
    if (program.asks_principal) all = std::max(all, authority_of(0));
    if (program.asks_agent && all != Authority::none) all = std::max(all, authority_of(1));
    return all;
}

// ---------------------------------------------------------------- base

inline void Decider::add_matches(const vm::RuleIndex& index, const vm::Matches& found,
                                 Indexed& result) {
    result.allows_may |= found.may & index.allows();
    result.allows_sure |= found.sure & index.allows();
    result.may = std::max(result.may, index.highest(found.may));
    result.sure = std::max(result.sure, index.highest(found.sure));
}

inline Decider::Indexed Decider::match_indices() {
    Indexed result;
    for (const vm::RuleIndex& index : plan_->indices) {
        vm::Matches found = index.match(machine_.context());
        if ((found.may & index.needs_a_look()) != 0) [[unlikely]]
            settle(index, found);
        matches_[matched_].may = found.may;
        matches_[matched_].sure = found.sure;
        ++matched_;
        add_matches(index, found, result);
    }
    return result;
}

void Decider::settle(const vm::RuleIndex& index, vm::Matches& found) {
    run_code(index, found);
    set_aside_special(index, found);
}

void Decider::try_one_by_one() {
    if (plan_->indices.empty()) {
        machine_.try_allows(plan_->allows, allows_, possible_allows_);
        machine_.try_restrictions(plan_->restrictions, hits_);
    }
    const model::Value* places = bound_->frame.data();
    for (const vm::SwitchIndex& one : image_->switches(plan_->allow_switches)) {
        machine_.try_allows(one.candidates(places), allows_, possible_allows_);
    }
    for (const vm::SwitchIndex& one : image_->switches(plan_->restriction_switches)) {
        machine_.try_restrictions(one.candidates(places), hits_);
    }
    state_.has_lists |= !hits_.empty() || !allows_.empty() || !possible_allows_.empty();
}

// The index says that the rule may hold; its code says whether it does.
void Decider::run_code(const vm::RuleIndex& index, vm::Matches& found) {
    index.each_rule(found.may & index.with_code(), [&](std::uint32_t rule, vm::Row clauses) {
        const Truth truth = machine_.truth(image_->program().rules[rule].block);
        found.may &= ~clauses;
        found.sure &= ~clauses;
        if (truth != Truth::no) found.may |= clauses;
        if (truth == Truth::yes) found.sure |= clauses;
    });
}

// What is on trial or has obligations is looked at one by one.
void Decider::set_aside_special(const vm::RuleIndex& index, vm::Matches& found) {
    state_.has_lists |= (found.may & index.special()) != 0;
    index.each_rule(found.may & index.special(), [&](std::uint32_t rule, vm::Row clauses) {
        const bool sure = (found.sure & clauses) != 0;
        const bool allows = (index.allows() & clauses) != 0;
        auto& list = !allows ? hits_ : sure ? allows_ : possible_allows_;
        list.push_back({rule, sure});
        found.may &= ~clauses;
        found.sure &= ~clauses;
    });
}

// An allow with a duty that the host cannot carry out, or cannot be told, does not count.
void Decider::drop_unkept_allows() {
    std::erase_if(possible_allows_,
                  [&](const vm::Hit& hit) { return (*facts_)[hit.rule].unsupported; });
    std::erase_if(allows_, [&](const vm::Hit& hit) {
        const RuleFacts& facts = (*facts_)[hit.rule];
        if (!facts.has_obligations) return false;
        if (facts.unsupported) return true;
        if (arguments_known(hit.rule)) return false;
        possible_allows_.push_back({hit.rule, false});
        return true;
    });
}

bool Decider::arguments_known(std::uint32_t rule) {
    for (const auto& use : image_->program().rules[rule].obligations) {
        for (std::size_t i = 0; i < use.arguments.size(); ++i) {
            if (unknown_argument(use, i)) return false;
        }
    }
    return true;
}

std::optional<model::State> Decider::unknown_argument(const bytecode::ObligationUse& use,
                                                      std::size_t index) {
    const bytecode::Program& program = image_->program();
    const model::Value value = machine_.value(use.arguments[index]);
    const auto& param = program.obligations[use.obligation].params[index];
    const bool may_be_absent = program.types.type(param.type).optional;
    if (value.known() || (may_be_absent && value.state == model::State::absent)) return {};
    return value.state;
}

inline Decider::Level Decider::base(const Indexed& indexed) {
    state_.allowed = indexed.allows_sure != 0 || !allows_.empty();
    if (state_.allowed) return {};
    Level level = default_level();
    if (indexed.allows_may != 0 || !possible_allows_.empty()) level.best = Outcome::allow;
    return level;
}

Decider::Level Decider::default_level() {
    if (plan_->default_matrices.empty()) {
        const std::uint32_t rule = image_->program().default_rule;
        state_.default_rule = true;
        return {at_stage(rule), at_stage(rule)};
    }
    Level level;
    for (const std::uint32_t index : plan_->default_matrices) {
        const Level one = matrix_level(image_->program().matrices[index], true);
        level.actual = std::max(level.actual, one.actual);
        level.best = std::max(level.best, one.best);
    }
    return level;
}

// A cell, default or rule that does not hold at this stage leaves the call alone.
Outcome Decider::at_stage(std::uint32_t rule) const {
    const RuleFacts& facts = (*facts_)[rule];
    return (facts.stages >> bound_->stage & 1U) != 0 ? effect_of(rule) : Outcome::allow;
}

namespace {

// The labels that an axis may have for this call: one, or a range of candidates.
struct Labels {
    std::uint32_t one = none;
    std::uint64_t tiers = 0;  // of a tier axis with several tiers: labels, bit each
    [[nodiscard]] bool may_be(std::uint32_t label) const {
        if (one != none) return label == one;
        return tiers == 0 || (tiers >> label & 1U) != 0;
    }
};

Labels labels(vm::Machine& machine, const bytecode::Axis& axis) {
    Labels result;
    result.one = machine.label(axis);
    if (result.one == none && axis.kind == bytecode::AxisKind::tier) {
        for (std::uint32_t tier = 0; tier < 4; ++tier) {
            if ((machine.context().tiers >> tier & 1U) != 0)
                result.tiers |= std::uint64_t{1} << axis.index_of[tier];
        }
        // Whichever tier it is, the label is the same.
        if (std::has_single_bit(result.tiers)) {
            result.one = static_cast<std::uint32_t>(std::countr_zero(result.tiers));
        }
    }
    if (axis.size == 1) result.one = 0;
    return result;
}

}  // namespace

Decider::Level Decider::matrix_level(const bytecode::Matrix& matrix, bool is_base) {
    Labels axes[2];
    axes[0] = labels(machine_, matrix.axes[0]);
    const bool two = matrix.axes.size() == 2;
    if (two) axes[1] = labels(machine_, matrix.axes[1]);
    const std::uint32_t columns = two ? matrix.axes[1].size : 1;
    const bool sure = axes[0].one != none && (!two || axes[1].one != none);
    Level level{Outcome::allow, Outcome::block};
    for (std::uint32_t row = 0; row < matrix.axes[0].size; ++row) {
        if (!axes[0].may_be(row)) continue;
        for (std::uint32_t column = 0; column < columns; ++column) {
            if (two && !axes[1].may_be(column)) continue;
            const std::uint32_t rule = matrix.first_rule + row * columns + column;
            Outcome felt = at_stage(rule);
            Outcome least = felt;
            const Truth force = in_force(rule);
            const bool trial = !is_base && force == Truth::no;
            if (!is_base && force != Truth::yes) least = Outcome::allow;
            if (trial) felt = Outcome::allow;
            level.actual = std::max(level.actual, felt);
            level.best = std::min(level.best, least);
            if (is_base || at_stage(rule) != Outcome::allow) {
                state_.has_lists = true;
                (is_base ? base_parts_ : other_parts_)
                    .push_back({rule, sure && force != Truth::unknown, trial, is_base});
            }
        }
    }
    return level;
}

// ---------------------------------------------------------------- restrictions

Truth Decider::in_force(std::uint32_t rule) const {
    if (!(*facts_)[rule].on_trial) return Truth::yes;
    const model::Value& time = bound_->frame[static_cast<std::size_t>(Builtin::time)];
    if (!time.known()) return Truth::unknown;
    const std::int64_t day = image_->program().rules[rule].trial_until_day;
    return time.integer >= day * model::microseconds_per_day ? Truth::yes : Truth::no;
}

Decider::Level Decider::restriction(const vm::Hit& hit) {
    const RuleFacts& facts = (*facts_)[hit.rule];
    if (facts.plain) [[likely]] {
        other_parts_.push_back({hit.rule, hit.sure, false, false});
        const Outcome effect = effect_of(hit.rule);
        if (!hit.sure) return {effect, Outcome::allow};
        state_.restricted = std::max(state_.restricted, effect);
        return {effect, effect};
    }
    const Truth force = in_force(hit.rule);
    const bool sure = hit.sure && force == Truth::yes;
    if (force == Truth::no) {
        other_parts_.push_back({hit.rule, hit.sure, true, false});
        return {};
    }
    other_parts_.push_back({hit.rule, sure, false, false});
    const Outcome effect = effect_of(hit.rule);
    Level level{effect, sure ? effect : Outcome::allow};
    if (sure) state_.restricted = std::max(state_.restricted, effect);
    if (!facts.has_obligations || facts.effect == Outcome::block) return level;
    if (facts.unsupported) {
        state_.duty_decided = true;
        level.actual = Outcome::block;
        if (sure) level.best = Outcome::block;
    } else if (!arguments_known(hit.rule)) {
        level.actual = Outcome::block;
    }
    return level;
}

Decider::Level Decider::tighten(const vm::Hit& hit) {
    state_.has_lists = true;
    state_.parts_are_listed = false;
    added_.push_back(hit);
    return restriction(hit);
}

inline Decider::Level Decider::restrictions(const Indexed& indexed) {
    const Level level{outcome_of(indexed.may), outcome_of(indexed.sure)};
    state_.restricted = level.best;
    if (!state_.has_lists && plan_->matrices.empty()) [[likely]]
        return level;
    const Level listed = listed_restrictions();
    return {std::max(level.actual, listed.actual), std::max(level.best, listed.best)};
}

Decider::Level Decider::listed_restrictions() {
    Level level;
    for (const vm::Hit& hit : hits_) {
        const Level one = restriction(hit);
        level.actual = std::max(level.actual, one.actual);
        level.best = std::max(level.best, one.best);
    }
    for (const std::uint32_t index : plan_->matrices) {
        const Level one = matrix_level(image_->program().matrices[index], false);
        level.actual = std::max(level.actual, one.actual);
        level.best = std::max(level.best, one.best);
        state_.restricted = std::max(state_.restricted, one.best);
    }
    return level;
}

inline Reason Decider::reason(const Level& base_level, const Level& total) const {
    if (total.best < total.actual) return Reason::missing_data;
    if (total.actual > Outcome::allow && state_.restricted == total.actual) return Reason::rule;
    if (total.actual > base_level.actual && state_.duty_decided)
        return Reason::unsupported_obligation;
    if (total.actual > base_level.actual) return Reason::rule;
    return state_.allowed ? Reason::allowed : Reason::by_default;
}

// ---------------------------------------------------------------- what took part

void Decider::list_parts() {
    state_.parts_are_listed = true;
    parts_.clear();
    // No rule takes part in a call that authority stopped; the best case needed them.
    if (!state_.evaluated || state_.lacks_authority) return;
    for (const vm::Hit& hit : allows_) parts_.push_back({hit.rule, true, false, true});
    if (state_.default_rule) parts_.push_back({image_->program().default_rule, true, false, true});
    parts_.insert(parts_.end(), base_parts_.begin(), base_parts_.end());
    parts_.insert(parts_.end(), other_parts_.begin(), other_parts_.end());
    for (std::uint32_t i = 0; i < matched_; ++i) {
        list_indexed_parts(plan_->indices[i], matches_[i]);
    }
    std::sort(parts_.begin(), parts_.end(), [](const Session::Part& a, const Session::Part& b) {
        return a.base != b.base ? a.base : a.rule < b.rule;
    });
}

void Decider::list_indexed_parts(const vm::RuleIndex& index, const vm::Matches& found) {
    index.each_rule(found.may, [&](std::uint32_t rule, vm::Row clauses) {
        const bool sure = (found.sure & clauses) != 0;
        const bool allows = (index.allows() & clauses) != 0;
        if (allows && !sure) {
            state_.has_lists = true;
            possible_allows_.push_back({rule, false});
        } else {
            parts_.push_back({rule, sure, false, allows});
        }
    });
}

const std::vector<Session::Part>& Decider::parts() {
    if (!state_.parts_are_listed) list_parts();
    return parts_;
}

const std::vector<vm::Hit>& Decider::possible_allows() {
    if (!state_.parts_are_listed) list_parts();
    return possible_allows_;
}

}  // namespace proviso::decide
