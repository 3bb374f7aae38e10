// Which argument of each tool is its amount: the first of type money, or what is asked for.
// Covered by tests/unit/simulator/money_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/observed.h"

namespace proviso::simulator {

struct AmountChoice {
    std::optional<observed::AmountArgument> argument;
    std::vector<std::string> others;  ///< of type money too, and not counted
};

/// By tool, as Policy::tools(). `wanted`: names of arguments, with or without `args.` before them;
/// a tool has the first of them that it takes. Empty: its first argument, by name, of type money.
[[nodiscard]] std::vector<AmountChoice> amount_choices(const Policy& policy,
                                                       const std::vector<std::string>& wanted);

/// Why not all of `wanted` can be: one of them is no number of any tool, with the names that are.
/// Empty where they can.
[[nodiscard]] std::string amount_fault(const Policy& policy,
                                       const std::vector<std::string>& wanted);

/// Of the last call.
[[nodiscard]] std::optional<observed::Amount> amount_of(const Session& session,
                                                        const std::vector<AmountChoice>& choices);

/// "812.5 USD"
[[nodiscard]] std::string amount_text(const observed::Amount& amount);

}  // namespace proviso::simulator
