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
        state_.earliest = std::min(state_.earliest, time);
        if (++state_.seen < round) return;
        state_ = {.before = state_.earliest};
    }
    /// Nothing before a full round.
    [[nodiscard]] std::optional<std::int64_t> now() const {
        if (state_.before == State::none) return {};
        return std::min(state_.before, state_.earliest);
    }

    /// For a store that keeps it.
    struct State {
        static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
        std::int64_t before = none;    // the earliest of the last full round
        std::int64_t earliest = none;  // of the round under way
        std::int64_t seen = 0;
    };
    [[nodiscard]] const State& state() const { return state_; }
    void set(const State& state) { state_ = state; }

  private:
    static constexpr std::int64_t round = 64;
    State state_;
};

}  // namespace proviso::decide
