// Sums of amounts, exact: no sum of a replay overflows or rounds.
// Covered by tests/unit/simulator/money_test.cpp.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "simulator/report/report.h"

namespace proviso::simulator {

__extension__ using Wide = __int128;

/// Digits behind the point that an amount may have.
inline constexpr unsigned amount_digits = 18;

/// coefficient × 10^-scale as a count of 10^-18; scale is at most 18.
[[nodiscard]] Wide scaled(std::int64_t coefficient, unsigned scale);

/// Room for 2^64 amounts of any size.
class ExactSum {
  public:
    /// Also of a sum of coefficients.
    void add(Wide coefficient, unsigned scale);
    void add(const ExactSum& other);
    /// "1234.5": no exponent, no zeros at the end.
    [[nodiscard]] std::string text() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [whole, fraction] = it;
        visit(whole, fraction);
    }

  private:
    Wide whole_ = 0;
    Wide fraction_ = 0;  // in 10^-18; of either sign, not carried over
};

/// Amounts of one currency and one scale, added up.
struct AmountSum {
    std::uint32_t currency = 0;  ///< packed
    std::uint8_t scale = 0;
    std::uint64_t calls = 0;
    Wide coefficients = 0;
};

/// By packed currency, then cell.
struct MoneyTally {
    struct Cells {
        std::array<std::array<ExactSum, class_count>, class_count> sums;
        ClassTable calls{};
        ExactSum newly_allowed;  ///< of calls that may go ahead now, and could not
        std::uint64_t newly_allowed_calls = 0;
    };
    std::map<std::uint32_t, Cells> currencies;

    void merge(const MoneyTally& other);
    /// Most calls first.
    [[nodiscard]] std::vector<MoneyTable> tables() const;
};

}  // namespace proviso::simulator
