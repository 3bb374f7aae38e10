#include "engine/observed_limits.h"

#include <limits>

#include "engine/bytecode/program.h"
#include "engine/last_call.h"
#include "engine/model/decimal.h"
#include "engine/policy_impl.h"

namespace proviso::observed {
namespace {

const bytecode::Program& limits_program(const Policy& policy) {
    return policy.impl().image->program();
}

/// Counts are whole numbers without a scale.
model::Decimal number_of(const model::Value& value) {
    return {value.integer, value.scale};
}

double share_of(model::Decimal total, model::Decimal cap) {
    if (cap.coefficient <= 0) return std::numeric_limits<double>::infinity();
    const auto value = [](model::Decimal number) {
        double made = static_cast<double>(number.coefficient);
        for (unsigned i = 0; i < number.scale; ++i) made /= 10;
        return made;
    };
    return value(total) / value(cap);
}

}  // namespace

void limit_uses(Session& session, std::vector<LimitUse>& uses) {
    uses.clear();
    const engine::LastLimits last = engine::limits_of_last_call(session);
    if (last.limits == nullptr) return;
    vm::Machine& machine = last.decider->machine();
    for (const decide::LimitsPart::Totals& one : last.limits->totals()) {
        const bytecode::Limit& limit = last.decider->program().limits[one.limit];
        const bool exempt =
            limit.unless != bytecode::none && machine.truth(limit.unless) == vm::Truth::yes;
        for (std::size_t i = 0; !exempt && i < limit.steps.size(); ++i) {
            const model::Value cap = machine.value(limit.steps[i].cap);
            if (!cap.known()) continue;
            const model::Decimal total = number_of(one.after);
            const auto order = model::compare(total, number_of(cap));
            const bool passed = order > 0 || (order == 0 && limit.steps[i].inclusive);
            uses.push_back({static_cast<std::uint32_t>(limit.first_rule + 1 + i),
                            std::string(last.limits->key_of(one)) + '\0' +
                                std::to_string(one.after.currency()),
                            share_of(total, number_of(cap)), passed});
        }
    }
}

std::vector<std::uint32_t> limit_steps(const Policy& policy) {
    std::vector<std::uint32_t> steps;
    for (const bytecode::Limit& limit : limits_program(policy).limits) {
        for (std::uint32_t i = 1; i <= limit.steps.size(); ++i) {
            steps.push_back(limit.first_rule + i);
        }
    }
    return steps;
}

std::string limit_of_step(const Policy& policy, std::uint32_t rule) {
    for (const bytecode::Limit& limit : limits_program(policy).limits) {
        const bool is_its =
            rule > limit.first_rule && rule <= limit.first_rule + limit.steps.size();
        if (is_its) return limit.name;
    }
    return {};
}

}  // namespace proviso::observed
