// Line differences for people: what a golden file expects against what was produced.
#pragma once

#include <string>
#include <string_view>

namespace proviso::golden {

/// Lines of `expected` alone after `-`, of `produced` alone after `+`, with two lines around each
/// change and `@@` between places that lie apart. Every line is indented by four spaces.
[[nodiscard]] std::string line_diff(std::string_view expected, std::string_view produced);

}  // namespace proviso::golden
