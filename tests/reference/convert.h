// JSON of a call, or a constant of a checked set, as a value of a type.
#pragma once

#include "engine/check/policy_set.h"
#include "proviso/limits.h"
#include "tests/reference/json.h"
#include "tests/reference/value.h"

namespace proviso::reference {

/// `json` is null where the call has nothing at all. `siblings` has the members beside it, among
/// which `money with f` finds its code. What does not fit is unknown, with its cause.
[[nodiscard]] Value convert(const check::PolicySet& set, model::TypeId type, const Json* json,
                            const Json& siblings, const Limits& limits);

/// Whether money of this type, or in a list of this type, has its code in the field of this name.
[[nodiscard]] bool takes_code_from(const model::TypeTable& types, model::TypeId type,
                                   std::string_view name);
/// Whether an undeclared member that some money takes its code from is one.
[[nodiscard]] bool is_code_or_null(const Json& json);

/// A constant, param, default or bound.
[[nodiscard]] Value constant(const model::TypeTable& types, model::TypeId type,
                             const model::Value& value);

}  // namespace proviso::reference
