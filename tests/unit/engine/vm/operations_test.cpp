// What single instructions compute: exactness, overflow, currencies, membership.
#include "engine/vm/operations.h"

#include <cstdint>
#include <limits>
#include <vector>

#include <catch2/catch.hpp>

namespace proviso::vm {
namespace {

using model::of_decimal;
using model::of_integer;
using model::of_money;
using model::of_text;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr model::Currency usd = 'U' << 16 | 'S' << 8 | 'D';
constexpr model::Currency eur = 'E' << 16 | 'U' << 8 | 'R';

Value money(std::int64_t coefficient, std::uint8_t scale, model::Currency currency) {
    return of_money({coefficient, scale}, currency);
}

TEST_CASE("whole numbers that do not fit are unknown") {
    CHECK(add_integers(most, 1).state == State::overflow);
    CHECK(subtract_integers(-most, 2).state == State::overflow);
    CHECK(multiply_integers(most, 2).state == State::overflow);
    CHECK(add_integers(most, -1).integer == most - 1);
    CHECK(widened_integer(-most - 1).state == State::overflow);
    CHECK(widened_integer(-most).decimal() == model::Decimal{-most, 0});
}

TEST_CASE("order agrees with decimals of any scale") {
    const std::vector<model::Decimal> values = {{0, 0},
                                                {1, 0},
                                                {-1, 0},
                                                {5, 1},
                                                {-5, 1},
                                                {12345, 2},
                                                {most, 0},
                                                {-most, 0},
                                                {most, 18},
                                                {1, 18},
                                                {-1, 18},
                                                {most, 6},
                                                {999'999'999'999'999'999, 3},
                                                {7, 7}};
    for (const auto a : values) {
        for (const auto b : values) {
            const auto expected = model::compare(a, b);
            const int right = expected < 0 ? -1 : (expected > 0 ? 1 : 0);
            CAPTURE(a.coefficient, int{a.scale}, b.coefficient, int{b.scale});
            CHECK(order(of_decimal(a), of_decimal(b)) == right);
        }
    }
}

TEST_CASE("money of two currencies neither adds nor compares") {
    CHECK(add_money(money(1, 0, usd), money(1, 0, eur)).state == State::currency_mismatch);
    CHECK(subtract_money(money(1, 0, usd), money(1, 0, eur)).state == State::currency_mismatch);
    CHECK(equal(model::Kind::money, money(1, 0, usd), money(1, 0, eur)) == Equal::unknown);
    CHECK(add_money(money(1, 1, usd), money(2, 1, usd)).integer == 3);
    CHECK(currency_text(money(1, 0, eur)).view() == "EUR");
}

TEST_CASE("equal values hash the same") {
    const std::string a = "customer-1";
    const std::string b = "customer-1";
    CHECK(hash(model::Kind::string, of_text(a)) == hash(model::Kind::string, of_text(b)));
    CHECK(hash(model::Kind::string, of_text(a)) !=
          hash(model::Kind::string, of_text("customer-2")));
}

TEST_CASE("a member that is unknown leaves membership unknown unless another is equal") {
    const std::vector<Value> list = {of_integer(1), model::unknown(State::missing), of_integer(3)};
    const Value all = model::of_elements(list.data(), 3);
    CHECK(member(model::Kind::integer, of_integer(3), all) == Equal::yes);
    CHECK(member(model::Kind::integer, of_integer(2), all) == Equal::unknown);
    CHECK(member(model::Kind::integer, of_integer(2), model::of_elements(list.data(), 1)) ==
          Equal::no);
}

TEST_CASE("durations are whole seconds, dates shift by whole days") {
    CHECK(shift_date(of_integer(10), of_integer(86'400), false).integer == 11);
    CHECK(shift_date(of_integer(10), of_integer(3'600), false).state == State::overflow);
    CHECK(between_times(of_integer(1'500'000), of_integer(0)).state == State::overflow);
    CHECK(between_times(of_integer(5'000'000), of_integer(0)).integer == 5);
    CHECK(between_dates(of_integer(3), of_integer(1)).integer == 172'800);
}

TEST_CASE("length counts code points") {
    CHECK(length_in_code_points(of_text("äöü€")).integer == 4);
    CHECK(length_in_code_points(of_text("")).integer == 0);
}

}  // namespace
}  // namespace proviso::vm
