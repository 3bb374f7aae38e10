#include "simulator/report/figures.h"

#include <algorithm>
#include <cmath>

namespace proviso::simulator {

Interval wilson(std::uint64_t hits, std::uint64_t of) {
    if (of == 0) return {};
    constexpr double z = 1.959963984540054;  // 97.5 % of a normal distribution lie below
    const auto n = static_cast<double>(of);
    const double share = static_cast<double>(hits) / n;
    const double scale = 1 + z * z / n;
    const double middle = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace proviso::simulator
