// The value of an expression for a bound call, by plain recursion over the checked tree.
//
// A condition has three values: known 1, known 0, unknown. An unknown value names what it lacks:
// what is missing of its parts, as far as these do not decide without it.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/source.h"
#include "tests/reference/bind.h"
#include "tests/reference/value.h"

namespace proviso::reference {

/// The tiers that a call may have.
struct Tiers {
    std::set<std::int64_t> possible;
    MissingSet missing;  // where there are several: why
};

/// What is remembered, as an expression reads it.
struct MemoryView {
    std::function<Value(const check::Counter&, const std::vector<Value>& keys)> counter;
};

struct Scope {
    const check::PolicySet& set;
    const grammar::SourceMap& sources;
    const BoundCall& call;
    const Limits& limits;
    const Tiers& tiers;
    const MemoryView& memory;
    std::size_t* near_budget = nullptr;  // see Inputs
};

[[nodiscard]] Value evaluate(const Scope& scope, check::NodeId node);

/// Whether it rests on a condition: one that is not known has no cause of its own.
[[nodiscard]] bool rests_on_condition(const check::PolicySet& set, check::NodeId node);

/// `when` and not `unless`; either may be left out.
[[nodiscard]] Value condition(const Scope& scope, check::NodeId when, check::NodeId unless);

/// The labels of the axis that the call may be in; one where its value is known.
struct Labels {
    std::set<std::uint32_t> possible;
    MissingSet missing;
};
[[nodiscard]] Labels labels_of(const Scope& scope, const check::Axis& axis);

/// Whether the targets reach the call's tool.
[[nodiscard]] bool reaches(const check::PolicySet& set, std::uint32_t targets,
                           const BoundCall& call);

}  // namespace proviso::reference
