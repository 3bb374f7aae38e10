#include "simulator/figures/staff.h"

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

TEST_CASE("approvers as words") {
    const auto found = read_approvers("support_lead=12");
    REQUIRE(found.has_value());
    CHECK(found->role == "support_lead");
    CHECK(found->people == 12);
    for (const char* text :
         {"", "lead", "=2", "lead=", "lead=0", "lead=-1", "lead=2x", "lead=99999999999"}) {
        CHECK_FALSE(read_approvers(text).has_value());
    }
}

TEST_CASE("hours as words") {
    const auto week = read_hours("mon..fri 09:00..17:30");
    REQUIRE(week.has_value());
    CHECK(week->from_minute == 540);
    CHECK(week->to_minute == 1'050);
    CHECK(week->days == std::array{true, true, true, true, true, false, false});
    const auto day = read_hours("sat 00:00..24:00");
    REQUIRE(day.has_value());
    CHECK(day->days == std::array{false, false, false, false, false, true, false});
    REQUIRE(read_hours("08:00..20:00").has_value());
    CHECK(read_hours("08:00..20:00")->days[6]);
    for (const char* text : {"", "mon", "mon..fri", "fri..mon 09:00..17:00", "mon 17:00..09:00",
                             "mon 09:00..09:00", "mon 9:00..17:00", "mon 09:60..17:00",
                             "mon 09:00..24:01", "day 09:00..17:00", "mon  09:00..17:00"}) {
        CHECK_FALSE(read_hours(text).has_value());
    }
}

TEST_CASE("handling as a word") {
    CHECK(read_handling("90s") == 90);
    CHECK(read_handling("15m") == 900);
    CHECK(read_handling("1h30m") == 5'400);
    CHECK(read_handling("1d") == 86'400);
    for (const char* text :
         {"", "0s", "90", "m", "5m5m", "5m1h", "1.5h", "-5m", "400d", "99999999999s"}) {
        CHECK_FALSE(read_handling(text).has_value());
    }
}

}  // namespace
}  // namespace proviso::simulator
