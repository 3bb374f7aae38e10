// What a call showed of a set, for coverage: read off the decider after its decision, as a record
// and an explanation are. Nothing of it is kept while deciding, so that a decision costs the same
// whether it is looked at or not.
//
// Every condition that the call's plan has is looked at, whether its rule took part or not, by the
// blocks that an explanation runs: each sub-expression has one. Covered by
// tests/unit/engine/coverage_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/decide/bound.h"
#include "engine/decide/decider.h"

namespace proviso::decide {

/// What a set has that calls can show; the same as for the program's own tables.
struct SeenRule {
    std::uint64_t sure = 0;     // took part, in force
    std::uint64_t unsure = 0;   // may have taken part
    std::uint64_t decided = 0;  // surely, and the outcome is its own
    std::uint64_t trial = 0;    // surely, on trial: reported, not felt
};

struct SeenCondition {
    std::uint64_t yes = 0;
    std::uint64_t no = 0;
    std::uint64_t unknown = 0;
};

struct Seen {
    explicit Seen(const bytecode::Program& program);

    std::vector<SeenRule> rules;            // as Program::rules
    std::vector<std::uint64_t> grants;      // as Program::grants: calls that they let through
    std::vector<SeenCondition> conditions;  // as Program::explain_nodes; of values nothing
};

/// Whether a node of an explanation is a condition: it is true or false of a call.
[[nodiscard]] bool is_condition(const bytecode::Program& program,
                                const bytecode::ExplainNode& node);

/// The tools of the catalogue that each grant names, ascending; as Program::grants. Plans know of a
/// grant without a condition only its role.
using GrantTools = std::vector<std::vector<std::uint32_t>>;

/// Adds the last call of `decider`, which came to `outcome`. `grants` may be empty: then grants are
/// not looked at.
void observe(Decider& decider, const Bound& bound, Outcome outcome, const GrantTools& grants,
             Seen& seen);

}  // namespace proviso::decide
