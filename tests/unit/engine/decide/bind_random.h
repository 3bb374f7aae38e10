// Random calls, as JSON and by setters, for properties of binding.
#pragma once

#include <random>
#include <string>

#include "proviso/call.h"
#include "tests/unit/engine/decide/bind_program.h"

namespace proviso::tests {

/// A program with attributes and arguments of every type.
[[nodiscard]] Program wide_program();

struct RandomCall {
    std::string host;  // CallJson::host
    std::string args;
    std::string whole;  // the native form
    Call call;
};

/// The same call three times. Values fit their types or do not.
[[nodiscard]] RandomCall random_call(std::mt19937& random);

}  // namespace proviso::tests
