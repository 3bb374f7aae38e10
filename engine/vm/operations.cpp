// Exactness is model/decimal's; here are the rules of the language round it: overflow, currencies,
// whole days and seconds. Covered by tests/unit/engine/vm/operations_test.cpp.
#include "engine/vm/operations.h"

#include <array>
#include <cstring>
#include <optional>

#include "engine/model/calendar.h"

namespace proviso::vm {

namespace {

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t microseconds_per_second = 1'000'000;

Value from(std::optional<model::Decimal> result) {
    return result ? model::of_decimal(*result) : model::unknown(State::overflow);
}

Value money_from(std::optional<model::Decimal> result, model::Currency currency) {
    return result ? model::of_money(*result, currency) : model::unknown(State::overflow);
}

// Every three-letter code side by side, so that `m.currency` is a view of something that stays.
class CurrencyTexts {
  public:
    CurrencyTexts() {
        std::size_t at = 0;
        for (char a = 'A'; a <= 'Z'; ++a) {
            for (char b = 'A'; b <= 'Z'; ++b) {
                for (char c = 'A'; c <= 'Z'; ++c) {
                    text_[at++] = a;
                    text_[at++] = b;
                    text_[at++] = c;
                }
            }
        }
    }
    [[nodiscard]] std::string_view of(model::Currency packed) const {
        const auto letter = [&](unsigned shift) { return ((packed >> shift) & 0xFFU) - 'A'; };
        const std::size_t index = (letter(16) * 26 + letter(8)) * 26 + letter(0);
        if (index >= letters / 3) return {};
        return {text_.data() + index * 3, 3};
    }

  private:
    static constexpr std::size_t letters = 26 * 26 * 26 * 3;
    std::array<char, letters> text_{};
};

std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 32U;
    x *= 0x9E3779B97F4A7C15ULL;
    x ^= x >> 29U;
    x *= 0xBF58476D1CE4E5B9ULL;
    return x ^ (x >> 32U);
}

std::uint64_t load(const char* at, std::size_t count) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, count);
    return word;
}

std::uint64_t hash_bytes(std::string_view bytes) {
    std::uint64_t h = mix(bytes.size() + 1);
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left > 8; left -= 8, at += 8) h = mix(h ^ load(at, 8));
    return left == 0 ? h : mix(h ^ load(at, left));
}

}  // namespace

Equal equal(model::Kind kind, const Value& a, const Value& b) {
    const auto answer = [](bool same) { return same ? Equal::yes : Equal::no; };
    switch (kind) {
        case model::Kind::string: return answer(same_text(a, b));
        case model::Kind::decimal: return answer(order(a, b) == 0);
        case model::Kind::money:
            return a.extra == b.extra ? answer(order(a, b) == 0) : Equal::unknown;
        case model::Kind::ip: return answer(std::memcmp(a.address, b.address, 16) == 0);
        case model::Kind::boolean:
        case model::Kind::integer:
        case model::Kind::duration:
        case model::Kind::time:
        case model::Kind::date:
        case model::Kind::weekday:
        case model::Kind::enumeration: return answer(a.integer == b.integer);
        case model::Kind::list:
        case model::Kind::record:
        case model::Kind::opaque: return Equal::unknown;
    }
    return Equal::unknown;
}

std::uint64_t hash(model::Kind kind, const Value& value) {
    if (kind == model::Kind::string) return hash_bytes(value.view());
    if (kind == model::Kind::ip) {
        return hash_bytes({reinterpret_cast<const char*>(value.address), 16});
    }
    // Decimals are normalised, so equal ones have equal parts.
    const std::uint64_t rest = kind == model::Kind::decimal || kind == model::Kind::money
                                   ? (std::uint64_t{value.extra} << 8U) | value.scale
                                   : 0;
    return mix(static_cast<std::uint64_t>(value.integer) ^ mix(rest));
}

Value widened_integer(std::int64_t value) {
    return value == INT64_MIN ? model::unknown(State::overflow) : model::of_decimal({value, 0});
}

Value add_integers(std::int64_t a, std::int64_t b) {
    std::int64_t r = 0;
    return __builtin_add_overflow(a, b, &r) ? model::unknown(State::overflow)
                                            : model::of_integer(r);
}

Value subtract_integers(std::int64_t a, std::int64_t b) {
    std::int64_t r = 0;
    return __builtin_sub_overflow(a, b, &r) ? model::unknown(State::overflow)
                                            : model::of_integer(r);
}

Value multiply_integers(std::int64_t a, std::int64_t b) {
    std::int64_t r = 0;
    return __builtin_mul_overflow(a, b, &r) ? model::unknown(State::overflow)
                                            : model::of_integer(r);
}

Value shift_time(const Value& time, const Value& duration, bool back) {
    const Value delta = multiply_integers(duration.integer, microseconds_per_second);
    if (!delta.known()) return delta;
    return back ? subtract_integers(time.integer, delta.integer)
                : add_integers(time.integer, delta.integer);
}

Value between_times(const Value& a, const Value& b) {
    const Value delta = subtract_integers(a.integer, b.integer);
    if (!delta.known()) return delta;
    // A duration has whole seconds; a fraction would have to be rounded.
    if (delta.integer % microseconds_per_second != 0) return model::unknown(State::overflow);
    return model::of_integer(delta.integer / microseconds_per_second);
}

Value shift_date(const Value& date, const Value& duration, bool back) {
    if (duration.integer % seconds_per_day != 0) return model::unknown(State::overflow);
    const std::int64_t days = duration.integer / seconds_per_day;
    return back ? subtract_integers(date.integer, days) : add_integers(date.integer, days);
}

Value between_dates(const Value& a, const Value& b) {
    const Value days = subtract_integers(a.integer, b.integer);
    return days.known() ? multiply_integers(days.integer, seconds_per_day) : days;
}

Value add_decimals(const Value& a, const Value& b) {
    return from(model::add(a.decimal(), b.decimal()));
}

Value subtract_decimals(const Value& a, const Value& b) {
    return from(model::subtract(a.decimal(), b.decimal()));
}

Value multiply_decimals(const Value& a, const Value& b) {
    return from(model::multiply(a.decimal(), b.decimal()));
}

Value add_money(const Value& a, const Value& b) {
    if (a.extra != b.extra) return model::unknown(State::currency_mismatch);
    return money_from(model::add(a.decimal(), b.decimal()), a.currency());
}

Value subtract_money(const Value& a, const Value& b) {
    if (a.extra != b.extra) return model::unknown(State::currency_mismatch);
    return money_from(model::subtract(a.decimal(), b.decimal()), a.currency());
}

Value multiply_money(const Value& money, const Value& factor) {
    return money_from(model::multiply(money.decimal(), factor.decimal()), money.currency());
}

Value currency_text(const Value& money) {
    static const CurrencyTexts texts;
    return model::of_text(texts.of(money.currency()));
}

Value length_in_code_points(const Value& text) {
    std::int64_t count = 0;
    for (const char c : text.view()) {
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    }
    return model::of_integer(count);
}

Equal member(model::Kind kind, const Value& value, const Value& list) {
    Equal answer = Equal::no;
    for (std::uint32_t i = 0; i < list.extra; ++i) {
        const Value& one = list.elements[i];
        const Equal same = one.known() ? equal(kind, value, one) : Equal::unknown;
        if (same == Equal::yes) return Equal::yes;
        if (same == Equal::unknown) answer = Equal::unknown;
    }
    return answer;
}

}  // namespace proviso::vm
