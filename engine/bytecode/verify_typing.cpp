#include "engine/bytecode/verify_typing.h"

#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {

using model::Kind;

namespace {

constexpr Typing pair(Need need) {
    return {need, need};
}
constexpr Typing pair(Need need, Kind result) {
    return {need, need, Result::by_kind, result};
}
constexpr Typing one(Need need) {
    return {need};
}
constexpr Typing one(Need need, Kind result) {
    return {need, Need::nothing, Result::by_kind, result};
}
constexpr Typing two(Need a, Need b, Kind result) {
    return {a, b, Result::by_kind, result};
}
constexpr Typing from_table(Need a = Need::nothing) {
    return {a, Need::nothing, Result::by_table};
}

}  // namespace

Typing typing(Op op) {
    switch (op) {
        case Op::int_eq_k:
        case Op::int_lt_k:
        case Op::int_le_k:
        case Op::int_eq:
        case Op::int_lt:
        case Op::int_le: return pair(Need::integer_like);
        case Op::decimal_eq_k:
        case Op::decimal_lt_k:
        case Op::decimal_le_k:
        case Op::decimal_eq:
        case Op::decimal_lt:
        case Op::decimal_le: return pair(Need::decimal);
        case Op::money_eq_k:
        case Op::money_lt_k:
        case Op::money_le_k:
        case Op::money_eq:
        case Op::money_lt:
        case Op::money_le: return pair(Need::money);
        case Op::text_eq_k:
        case Op::text_eq:
        case Op::text_lt:
        case Op::text_le: return pair(Need::text);
        case Op::address_eq: return pair(Need::address);
        case Op::is_true: return one(Need::boolean);
        case Op::has: return one(Need::anything);
        case Op::in_set: return one(Need::scalar);
        case Op::in_list: return {Need::scalar, Need::list};
        case Op::in_window: return one(Need::time);
        case Op::local: return from_table(Need::time);
        case Op::like:
        case Op::matches: return one(Need::text);
        case Op::int_add:
        case Op::int_subtract:
        case Op::int_multiply: return {Need::arithmetic, Need::arithmetic, Result::integers};
        case Op::date_shift: return two(Need::date, Need::duration, Kind::date);
        case Op::date_between: return pair(Need::date, Kind::duration);
        case Op::time_shift: return two(Need::time, Need::duration, Kind::time);
        case Op::time_between: return pair(Need::time, Kind::duration);
        case Op::decimal_add:
        case Op::decimal_subtract:
        case Op::decimal_multiply: return pair(Need::decimal, Kind::decimal);
        case Op::money_add:
        case Op::money_subtract: return pair(Need::money, Kind::money);
        case Op::money_multiply: return two(Need::money, Need::decimal, Kind::money);
        case Op::to_decimal: return one(Need::integer, Kind::decimal);
        case Op::copy: return {Need::anything, Need::nothing, Result::like_a};
        case Op::coalesce: return {Need::anything, Need::anything, Result::like_a};
        case Op::field: return from_table(Need::record);
        case Op::amount: return one(Need::money, Kind::decimal);
        case Op::currency: return one(Need::money, Kind::string);
        case Op::text_length: return one(Need::text, Kind::integer);
        case Op::list_length: return one(Need::list, Kind::integer);
        case Op::fact:
        case Op::table: return from_table(Need::scalar);
        case Op::call_native:
        case Op::shared_value:
        case Op::loop_value: return from_table();
        case Op::condition: return {Need::nothing, Need::nothing, Result::by_kind, Kind::boolean};
        case Op::role:
        case Op::tier:
        case Op::shared:
        case Op::loop:
        case Op::jump:
        case Op::yes:
        case Op::no:
        case Op::done: return {};
    }
    return {};
}

bool fits(Need need, Kind kind) {
    switch (need) {
        case Need::nothing: return false;
        case Need::anything: return true;
        case Need::integer_like: return is_integer_like(kind);
        case Need::arithmetic: return kind == Kind::integer || kind == Kind::duration;
        case Need::boolean: return kind == Kind::boolean;
        case Need::integer: return kind == Kind::integer;
        case Need::decimal: return kind == Kind::decimal;
        case Need::money: return kind == Kind::money;
        case Need::text: return kind == Kind::string;
        case Need::address: return kind == Kind::ip;
        case Need::time: return kind == Kind::time;
        case Need::date: return kind == Kind::date;
        case Need::duration: return kind == Kind::duration;
        case Need::scalar: return is_scalar(kind);
        case Need::list: return kind == Kind::list;
        case Need::record: return kind == Kind::record;
    }
    return false;
}

Kind local_part_kind(std::uint16_t part) {
    if (part == 0) return Kind::integer;
    return part == 1 ? Kind::weekday : Kind::date;
}

Kind arithmetic_result(Kind a, Kind b) {
    return a == Kind::duration || b == Kind::duration ? Kind::duration : Kind::integer;
}

}  // namespace proviso::bytecode
