#include "tests/reference/combination.h"

#include <algorithm>

namespace proviso::reference {

Level Combination::level(Level from, bool limits) const {
    for (const Weight& weight : weights) {
        if (weight.limit != limits) continue;
        from.felt = std::max(from.felt, weight.felt);
        from.best = std::max(from.best, weight.best);
    }
    return from;
}

Level Combination::rules() const {
    return level({base.felt, base.best}, false);
}

Level Combination::all() const {
    return level(rules(), true);
}

std::string Combination::reason() const {
    const Level sum = all();
    if (sum.best < sum.felt) return "missing_data";
    if (rules().best < sum.felt) return by_duty_of_limit() ? "unsupported_obligation" : "limit";
    // A sure rule decides, also where the base is no lighter.
    if (sum.felt > Outcome::allow && decides(sum.felt, false)) return "rule";
    if (sum.felt > base.felt && decides(sum.felt, true)) return "unsupported_obligation";
    return base_reason;
}

bool Combination::by_duty_of_limit() const {
    return std::any_of(weights.begin(), weights.end(),
                       [](const Weight& one) { return one.limit && one.unsupported; });
}

bool Combination::decides(Outcome felt, bool unsupported) const {
    return std::any_of(weights.begin(), weights.end(), [&](const Weight& one) {
        return !one.limit && one.best == felt && one.unsupported == unsupported;
    });
}

}  // namespace proviso::reference
