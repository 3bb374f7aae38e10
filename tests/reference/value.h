// A value as the reference holds it: one struct for every type, the plain one of several ways.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/reference/number.h"

namespace proviso::reference {

/// What is not known, and why: ("customer.tier", "missing").
using Missing = std::pair<std::string, std::string>;
using MissingSet = std::set<Missing>;

struct Value {
    enum class Is { known, absent, unknown };
    Is is = Is::known;
    std::string cause;   // of unknown: "overflow"; of absent: "absent"
    MissingSet missing;  // what a reader of an unknown or absent value misses

    /// bool (0, 1), int, decimal, the amount of money, duration (seconds), time (microseconds since
    /// 1970), date (days since 1970), weekday (0 Monday), the place of a word in its enum.
    Number number;
    std::string text;          // string; the code of money; the bytes of an address
    std::vector<Value> items;  // members of a list, fields of a record
    /// Of a counter with unconfirmed events, which is unknown: it lies from `number` to here.
    std::optional<Number> most;

    [[nodiscard]] bool known() const { return is == Is::known; }
};

/// Kleene's true.
[[nodiscard]] bool is_true(const Value& value);
void add(MissingSet& to, const MissingSet& from);

[[nodiscard]] Value of_number(Number number);
[[nodiscard]] Value of_bool(bool truth);
[[nodiscard]] Value of_text(std::string text);
[[nodiscard]] Value of_money(Number amount, std::string code);
[[nodiscard]] Value absent_value();
/// Nobody's name is in `missing` yet.
[[nodiscard]] Value unknown_value(std::string cause);
[[nodiscard]] Value unknown_value(MissingSet missing);

}  // namespace proviso::reference
