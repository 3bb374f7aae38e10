// What single instructions compute, one small function each, over known values.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/bytecode/program.h"
#include "engine/model/decimal.h"
#include "engine/model/value.h"

namespace proviso::vm {

using model::State;
using model::Value;

[[nodiscard]] inline bool same_text(const Value& a, const Value& b) {
    return a.extra == b.extra && a.view() == b.view();
}

inline constexpr std::int64_t powers_of_ten[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

/// Below, at or above zero as decimal a is less than, equal to or greater than b. Amounts with a
/// few digits behind the point meet whole caps all the time: that is the short way.
[[nodiscard]] inline int order(const Value& a, const Value& b) {
    std::int64_t left = a.integer;
    std::int64_t right = b.integer;
    if (a.scale != b.scale) {
        const int shift = int{a.scale} - int{b.scale};
        std::int64_t& smaller = shift > 0 ? right : left;
        const int digits = shift > 0 ? shift : -shift;
        if (digits > 6 || __builtin_mul_overflow(smaller, powers_of_ten[digits], &smaller)) {
            const auto result = model::compare(a.decimal(), b.decimal());
            return result < 0 ? -1 : (result > 0 ? 1 : 0);
        }
    }
    return (left > right ? 1 : 0) - (left < right ? 1 : 0);
}

/// Whether two known values of one kind are equal; two currencies are `unknown`.
enum class Equal : std::uint8_t { no, yes, unknown };
[[nodiscard]] Equal equal(model::Kind kind, const Value& a, const Value& b);

/// Hash of a known value such that equal values of one kind have equal hashes.
[[nodiscard]] std::uint64_t hash(model::Kind kind, const Value& value);

// Arithmetic over known operands; the result is unknown where it does not fit exactly.
/// As a decimal; the lowest integer is the one that no decimal holds.
[[nodiscard]] Value widened_integer(std::int64_t value);
[[nodiscard]] Value add_integers(std::int64_t a, std::int64_t b);
[[nodiscard]] Value subtract_integers(std::int64_t a, std::int64_t b);
[[nodiscard]] Value multiply_integers(std::int64_t a, std::int64_t b);
[[nodiscard]] Value shift_time(const Value& time, const Value& duration, bool back);
[[nodiscard]] Value between_times(const Value& a, const Value& b);
[[nodiscard]] Value shift_date(const Value& date, const Value& duration, bool back);
[[nodiscard]] Value between_dates(const Value& a, const Value& b);
[[nodiscard]] Value add_decimals(const Value& a, const Value& b);
[[nodiscard]] Value subtract_decimals(const Value& a, const Value& b);
[[nodiscard]] Value multiply_decimals(const Value& a, const Value& b);
[[nodiscard]] Value add_money(const Value& a, const Value& b);
[[nodiscard]] Value subtract_money(const Value& a, const Value& b);
[[nodiscard]] Value multiply_money(const Value& money, const Value& factor);

/// A currency's code as text; lives as long as the program.
[[nodiscard]] Value currency_text(const Value& money);
[[nodiscard]] Value length_in_code_points(const Value& text);

/// Whether a known `value` is a member of a known list: yes where one is equal; unknown where none
/// is, but a member is unknown itself.
[[nodiscard]] Equal member(model::Kind kind, const Value& value, const Value& list);

}  // namespace proviso::vm
