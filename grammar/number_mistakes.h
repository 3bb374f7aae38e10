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

}  // namespace proviso::grammar
