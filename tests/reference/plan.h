// What an approval is for, as a text of the reference's own: two calls have the same text where
// docs/language.md, "Plan hash", gives them the same hash. Tested by plan_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "engine/check/policy_set.h"
#include "tests/reference/bind.h"
#include "tests/reference/json.h"
#include "tests/reference/value.h"

namespace proviso::reference {

/// Equal for equal values, however they are written; others have another text. Of a value that is
/// known in all its parts, or absent.
[[nodiscard]] std::string canonical(const Value& value);
/// Of an argument that nothing types: names in order, numbers by their value.
[[nodiscard]] std::string canonical(const Json& json);

/// Of a call in good form. Nothing where some part of it has no value that could be approved.
[[nodiscard]] std::optional<std::string> plan_of(const check::PolicySet& set, const BoundCall& call,
                                                 const Json& document);

}  // namespace proviso::reference
