// From when on a period counts: rolling ones to the microsecond, calendars where clocks change.
#include "engine/decide/periods.h"

#include <catch2/catch.hpp>

#include "engine/model/calendar.h"
#include "engine/model/zone.h"

namespace proviso::decide {
namespace {

using bytecode::CalendarUnit;
using bytecode::Period;

std::int64_t instant_at(std::string_view text) {
    return *model::parse_time(text);
}

std::int64_t seconds_at(std::string_view text) {
    return instant_at(text) / model::microseconds_per_second;
}

/// Midnight is skipped on 2026-04-01, and comes twice on 2026-10-02; 2027-01-01 never comes.
bytecode::Program odd_clocks() {
    constexpr std::int32_t hour = 3600;
    bytecode::Program program;
    program.zones.push_back({"Test/Zone",
                             {0, seconds_at("2026-04-01T00:00Z"), seconds_at("2026-10-01T23:30Z"),
                              seconds_at("2027-01-01T00:00Z")},
                             {0, hour, -hour, 24 * hour}});
    return program;
}

Period calendar_of(CalendarUnit unit) {
    return {.rolling = false, .unit = unit, .zone = 0};
}

Period rolling_of(std::int64_t seconds, bool about = false) {
    return {.rolling = true, .about = about, .length_seconds = seconds};
}

}  // namespace

TEST_CASE("a rolling period begins a microsecond after the time less its length") {
    const bytecode::Program program = odd_clocks();
    const std::int64_t time = instant_at("2026-11-20T10:00Z");
    CHECK(since(program, rolling_of(3600), time) == instant_at("2026-11-20T09:00Z") + 1);
    CHECK(since(program, rolling_of(1), time) == time - model::microseconds_per_second + 1);
}

TEST_CASE("about looks back a sixtieth further at most, and never less") {
    const bytecode::Program program = odd_clocks();
    for (const std::int64_t length : {1, 59, 60, 61, 3600, 86'400, 7 * 86'400}) {
        const std::int64_t bucket = std::max<std::int64_t>(1, length / 60) * 1'000'000;
        for (const std::int64_t shift : {0, 1, 999'999, 1'000'000, 12'345'678}) {
            const std::int64_t time = instant_at("2026-11-20T10:00Z") + shift;
            const std::int64_t exact = *since(program, rolling_of(length), time);
            const std::int64_t about = *since(program, rolling_of(length, true), time);
            CHECK(about <= exact);
            CHECK(exact - about < bucket);
            CHECK(time - about < look_back(rolling_of(length, true)));
        }
    }
}

TEST_CASE("a calendar begins where the clocks first show a day of it") {
    const bytecode::Program program = odd_clocks();
    const auto day = calendar_of(CalendarUnit::day);
    CHECK(since(program, day, instant_at("2026-03-31T23:59:59Z")) ==
          instant_at("2026-03-31T00:00Z"));
    // 00:00 becomes 01:00: the day begins with the change.
    CHECK(since(program, day, instant_at("2026-04-01T05:00Z")) == instant_at("2026-04-01T00:00Z"));
    CHECK(since(program, day, instant_at("2026-04-02T05:00Z")) == instant_at("2026-04-01T23:00Z"));
    // At 00:30 the clocks go back to 22:30 of the day before.
    CHECK(since(program, day, instant_at("2026-10-01T23:10Z")) == instant_at("2026-10-01T23:00Z"));
    CHECK(since(program, day, instant_at("2026-10-01T23:40Z")) == instant_at("2026-09-30T23:00Z"));
    CHECK(since(program, day, instant_at("2026-10-02T05:00Z")) == instant_at("2026-10-01T23:00Z"));
    CHECK(since(program, calendar_of(CalendarUnit::month), instant_at("2027-01-05T00:00Z")) ==
          instant_at("2027-01-01T00:00Z"));
}

TEST_CASE("weeks begin on Monday, quarters with every third month") {
    const bytecode::Program program = odd_clocks();
    const std::int64_t time = instant_at("2026-03-05T10:00Z");  // a Thursday
    CHECK(since(program, calendar_of(CalendarUnit::week), time) == instant_at("2026-03-02T00:00Z"));
    CHECK(since(program, calendar_of(CalendarUnit::month), time) ==
          instant_at("2026-03-01T00:00Z"));
    CHECK(since(program, calendar_of(CalendarUnit::quarter), time) ==
          instant_at("2026-01-01T00:00Z"));
}

TEST_CASE("a calendar is not known outside the years of its zone") {
    const bytecode::Program program = odd_clocks();
    CHECK_FALSE(since(program, calendar_of(CalendarUnit::day), instant_at("1969-12-31T23:59:59Z")));
    CHECK_FALSE(since(program, calendar_of(CalendarUnit::day), instant_at("2100-01-01T00:00Z")));
    CHECK(since(program, calendar_of(CalendarUnit::quarter), 0) == 0);
}

}  // namespace proviso::decide
