// What is wrong with something that starts like a number, date, time or duration.
//
// Covered by tests/unit/grammar/number_mistakes_test.cpp and tests/golden/grammar/numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.h"

namespace proviso::grammar {

struct NumberMistake {
    DiagnosticId id;
    std::string written;  // what the message quotes
    std::size_t length;   // bytes from the start of `rest` to underline
    std::string help;
};

/// `rest` is the text from the number on. Nothing where the number is well formed, however much
/// it surprises where it stands.
[[nodiscard]] std::optional<NumberMistake> number_mistake(std::string_view rest);

/// A number as other countries write it, `1.500,50` or `25'000`, in the form of rule text, with
/// `group` between thousands: "1_500.50". A lone comma before three digits groups them. Empty where
/// it is no such number, or as it should be.
[[nodiscard]] std::string rule_number(std::string_view written, std::string_view group = "_");

}  // namespace proviso::grammar
