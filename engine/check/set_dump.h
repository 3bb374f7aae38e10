// A checked set as text, for golden tests and for whoever wants to see what the checker made of a
// file. One line a thing; every expression fully bracketed, with types only where they are made.
#pragma once

#include <string>

#include "engine/check/policy_set.h"

namespace proviso::check {

[[nodiscard]] std::string dump(const PolicySet& set);

/// One expression: "(args.amount > 500 USD)".
[[nodiscard]] std::string expression_dump(const PolicySet& set, NodeId id);

}  // namespace proviso::check
