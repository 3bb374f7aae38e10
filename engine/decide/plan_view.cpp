#include "engine/decide/plan_view.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

#include "engine/model/pattern.h"

namespace proviso::decide {

using bytecode::none;
using bytecode::Range;

namespace {

template <class T>
std::span<const T> part(const std::vector<T>& all, Range range) {
    return std::span(all).subspan(range.begin, range.count);
}

/// What is read off the other members.
void finish(PlanView& plan) {
    const bool indexed =
        !plan.indices.empty() || (plan.allows.empty() && plan.restrictions.empty());
    plan.indices_are_all =
        indexed && plan.allow_switches.count + plan.restriction_switches.count == 0;
    plan.has_raises = !plan.raises.empty();
    plan.has_matrices = !plan.matrices.empty();
}

bool at_stage(std::uint8_t stages, std::uint32_t stage) {
    return (stages >> stage & 1U) != 0;
}

}  // namespace

static_assert(std::extent_v<decltype(bytecode::Tool::plans)> == 5);

ListedPlans::ListedPlans(const vm::Image& image) {
    const bytecode::Program& program = image.program();
    plan_numbers_.reserve(program.tools.size() * stages);
    for (const bytecode::Tool& tool : program.tools) {
        plan_numbers_.insert(plan_numbers_.end(), std::begin(tool.plans), std::end(tool.plans));
    }
    plans_.reserve(program.plans.size());
    for (const bytecode::Plan& plan : program.plans) {
        PlanView& made = plans_.emplace_back();
        made.indices = image.rules(static_cast<std::uint32_t>(plans_.size() - 1));
        made.allows = part(program.entries, plan.allows);
        made.restrictions = part(program.entries, plan.restrictions);
        made.allow_switches = plan.allow_switches;
        made.restriction_switches = plan.restriction_switches;
        made.default_matrices = part(program.plan_matrices, plan.default_matrices);
        made.matrices = part(program.plan_matrices, plan.matrices);
        made.raises = part(program.plan_raises, plan.raises);
        made.grants = part(program.plan_grants, plan.grants);
        made.limits = part(program.plan_limits, plan.limits);
        made.counters = part(program.plan_counters, plan.counters);
        made.reads = part(program.plan_reads, plan.reads);
        made.granting_roles = program.role_sets[plan.granting_roles];
        finish(made);
        most_indices_ = std::max(most_indices_, made.indices.size());
    }
}

UnlistedPlans::UnlistedPlans(const bytecode::Program& program, std::size_t remembered)
    : program_(&program),
      remembered_(remembered) {}

bool UnlistedPlans::matches(std::uint32_t patterns, std::string_view tool) const {
    if (patterns == none) return false;
    const bytecode::PatternSet& set = program_->pattern_sets[patterns];
    for (const std::string& glob : set.except) {
        if (model::glob_matches(glob, tool)) return false;
    }
    for (const std::string& glob : set.include) {
        if (model::glob_matches(glob, tool)) return true;
    }
    return false;
}

UnlistedPlans::Plan UnlistedPlans::make(std::string_view tool, std::uint32_t stage) const {
    Plan plan;
    for (std::uint32_t i = 0; i < program_->rules.size(); ++i) {
        const bytecode::Rule& rule = program_->rules[i];
        if (rule.kind != bytecode::RuleKind::rule || !at_stage(rule.stages, stage)) continue;
        if (!matches(rule.patterns, tool)) continue;
        const bool allows = rule.effect == bytecode::Effect::allow;
        (allows ? plan.allows : plan.restrictions).push_back({rule.block, i});
    }
    for (std::uint32_t i = 0; i < program_->matrices.size(); ++i) {
        const bytecode::Matrix& matrix = program_->matrices[i];
        if (!at_stage(matrix.stages, stage) || !matches(matrix.patterns, tool)) continue;
        (matrix.is_default ? plan.default_matrices : plan.matrices).push_back(i);
    }
    for (std::uint32_t i = 0; i < program_->raises.size(); ++i) {
        const bytecode::Raise& raise = program_->raises[i];
        if (at_stage(raise.stages, stage) && matches(raise.patterns, tool)) {
            plan.raises.push_back(i);
        }
    }
    for (std::uint32_t i = 0; i < program_->grants.size(); ++i) {
        const bytecode::Grant& grant = program_->grants[i];
        if (at_stage(grant.stages, stage) && matches(grant.patterns, tool)) {
            plan.grants.push_back(i);
        }
    }
    const auto measures = [&](const auto& all, std::vector<std::uint32_t>& to) {
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            const bytecode::Measure& measure = all[i].measure;
            if (at_stage(measure.stages, stage) && matches(measure.patterns, tool)) to.push_back(i);
        }
    };
    measures(program_->limits, plan.limits);
    measures(program_->counters, plan.counters);
    // Which of them its rules read is not looked up: reading one more changes nothing.
    for (std::uint32_t i = 0; i < program_->counter_reads.size(); ++i) plan.reads.push_back(i);
    return plan;
}

const PlanView* UnlistedPlans::find(std::string_view tool, std::uint32_t stage) {
    key_.assign(1, static_cast<char>('0' + stage));
    key_.append(tool);
    auto found = plans_.find(key_);
    if (found == plans_.end()) {
        if (plans_.size() >= remembered_) plans_.clear();
        found = plans_.emplace(key_, make(tool, stage)).first;
    }
    const Plan& plan = found->second;
    found_ = {};
    found_.allows = plan.allows;
    found_.restrictions = plan.restrictions;
    found_.default_matrices = plan.default_matrices;
    found_.matrices = plan.matrices;
    found_.raises = plan.raises;
    found_.grants = plan.grants;
    found_.limits = plan.limits;
    found_.counters = plan.counters;
    found_.reads = plan.reads;
    finish(found_);
    return &found_;
}

}  // namespace proviso::decide
