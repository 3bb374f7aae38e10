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
                 std::size_t remembered_tools)
    : image_(std::move(image)),
      facts_(&facts),
      machine_(*image_),
      unlisted_(image_->program(), remembered_tools) {
    const bytecode::Program& program = image_->program();
    plans_.reserve(program.plans.size());
    for (const bytecode::Plan& plan : program.plans) plans_.push_back(view(program, plan));
}

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

void Decider::begin(Bound& bound) {
    bound_ = &bound;
    parts_.clear();
    allows_.clear();
    possible_allows_.clear();
    evaluated_ = false;
    lacks_authority_ = false;
    duty_decided_ = false;
    restricted_by_rule_ = Outcome::allow;
}

Verdict Decider::decide(Bound& bound) {
    begin(bound);
    if (bound.form != FormError::none) return verdict_ = refused(bound.form);
    const bytecode::Program& program = image_->program();
    if (bound.tool == none) {
        plan_ = unlisted_.view(bound.tool_name, bound.stage);
    } else {
        const std::uint32_t plan = program.tools[bound.tool].plans[bound.stage];
        if (plan == none) return verdict_ = refused(FormError::invalid_stage);
        plan_ = plans_[plan];
    }
    evaluated_ = true;
    tiers_ = bound.tool == none ? 0x0F : program.tools[bound.tool].tiers;
    machine_.begin({.places = bound.frame.data(),
                    .roles = {bound.roles[0].bits.data(), bound.roles[1].bits.data()},
                    .roles_known = {bound.roles[0].known, bound.roles[1].known},
                    .tiers = tiers_,
                    .tool = bound.tool});
    if (!plan_.raises.empty()) raise_tier();

    const Authority granted = authority();
    if (granted == Authority::none) {
        lacks_authority_ = true;
        return verdict_ = {Outcome::block, Reason::no_grant, Outcome::block};
    }
    try_allows();
    const Level base_level = base();
    const Level added = restrictions();
    const Level total{std::max(base_level.actual, added.actual),
                      std::max(base_level.best, added.best)};
    if (granted == Authority::unknown) {
        // No rule takes part in a call that authority stopped; the best case needed them.
        lacks_authority_ = true;
        parts_.clear();
        const Reason why = total.best < Outcome::block ? Reason::missing_data : Reason::no_grant;
        return verdict_ = {Outcome::block, why, total.best};
    }
    return verdict_ = {total.actual, reason(base_level, total), total.best};
}

// ---------------------------------------------------------------- tier

void Decider::raise_tier() {
    const bytecode::Program& program = image_->program();
    std::uint8_t possible = 0;  // tiers that an unknown raise may lift to
    for (const std::uint32_t index : plan_.raises) {
        const bytecode::Raise& raise = program.raises[index];
        switch (machine_.truth(raise.block)) {
            case Truth::yes: tiers_ = raised(tiers_, raise.tier); break;
            case Truth::unknown: possible |= static_cast<std::uint8_t>(1U << raise.tier); break;
            case Truth::no: break;
        }
    }
    const std::uint8_t sure = tiers_;
    for (std::uint32_t tier = 0; tier < 4; ++tier) {
        if ((possible >> tier & 1U) != 0) tiers_ |= raised(sure, tier);
    }
    machine_.set_tiers(tiers_);
}

// ---------------------------------------------------------------- authority

