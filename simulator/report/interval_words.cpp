// See interval_words.h.
#include "simulator/report/interval_words.h"

#include <cmath>
#include <cstdint>

namespace proviso::simulator {
namespace {

std::string tenths(double share, bool up) {
    const double scaled = share * 1'000;
    const auto count = static_cast<std::int64_t>(up ? std::ceil(scaled) : std::floor(scaled));
    return std::to_string(count / 10) + '.' + std::to_string(count % 10);
}

}  // namespace

std::string interval_words(const Interval& interval) {
    return tenths(interval.low, false) + " to " + tenths(interval.high, true) + " %";
}

}  // namespace proviso::simulator
