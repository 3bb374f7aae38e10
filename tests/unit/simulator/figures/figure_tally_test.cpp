#include "simulator/figures/figure_tally.h"

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

constexpr std::int64_t second = 1'000'000;

TEST_CASE("Wilson's interval, by the figures of textbooks") {
    const Interval none = wilson(0, 0);
    CHECK(none.low == 0);
    CHECK(none.high == 1);
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    CHECK(wilson(81, 263).low == Approx(0.2553).margin(5e-5));
    CHECK(wilson(81, 263).high == Approx(0.3662).margin(5e-5));
    CHECK(wilson(15, 148).low == Approx(0.0624).margin(5e-5));
    CHECK(wilson(15, 148).high == Approx(0.1605).margin(5e-5));
    CHECK(wilson(0, 20).low == 0);
    CHECK(wilson(0, 20).high == Approx(0.1611).margin(5e-5));
    CHECK(wilson(1, 29).low == Approx(0.0061).margin(5e-5));
    CHECK(wilson(1, 29).high == Approx(0.1718).margin(5e-5));
    CHECK(wilson(20, 20).high == 1);
}

TEST_CASE("days and weeks begin at 00:00 UTC, weeks on Monday, before 1970 too") {
    CHECK(day_text(day_of(0)) == "1970-01-01");
    CHECK(day_text(day_of(-1)) == "1969-12-31");
    CHECK(monday_text(week_of(0)) == "1969-12-29");
    CHECK(monday_text(week_of(-4 * day_us)) == "1969-12-22");
    CHECK(hour_of_week(0) == 3 * 24);  // a Thursday
    CHECK(hour_of_week(-1) == 3 * 24 - 1);
    const std::int64_t monday = 4 * day_us;
    CHECK(hour_of_week(monday - second) == hours_of_week - 1);
    CHECK(hour_of_week(monday) == 0);
    CHECK(monday_text(week_of(monday)) == "1970-01-05");
    CHECK(monday_text(week_of(monday - second)) == "1969-12-29");
}

}  // namespace
}  // namespace proviso::simulator
