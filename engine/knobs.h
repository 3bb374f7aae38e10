// Values to try for a param, as the command line has them: a list, or a range with a step.
//
//     refund_cap=100..1000:50           an amount without a code is of the param's currency
//     refund_cap=100 USD, 250 USD
//     cooling=4h..1d:4h
//
// Tested by tests/unit/engine/knobs_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proviso/policy.h"

namespace proviso {

struct Knob {
    std::string param;
    std::string in_force;             ///< the policy's own value, as rule text
    std::vector<std::string> values;  ///< as rule text: each once, in the order given
};

struct KnobResult {
    std::optional<Knob> knob;
    std::string error;  ///< where there is none; one line
    std::string help;   ///< may be empty
};

/// Of a range from `low` to `high`, `low` and each step from there up to `high`. More than `most`
/// values are an error. Whether the param takes a value is for the compiler to say.
[[nodiscard]] KnobResult parse_knob(const Policy& policy, std::string_view text, std::size_t most);

/// A param whose value two policies of one set have set differently, as rule text.
struct ParamChange {
    std::string param;
    std::string before;  ///< empty: there is none of the name
    std::string after;   ///< likewise
};
/// In the order of their names.
[[nodiscard]] std::vector<ParamChange> changed_params(const Policy& before, const Policy& after);

}  // namespace proviso
