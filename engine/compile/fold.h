// What is known of an expression before any call.
#pragma once

#include <unordered_map>

#include "engine/check/policy_set.h"

namespace proviso::compile {

/// Nodes, other than constants, that are worth the same in every call. A result that would be
/// unknown (it overflows, or joins two currencies) is not among them: it stays code, and so
/// unknown when a call is decided, with its cause.
using Folded = std::unordered_map<check::NodeId, model::Value>;

[[nodiscard]] Folded fold(const check::PolicySet& set);

}  // namespace proviso::compile
