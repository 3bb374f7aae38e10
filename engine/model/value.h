// One typed value in a call's frame, or a constant.
//
// 16 bytes, trivially copyable, tagged only with what it is *not*: the type is known from the
// place (slot, constant, expression) that holds it, so the VM never tests it. `state` says
// whether there is a value and, if not, why: every state but `present` reads as unknown in a
// condition, and `absent` alone is a fact that `has`, `missing` and `??` may read.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/model/decimal.h"

namespace proviso::model {

enum class State : std::uint8_t {
    present = 0,
    absent,   // an optional that is not there: a fact
    missing,  // needed and not there
    wrong_type,
    not_in_enum,
    out_of_range,       // outside the range, length or pattern of its type
    too_long,           // string or list past its limit
    host_unknown,       // the host says that it looked and does not know
    overflow,           // a result that does not fit exactly
    currency_mismatch,  // two currencies in one operation
    over_budget,        // a quantifier visited too many elements
    ambiguous,          // text that a function could not read in one way only
    other_key,          // facts that were sent about another thing than is asked for
};

/// "missing", "wrong type", … as decisions and explanations name it.
[[nodiscard]] std::string_view name(State state);

/// ISO 4217 code packed big-endian in 24 bits; 0 is none.
using Currency = std::uint32_t;

struct Value {
    union {
        std::int64_t integer;   // bool, int, duration (s), time (µs since 1970 UTC), date (days),
                                // weekday (0 Monday), enum ordinal, decimal/money coefficient
        const char* text;       // string: UTF-8, not terminated
        const Value* elements;  // list: members; record: fields in declared order
        const std::uint8_t* address;  // ip: 16 bytes, IPv4 as ::ffff:a.b.c.d
    };
    std::uint32_t extra;  // string/list length · currency · ip: 4 or 6
    std::uint8_t scale;   // decimal, money
    State state;
    std::uint16_t spare;

    [[nodiscard]] bool known() const { return state == State::present; }
    [[nodiscard]] std::string_view view() const { return {text, extra}; }
    [[nodiscard]] Decimal decimal() const { return {integer, scale}; }
    [[nodiscard]] Currency currency() const { return extra; }
};
static_assert(sizeof(Value) == 16);

[[nodiscard]] constexpr Value of_integer(std::int64_t v) {
    return {.integer = v, .extra = 0, .scale = 0, .state = State::present, .spare = 0};
}
[[nodiscard]] constexpr Value of_decimal(Decimal v) {
    return {.integer = v.coefficient,
            .extra = 0,
            .scale = v.scale,
            .state = State::present,
            .spare = 0};
}
[[nodiscard]] constexpr Value of_money(Decimal v, Currency code) {
    return {.integer = v.coefficient,
            .extra = code,
            .scale = v.scale,
            .state = State::present,
            .spare = 0};
}
/// Views `v`; the caller keeps it alive.
[[nodiscard]] constexpr Value of_text(std::string_view v) {
    return {.text = v.data(),
            .extra = static_cast<std::uint32_t>(v.size()),
            .scale = 0,
            .state = State::present,
            .spare = 0};
}
/// Views `count` values at `elements`.
[[nodiscard]] constexpr Value of_elements(const Value* elements, std::uint32_t count) {
    return {.elements = elements, .extra = count, .scale = 0, .state = State::present, .spare = 0};
}
[[nodiscard]] constexpr Value of_address(const std::uint8_t* address, std::uint32_t family) {
    return {.address = address, .extra = family, .scale = 0, .state = State::present, .spare = 0};
}
[[nodiscard]] constexpr Value unknown(State why) {
    return {.integer = 0, .extra = 0, .scale = 0, .state = why, .spare = 0};
}

}  // namespace proviso::model
