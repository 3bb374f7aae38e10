#include "engine/observed_effects.h"

#include <algorithm>

#include "engine/bytecode/program.h"
#include "engine/decide/bound.h"
#include "engine/observed.h"
#include "engine/policy_impl.h"

namespace proviso::observed {

StageEffects stage_effects(const Policy& policy) {
    StageEffects effects;
    const bytecode::Program& program = policy.impl().image->program();
    for (std::size_t stage = 0; stage < stage_count; ++stage) {
        effects[stage].reserve(program.rules.size());
        for (const bytecode::Rule& rule : program.rules) {
            const bool counts = (rule.stages >> stage & 1U) != 0;
            effects[stage].push_back(counts ? static_cast<Outcome>(rule.effect) : Outcome::allow);
        }
    }
    return effects;
}

std::size_t stage_of(const Session& session) {
    return std::min<std::size_t>(bound_of(session).stage, stage_count - 1);
}

}  // namespace proviso::observed
