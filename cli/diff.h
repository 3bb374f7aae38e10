// What differs between two texts, as `diff -u` tells it.
//
// Covered by tests/cli/fmt_test.py, which applies what is printed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proviso::cli {

/// The lines of a unified diff with three lines of context, line ends not included; none where the
/// texts are the same.
[[nodiscard]] std::vector<std::string> unified_diff(std::string_view before, std::string_view after,
                                                    std::string_view before_name,
                                                    std::string_view after_name);

}  // namespace proviso::cli
