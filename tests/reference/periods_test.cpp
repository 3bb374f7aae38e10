// The reference's periods, against cases that were worked out by hand.
#include "tests/reference/periods.h"

#include <string>

#include <catch2/catch.hpp>

#include "tests/reference/text_forms.h"

namespace proviso::reference {
namespace {

using check::CalendarUnit;

std::int64_t day(const std::string& text) {
    const auto found = read_date(text);
    REQUIRE(found);
    return *found;
}

std::int64_t moment(const std::string& text) {
    const auto found = read_time(text);
    REQUIRE(found);
    return *found;
}

/// One hour east, two from the end of March to the end of October of 2026; west from 2027 on.
check::PolicySet with_zone() {
    check::PolicySet set;
    set.zones.push_back({"Somewhere",
                         {0, moment("2026-03-29T01:00:00Z") / microseconds,
                          moment("2026-10-25T01:00:00Z") / microseconds,
                          moment("2027-01-01T00:30:00Z") / microseconds},
                         {3600, 7200, 3600, -3600}});
    return set;
}

std::int64_t start(CalendarUnit unit, const std::string& time) {
    const check::PolicySet set = with_zone();
    check::Period period;
    period.rolling = false;
    period.unit = unit;
    period.zone = 0;
    const auto found = since(set, period, moment(time));
    REQUIRE(found);
    CHECK(found->included);
    return found->time;
}

TEST_CASE("weeks start on Monday, quarters with January, April, July, October") {
    CHECK(first_day(CalendarUnit::day, day("2026-11-25")) == day("2026-11-25"));
    CHECK(first_day(CalendarUnit::week, day("2026-11-25")) == day("2026-11-23"));
    CHECK(first_day(CalendarUnit::week, day("2026-11-23")) == day("2026-11-23"));
    CHECK(first_day(CalendarUnit::week, day("2026-11-22")) == day("2026-11-16"));
    CHECK(first_day(CalendarUnit::week, day("1970-01-01")) == day("1969-12-29"));
    CHECK(first_day(CalendarUnit::month, day("2028-02-29")) == day("2028-02-01"));
    CHECK(first_day(CalendarUnit::month, day("2026-12-31")) == day("2026-12-01"));
    CHECK(first_day(CalendarUnit::quarter, day("2026-11-25")) == day("2026-10-01"));
    CHECK(first_day(CalendarUnit::quarter, day("2026-09-30")) == day("2026-07-01"));
    CHECK(first_day(CalendarUnit::quarter, day("2026-01-01")) == day("2026-01-01"));
    CHECK(first_day(CalendarUnit::quarter, day("1969-12-31")) == day("1969-10-01"));
}

TEST_CASE("a calendar period begins by the clocks of its zone") {
    CHECK(start(CalendarUnit::day, "2026-11-25T10:00:00Z") == moment("2026-11-24T23:00:00Z"));
    CHECK(start(CalendarUnit::day, "2026-11-24T23:00:00Z") == moment("2026-11-24T23:00:00Z"));
    CHECK(start(CalendarUnit::day, "2026-11-24T22:59:59.999999Z") ==
          moment("2026-11-23T23:00:00Z"));
    // The day of the change begins in the old offset.
    CHECK(start(CalendarUnit::day, "2026-03-29T20:00:00Z") == moment("2026-03-28T23:00:00Z"));
    CHECK(start(CalendarUnit::week, "2026-03-31T20:00:00Z") == moment("2026-03-29T22:00:00Z"));
    CHECK(start(CalendarUnit::month, "2026-10-31T20:00:00Z") == moment("2026-09-30T22:00:00Z"));
    CHECK(start(CalendarUnit::quarter, "2026-12-31T22:00:00Z") == moment("2026-09-30T22:00:00Z"));
}

TEST_CASE("a day that is shown twice begins where it is shown first") {
    // At 01:30 on New Year's day the clocks go back to 23:30 of the day before.
    CHECK(start(CalendarUnit::day, "2027-01-01T00:10:00Z") == moment("2026-12-31T23:00:00Z"));
    CHECK(start(CalendarUnit::day, "2027-01-01T00:40:00Z") == moment("2026-12-30T23:00:00Z"));
    CHECK(start(CalendarUnit::day, "2027-01-01T12:00:00Z") == moment("2026-12-31T23:00:00Z"));
    CHECK(start(CalendarUnit::month, "2027-01-20T12:00:00Z") == moment("2026-12-31T23:00:00Z"));
}

TEST_CASE("rolling periods leave out their very beginning, calendar periods do not") {
    check::PolicySet set = with_zone();
    check::Period period;
    period.length_seconds = 86'400;
    const auto rolling = since(set, period, moment("2026-11-25T10:00:00Z"));
    REQUIRE(rolling);
    CHECK_FALSE(rolling->counts(moment("2026-11-24T10:00:00Z")));
    CHECK(rolling->counts(moment("2026-11-24T10:00:00.000001Z")));
    CHECK(rolling->counts(moment("2030-01-01T00:00:00Z")));
    period.rolling = false;
    period.zone = 0;
    const auto daily = since(set, period, moment("2026-11-25T10:00:00Z"));
    REQUIRE(daily);
    CHECK(daily->counts(moment("2026-11-24T23:00:00Z")));
    CHECK_FALSE(daily->counts(moment("2026-11-24T22:59:59.999999Z")));
    CHECK_FALSE(since(set, period, moment("2100-01-01T00:00:00Z")));
    CHECK_FALSE(since(set, period, moment("1969-12-31T23:59:59Z")));
}

}  // namespace
}  // namespace proviso::reference
