// What every target asks of the product: it holds, or the input is a finding.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace proviso::fuzz {

/// Ends the process where the property is broken: libFuzzer then keeps the input, and the driver
/// without it fails.
inline void expect(bool holds, std::string_view property) {
    if (holds) return;
    std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(property.size()), property.data());
    std::abort();
}

}  // namespace proviso::fuzz
