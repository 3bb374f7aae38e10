// See bind_scalars.h.
#include "engine/decide/bind_scalars.h"

#include <algorithm>
#include <array>
#include <optional>

#include <re2/re2.h>

#include "engine/decide/bind_json.h"
#include "engine/model/calendar.h"
#include "engine/model/pattern.h"

namespace proviso::decide {

using model::Decimal;
using model::Kind;
using model::State;
using model::Type;
using model::unknown;

namespace {

constexpr std::int64_t first_second = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t last_second = 253'402'300'799;   // 9999-12-31T23:59:59Z

model::Value integer_or(State why, std::optional<std::int64_t> value) {
    return value ? model::of_integer(*value) : unknown(why);
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

bool length_fits(const Type& type, std::string_view text) {
    if (!type.length_low && !type.length_high) return true;
    const std::size_t length = code_points(text);
    return length >= type.length_low.value_or(0) && length <= type.length_high.value_or(UINT32_MAX);
}

model::Value string_value(const TypeInfo& info, std::string_view text) {
    // The length first: a text that is past the limit and past its declared length breaks its
    // type, whether anything reads it or not. So does one that is too long to be matched.
    if (!length_fits(*info.type, text)) return unknown(State::out_of_range);
    const bool too_long = text.size() > info.string_bytes;
    if (!info.type->pattern.empty()) {
        if (too_long || info.pattern_fails) return unknown(State::out_of_range);
        if (!re2::RE2::FullMatch({text.data(), text.size()}, *info.pattern)) {
            return unknown(State::out_of_range);
        }
    }
    return too_long ? unknown(State::too_long) : model::of_text(text);
}

model::Value integer_value(const Scalar& from) {
    if (from.small && from.scale == 0 && from.integer != INT64_MIN) {
        return model::of_integer(from.integer);
    }
    State why = State::wrong_type;
    const auto number = number_value(from, why);
    return integer_or(why, number ? model::to_integer(*number) : std::nullopt);
}

model::Value decimal_value(const Scalar& from) {
    // Of two to eighteen digits, the last not 0: normal as it is.
    if (from.small && from.scale != 0 && from.integer % 10 != 0) {
        return model::of_decimal({from.integer, from.scale});
    }
    State why = State::wrong_type;
    const auto number = number_value(from, why);
    return number ? model::of_decimal(*number) : unknown(why);
}

std::optional<std::int64_t> weekday(std::string_view text) {
    constexpr std::array<std::string_view, 7> days{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
    for (std::size_t day = 0; day < days.size(); ++day) {
        if (text == days[day] || text == days[day].substr(0, 3)) {
            return static_cast<std::int64_t>(day);
        }
    }
    return std::nullopt;
}

model::Value address_value(std::string_view text, Arena& arena) {
    const auto address = model::parse_address(text);
    if (!address) return unknown(State::wrong_type);
    auto* bytes = reinterpret_cast<std::uint8_t*>(arena.bytes(address->bytes.size()));
    std::copy(address->bytes.begin(), address->bytes.end(), bytes);
    return model::of_address(bytes, address->family);
}

/// A stamp without a zone is read by the clocks of its type's zone, which show it once.
model::Value time_value(const TypeInfo& info, std::string_view text) {
    const auto time = model::parse_time(text);
    if (time || info.zone == nullptr) return integer_or(State::wrong_type, time);
    const auto local = model::parse_local_time(text);
    if (!local) return unknown(State::wrong_type);
    constexpr std::int64_t unit = model::microseconds_per_second;
    const std::int64_t part = (*local % unit + unit) % unit;
    const model::LocalInstant at = model::instant_of(*info.zone, (*local - part) / unit);
    switch (at.shown) {
        case model::Shown::once: return model::of_integer(at.seconds * unit + part);
        case model::Shown::never:
        case model::Shown::twice: return unknown(State::ambiguous);
        case model::Shown::not_covered: break;
    }
    return unknown(State::out_of_range);
}

/// Of the kinds that are written as text.
model::Value from_text(const TypeInfo& info, std::string_view text, Arena& arena) {
    switch (info.type->kind) {
        case Kind::string: return string_value(info, text);
        case Kind::duration: return integer_or(State::wrong_type, model::parse_duration(text));
        case Kind::time: return time_value(info, text);
        case Kind::date: return integer_or(State::wrong_type, model::parse_date(text));
        case Kind::weekday: return integer_or(State::wrong_type, weekday(text));
        case Kind::ip: return address_value(text, arena);
        case Kind::enumeration: return word_value(info, text);
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: break;
    }
    return unknown(State::wrong_type);
}

bool outside(const Type& type, const model::Value& value) {
    const auto less = [&](const model::Value& a, const model::Value& b) {
        if (type.kind == Kind::decimal || type.kind == Kind::money) {
            return model::compare(a.decimal(), b.decimal()) < 0;
        }
        return a.integer < b.integer;
    };
    return (type.low && less(value, *type.low)) || (type.high && less(*type.high, value));
}

bool in_other_currency(const Type& type, const model::Value& value) {
    if (type.kind != Kind::money) return false;
    return (type.low && type.low->currency() != value.currency()) ||
           (type.high && type.high->currency() != value.currency());
}

}  // namespace

model::Value held_to_range(const TypeInfo& info, const model::Value& value) {
    if (!value.known()) return value;
    if (in_other_currency(*info.type, value)) return unknown(State::currency_mismatch);
    return outside(*info.type, value) ? unknown(State::out_of_range) : value;
}

std::optional<Decimal> number_value(const Scalar& from, State& state) {
    state = State::wrong_type;
    if (from.shape != Shape::number) return std::nullopt;
    const auto number = from.small ? model::make_decimal(from.integer, from.scale)
                                   : model::parse_json_number(from.text);
    if (!number && (from.small || is_json_number(from.text))) state = State::overflow;
    return number;
}

model::Value unix_time(const TypeInfo& info, const Scalar& from, TimeForm form) {
    State why = State::wrong_type;
    Scalar digits = from;
    if (from.shape == Shape::text && !from.broken && is_json_number(from.text)) {
        digits.shape = Shape::number;
        digits.small = false;
    }
    const auto number = number_value(digits, why);
    if (!number) return unknown(why);
    std::int64_t unit = 1;
    switch (form) {
        case TimeForm::rfc3339: return unknown(State::wrong_type);
        case TimeForm::unix_seconds: unit = 1'000'000; break;
        case TimeForm::unix_milliseconds: unit = 1'000; break;
        case TimeForm::unix_microseconds: break;
    }
    const auto microseconds = model::multiply(*number, Decimal{unit, 0});
    const auto whole = microseconds ? model::to_integer(*microseconds) : std::nullopt;
    if (!whole) return unknown(State::overflow);
    if (*whole < first_second * 1'000'000 || *whole >= (last_second + 1) * 1'000'000) {
        return unknown(State::out_of_range);
    }
    return in_range(info, model::of_integer(*whole));
}

model::Value scalar_value(const TypeInfo& info, const Scalar& from, Arena& arena) {
    switch (info.type->kind) {
        case Kind::boolean:
            return from.shape == Shape::boolean ? model::of_integer(from.truth ? 1 : 0)
                                                : unknown(State::wrong_type);
        case Kind::integer: return in_range(info, integer_value(from));
        case Kind::decimal: return in_range(info, decimal_value(from));
        case Kind::string:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::ip:
        case Kind::enumeration: break;
        case Kind::money:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return unknown(State::wrong_type);
    }
    if (from.shape != Shape::text || from.broken) return unknown(State::wrong_type);
    return text_value(info, from.text, arena);
}

model::Value text_value(const TypeInfo& info, std::string_view text, Arena& arena) {
    if (info.type->kind == Kind::time && !info.has_range) {
        if (const std::int64_t time = model::plain_time(text); time != model::no_plain_time) {
            return model::of_integer(time);
        }
    }
    return in_range(info, from_text(info, text, arena));
}

std::string_view cause_text(State state, Kind kind) {
    switch (state) {
        case State::present:
        case State::absent: return "";
        case State::missing: return "missing";
        case State::wrong_type: break;
        case State::not_in_enum: return "not one of the words of its type";
        case State::out_of_range:
            if (kind == Kind::string) return "outside its length or pattern";
            return kind == Kind::list ? "outside its length" : "outside its range";
        case State::too_long: return "longer than the limit";
        case State::host_unknown: return "not known to the host";
        case State::overflow: return "a number that does not fit exactly";
        case State::currency_mismatch: return "in another currency than is asked for";
        case State::over_budget:
        case State::other_key:
        case State::ambiguous: return "not readable in one way only";
        case State::unconfirmed:
        case State::not_remembered:
        case State::negative: break;  // of totals alone
    }
    switch (kind) {
        case Kind::boolean: return "not true or false";
        case Kind::integer: return "not a whole number";
        case Kind::decimal: return "not a number";
        case Kind::money: return "not an amount of money as it is declared";
        case Kind::string: return "not a string";
        case Kind::duration: return "not a duration";
        case Kind::time: return "not a time with a zone";
        case Kind::date: return "not a date";
        case Kind::weekday: return "not a weekday";
        case Kind::ip: return "not an IP address";
        case Kind::enumeration: return "not a word";
        case Kind::list: return "not a list";
        case Kind::record: return "not a record";
        case Kind::opaque: break;
    }
    return "not of its type";
}

}  // namespace proviso::decide
