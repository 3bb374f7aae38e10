// How what statements contribute to a decision is combined: the most restrictive counts.
#pragma once

#include <string>
#include <vector>

#include "tests/reference/decide.h"

namespace proviso::reference {

/// What a statement contributes: as it counts, and had every unknown turned out well.
struct Weight {
    Outcome felt = Outcome::allow;
    Outcome best = Outcome::allow;
    bool unsupported = false;  // it counts as a block for a duty that nobody registered
    bool limit = false;
};

struct Level {
    Outcome felt = Outcome::allow;
    Outcome best = Outcome::allow;
};

struct Combination {
    Weight base;
    std::string base_reason;
    std::vector<Weight> weights;

    [[nodiscard]] Level all() const;
    [[nodiscard]] std::string reason() const;

  private:
    [[nodiscard]] Level rules() const;
    [[nodiscard]] Level level(Level from, bool limits) const;
    [[nodiscard]] bool by_duty_of_limit() const;
    [[nodiscard]] bool decides(Outcome felt, bool unsupported) const;
};

}  // namespace proviso::reference
