#include "simulator/figures/money.h"

#include <algorithm>
#include <utility>

#include "engine/observed.h"

namespace proviso::simulator {
namespace {

constexpr std::uint64_t power_of_ten(unsigned exponent) {
    std::uint64_t power = 1;
    for (unsigned i = 0; i < exponent; ++i) power *= 10;
    return power;
}

constexpr Wide unit = static_cast<Wide>(power_of_ten(amount_digits));

std::uint64_t all(const ClassTable& table) {
    std::uint64_t sum = 0;
    for (const auto& row : table) {
        for (const std::uint64_t count : row) sum += count;
    }
    return sum;
}

std::string digits_of(Wide number) {
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
        number /= 10;
    } while (number != 0);
    return digits;
}

}  // namespace

Wide scaled(std::int64_t coefficient, unsigned scale) {
    return static_cast<Wide>(coefficient) * static_cast<Wide>(power_of_ten(amount_digits - scale));
}

void ExactSum::add(Wide coefficient, unsigned scale) {
    const auto one = static_cast<Wide>(power_of_ten(scale));
    whole_ += coefficient / one;
    fraction_ += scaled(static_cast<std::int64_t>(coefficient % one), scale);
}

void ExactSum::add(const ExactSum& other) {
    whole_ += other.whole_;
    fraction_ += other.fraction_;
}

std::string ExactSum::text() const {
    Wide whole = whole_ + fraction_ / unit;
    Wide fraction = fraction_ % unit;
    if (whole > 0 && fraction < 0) {
        --whole;
        fraction += unit;
    } else if (whole < 0 && fraction > 0) {
        ++whole;
        fraction -= unit;
    }
    const bool negative = whole < 0 || fraction < 0;
    std::string text = (negative ? "-" : "") + digits_of(negative ? -whole : whole);
    if (fraction == 0) return text;
    std::string digits = digits_of(negative ? -fraction : fraction);
    digits.insert(0, amount_digits - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    return text + '.' + digits;
}

void MoneyTally::merge(const MoneyTally& other) {
    for (const auto& [currency, cells] : other.currencies) {
        Cells& mine = currencies[currency];
        mine.newly_allowed.add(cells.newly_allowed);
        mine.newly_allowed_calls += cells.newly_allowed_calls;
        for (std::size_t i = 0; i < class_count; ++i) {
            for (std::size_t j = 0; j < class_count; ++j) {
                mine.sums[i][j].add(cells.sums[i][j]);
                mine.calls[i][j] += cells.calls[i][j];
            }
        }
    }
}

std::vector<MoneyTable> MoneyTally::tables() const {
    std::vector<MoneyTable> tables;
    for (const auto& [currency, cells] : currencies) {
        MoneyTable& table = tables.emplace_back();
        table.currency = observed::currency_name(currency);
        table.calls = cells.calls;
        table.newly_allowed = cells.newly_allowed.text();
        table.newly_allowed_calls = cells.newly_allowed_calls;
        for (std::size_t i = 0; i < class_count; ++i) {
            for (std::size_t j = 0; j < class_count; ++j) {
                table.sums[i][j] = cells.sums[i][j].text();
            }
        }
    }
    std::stable_sort(tables.begin(), tables.end(), [](const MoneyTable& a, const MoneyTable& b) {
        return all(a.calls) > all(b.calls);
    });
    return tables;
}

}  // namespace proviso::simulator
