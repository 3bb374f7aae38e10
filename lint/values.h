// Sets of values, exactly: what a comparison with a constant leaves of a number or a text.
//
// Words of an enum, bools and weekdays are the numbers from 0 on. Numbers are points on a line of
// decimals, or, `discrete`, the whole numbers on it. Covered by tests/unit/lint/values_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/model/decimal.h"

namespace proviso::lint {

using model::Decimal;

struct Bound {
    Decimal value;
    bool inclusive = true;
    friend bool operator==(const Bound&, const Bound&) = default;
};

/// Without a bound it goes on for ever.
struct Interval {
    std::optional<Bound> low;
    std::optional<Bound> high;
    friend bool operator==(const Interval&, const Interval&) = default;
};

struct ValueSet {
    bool is_text = false;
    std::vector<Interval> intervals;  // numbers: ascending, apart from each other
    bool all_but = false;             // texts: every text but these
    std::vector<std::string> texts;   // ascending, each once
    friend bool operator==(const ValueSet&, const ValueSet&) = default;
};

[[nodiscard]] ValueSet everything(bool is_text = false);
[[nodiscard]] ValueSet nothing();
[[nodiscard]] ValueSet at_most(Decimal value, bool inclusive);
[[nodiscard]] ValueSet at_least(Decimal value, bool inclusive);
[[nodiscard]] ValueSet between(Decimal low, Decimal high);
/// These numbers, or all others.
[[nodiscard]] ValueSet points(std::vector<Decimal> values, bool all_but);
[[nodiscard]] ValueSet texts(std::vector<std::string> values, bool all_but);

/// The same set with bounds that whole numbers reach.
[[nodiscard]] ValueSet to_discrete(const ValueSet& set);

[[nodiscard]] bool is_empty(const ValueSet& set);
[[nodiscard]] bool contains(const ValueSet& set, Decimal value);
/// Of two sets of one kind.
[[nodiscard]] ValueSet intersection(const ValueSet& a, const ValueSet& b);
[[nodiscard]] bool is_subset(const ValueSet& part, const ValueSet& whole);

}  // namespace proviso::lint
