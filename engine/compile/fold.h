// What is known of an expression before any call.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "engine/check/policy_set.h"

namespace proviso::compile {

/// Nodes, other than constants, that are worth the same in every call. A result that would be
/// unknown (it overflows, or joins two currencies) is not among them: it stays code, and so
/// unknown when a call is decided, with its cause.
using Folded = std::unordered_map<check::NodeId, model::Value>;

/// Texts that are made on the way are kept in `texts`, which outlives the result.
[[nodiscard]] Folded fold(const check::PolicySet& set, std::deque<std::string>& texts);

}  // namespace proviso::compile