Authority Decider::authority_of(std::uint32_t party) {
    const bytecode::Program& program = image_->program();
    const HeldRoles& held = bound_->roles[party];
    Authority best = Authority::none;
    for (std::size_t i = 0; i < plan_.granting_roles.size(); ++i) {
        const bool holds_one = (plan_.granting_roles[i] & held.bits[i]) != 0;
        if (holds_one && held.has_id) return Authority::granted;
        // Where the roles are not all known, a grant to another one may count as well.
        if (holds_one || (!held.known && plan_.granting_roles[i] != 0)) best = Authority::unknown;
    }
    for (const std::uint32_t index : plan_.grants) {
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

void Decider::try_allows() {
    machine_.try_allows(plan_.allows, allows_, possible_allows_);
    for (std::uint32_t i = 0; i < plan_.allow_switches.count; ++i) {
        const std::uint32_t which = plan_.allow_switches.begin + i;
        machine_.try_allows(machine_.candidates(which), allows_, possible_allows_);
    }
    // An allow with a duty that the host cannot carry out, or cannot be told, does not count.
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

Decider::Level Decider::base() {
    if (!allows_.empty()) {
        for (const vm::Hit& hit : allows_) parts_.push_back({hit.rule, true, false, true});
        return {};
    }
    Level level = default_level();
    if (!possible_allows_.empty()) level.best = Outcome::allow;
    return level;
}

Decider::Level Decider::default_level() {
    if (plan_.default_matrices.empty()) {
        const std::uint32_t rule = image_->program().default_rule;
        parts_.push_back({rule, true, false, true});
        return {at_stage(rule), at_stage(rule)};
    }
    Level level;
    for (const std::uint32_t index : plan_.default_matrices) {
        const Level one = matrix_level(image_->program().matrices[index], true);
        level.actual = std::max(level.actual, one.actual);
        level.best = std::max(level.best, one.best);
    }
    return level;
}

// A cell, default or rule that does not hold at this stage leaves the call alone.
Outcome Decider::at_stage(std::uint32_t rule) const {
    const RuleFacts& facts = (*facts_)[rule];
    return (facts.stages >> bound_->stage & 1U) != 0 ? facts.effect : Outcome::allow;
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

Labels labels(vm::Machine& machine, const bytecode::Axis& axis, std::uint8_t tiers) {
    Labels result;
    result.one = machine.label(axis);
    if (result.one == none && axis.kind == bytecode::AxisKind::tier) {
        for (std::uint32_t tier = 0; tier < 4; ++tier) {
            if ((tiers >> tier & 1U) != 0) result.tiers |= std::uint64_t{1} << axis.index_of[tier];
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
    axes[0] = labels(machine_, matrix.axes[0], tiers_);
    const bool two = matrix.axes.size() == 2;
    if (two) axes[1] = labels(machine_, matrix.axes[1], tiers_);
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
                parts_.push_back({rule, sure && force != Truth::unknown, trial, is_base});
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
        parts_.push_back({hit.rule, hit.sure, false, false});
        if (!hit.sure) return {facts.effect, Outcome::allow};
        restricted_by_rule_ = std::max(restricted_by_rule_, facts.effect);
        return {facts.effect, facts.effect};
    }
    const Truth force = in_force(hit.rule);
    const bool sure = hit.sure && force == Truth::yes;
    if (force == Truth::no) {
        parts_.push_back({hit.rule, hit.sure, true, false});
        return {};
    }
    parts_.push_back({hit.rule, sure, false, false});
    Level level{facts.effect, sure ? facts.effect : Outcome::allow};
    if (sure) restricted_by_rule_ = std::max(restricted_by_rule_, facts.effect);
    if (!facts.has_obligations || facts.effect == Outcome::block) return level;
    if (facts.unsupported) {
        duty_decided_ = true;
        level.actual = Outcome::block;
        if (sure) level.best = Outcome::block;
    } else if (!arguments_known(hit.rule)) {
        level.actual = Outcome::block;
    }
    return level;
}

Decider::Level Decider::restrictions() {
    hits_.clear();
    machine_.try_restrictions(plan_.restrictions, hits_);
    for (std::uint32_t i = 0; i < plan_.restriction_switches.count; ++i) {
        const std::uint32_t which = plan_.restriction_switches.begin + i;
        machine_.try_restrictions(machine_.candidates(which), hits_);
    }
    Level level;
    for (const vm::Hit& hit : hits_) {
        const Level one = restriction(hit);
        level.actual = std::max(level.actual, one.actual);
        level.best = std::max(level.best, one.best);
    }
    for (const std::uint32_t index : plan_.matrices) {
        const Level one = matrix_level(image_->program().matrices[index], false);
        level.actual = std::max(level.actual, one.actual);
        level.best = std::max(level.best, one.best);
        restricted_by_rule_ = std::max(restricted_by_rule_, one.best);
    }
    return level;
}

Reason Decider::reason(const Level& base_level, const Level& total) const {
    if (total.best < total.actual) return Reason::missing_data;
    if (total.actual > Outcome::allow && restricted_by_rule_ == total.actual) return Reason::rule;
    if (total.actual > base_level.actual && duty_decided_) return Reason::unsupported_obligation;
    if (total.actual > base_level.actual) return Reason::rule;
    return allows_.empty() ? Reason::by_default : Reason::allowed;
}

}  // namespace proviso::decide
