// What time it surely is, from the times that calls tell: the earliest of the last 64 to 128 of
// them. One call, or a few, with a time in the future do not move it, so that nothing is forgotten
// for their sake; a clock that stays wrong does. Covered by the tests of the stores.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace proviso::decide {

class CarefulClock {
  public:
    void see(std::int64_t time) {
        earliest_ = std::min(earliest_, time);
        if (++seen_ < round) return;
        before_ = earliest_;
        earliest_ = none;
        seen_ = 0;
    }
    /// Nothing before a full round.
    [[nodiscard]] std::optional<std::int64_t> now() const {
        if (before_ == none) return {};
        return std::min(before_, earliest_);
    }

  private:
    static constexpr int round = 64;
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
    std::int64_t before_ = none;
    std::int64_t earliest_ = none;
    int seen_ = 0;
};

}  // namespace proviso::decide
