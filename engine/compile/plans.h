// Targets to plans: for each tool and stage, what is tried.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/compile/emitter.h"

namespace proviso::compile {

/// Which equality a rule's condition asks first of all: `slot == key` stands among the members of
/// its top-level `and`.
struct EqualityKey {
    std::uint32_t slot = none;
    std::uint32_t key = 0;  // constant
    bool is_text = true;
};

/// A rule, matrix, raise or grant with the tools and stages that it is about.
struct Aimed {
    std::uint32_t index = 0;    // into the program's table of its kind
    std::uint32_t targets = 0;  // into PolicySet::target_sets
    check::StageMask stages = 0;
    std::vector<std::uint32_t> reads;  // counter reads that it needs
};

struct AimedRule : Aimed {
    bool allows = false;
    std::vector<EqualityKey> keys;
};

struct AimedGrant : Aimed {
    std::uint32_t role = 0;
    bool conditional = false;
};

struct AllAimed {
    std::vector<AimedRule> rules;
    std::vector<Aimed> default_matrices;
    std::vector<Aimed> matrices;
    std::vector<Aimed> raises;
    std::vector<AimedGrant> grants;
    std::vector<Aimed> limits;
    std::vector<Aimed> counters;
};

/// Equalities of a condition that a switch can use.
[[nodiscard]] std::vector<EqualityKey> equality_keys(Emitter& emitter, NodeId when);

/// Fills in the plans of all tools. Tools with the same work at a stage share a plan.
void make_plans(Emitter& emitter, const AllAimed& aimed);

}  // namespace proviso::compile
