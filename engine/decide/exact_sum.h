// Sums of amounts that are not negative: whole numbers at 18 digits behind the point, so that no
// digit is lost. Covered by tests/unit/engine/decide/store_total_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>

#include "engine/model/decimal.h"

namespace proviso::decide {

__extension__ typedef unsigned __int128 Whole;

constexpr Whole power_of_ten(unsigned exponent) {
    Whole power = 1;
    for (unsigned i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// A coefficient, which is not negative, times ten to the power.
inline Whole scaled(std::int64_t coefficient, unsigned power) {
    static constexpr auto powers = [] {
        std::array<std::uint64_t, model::max_scale + 1> table{};
        for (unsigned i = 0; i < table.size(); ++i) {
            table[i] = static_cast<std::uint64_t>(power_of_ten(i));
        }
        return table;
    }();
    return static_cast<Whole>(static_cast<std::uint64_t>(coefficient)) * powers[power];
}

/// A whole number at a scale as a decimal; nothing where it does not fit.
inline std::optional<model::Decimal> to_decimal(Whole sum, std::uint32_t scale) {
    constexpr auto most = static_cast<Whole>(std::numeric_limits<std::int64_t>::max());
    while (sum > most) {
        if (scale == 0 || sum % 10 != 0) return {};
        sum /= 10;
        --scale;
    }
    return model::make_decimal(static_cast<std::int64_t>(sum), scale);
}

class ExactSum {
  public:
    void add(model::Decimal amount) {
        const Whole whole = static_cast<Whole>(static_cast<std::uint64_t>(amount.coefficient)) *
                            power_of_ten(model::max_scale - amount.scale);
        fits_ = fits_ && !__builtin_add_overflow(sum_, whole, &sum_);
    }
    /// Nothing where it does not fit.
    [[nodiscard]] std::optional<model::Decimal> decimal() const {
        return fits_ ? to_decimal(sum_, model::max_scale) : std::nullopt;
    }

  private:
    Whole sum_ = 0;
    bool fits_ = true;
};

}  // namespace proviso::decide
