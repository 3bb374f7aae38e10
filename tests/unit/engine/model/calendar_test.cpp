// Dates against a calendar that is counted day by day; times and durations against their parts.
#include "engine/model/calendar.h"

#include <cstdio>
#include <limits>
#include <random>

#include <catch2/catch.hpp>

namespace proviso::model {

namespace {

constexpr std::int64_t second = microseconds_per_second;

bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string written(int year, int month, int day) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
    return buffer;
}

}  // namespace

TEST_CASE("every date of three times 400 years round trips, and no other is one") {
    std::int64_t expected = first_day;
    for (int year = 1; year <= 9999; ++year) {
        const bool walked = year <= 400 || (year > 1800 && year <= 2200) || year > 9600;
        if (!walked) {
            expected += is_leap(year) ? 366 : 365;
            continue;
        }
        for (int month = 1; month <= 12; ++month) {
            for (int day = 1; day <= days_in(year, month); ++day, ++expected) {
                const std::string text = written(year, month, day);
                if (parse_date(text) != expected || date_text(expected) != text) FAIL(text);
            }
            for (int day = days_in(year, month) + 1; day <= 32; ++day) {
                if (parse_date(written(year, month, day))) FAIL(written(year, month, day));
            }
        }
    }
    CHECK(expected == last_day + 1);
    CHECK(parse_date("1970-01-01") == 0);
}

TEST_CASE("leap years") {
    CHECK(parse_date("2024-02-29"));
    CHECK(parse_date("2000-02-29"));
    CHECK_FALSE(parse_date("1900-02-29"));
    CHECK_FALSE(parse_date("2023-02-29"));
}

TEST_CASE("what is not a date") {
    for (const char* text : {"",
                             "2026",
                             "2026-2-3",
                             "2026-02-3",
                             "02026-02-03",
                             "2026-02-030",
                             "0000-01-01",
                             "10000-01-01",
                             "-001-01-01",
                             "2026-00-01",
                             "2026-13-01",
                             "2026-01-00",
                             "2026/01/01",
                             "20260101",
                             " 2026-01-01",
                             "2026-01-01 ",
                             "2026-01-01T00:00Z",
                             "2026-W01-1",
                             "+026-01-01",
                             "٢٠٢٦-01-01"}) {
        INFO(text);
        CHECK_FALSE(parse_date(text));
    }
}

TEST_CASE("times of RFC 3339") {
    CHECK(parse_time("1970-01-01T00:00Z") == 0);
    CHECK(parse_time("1970-01-01T00:00:01Z") == second);
    CHECK(parse_time("1970-01-01t00:00:01z") == second);
    CHECK(parse_time("1970-01-02T00:00:00Z") == microseconds_per_day);
    CHECK(parse_time("1969-12-31T23:59:59Z") == -second);
    CHECK(parse_time("2026-12-20T09:00:00.25+02:00") == parse_time("2026-12-20T07:00:00.250Z"));
    CHECK(parse_time("2026-12-20T09:00+05:30") == parse_time("2026-12-20T03:30Z"));
    CHECK(parse_time("2026-12-20T23:30-01:00") == parse_time("2026-12-21T00:30Z"));
    CHECK(parse_time("2026-12-20T00:00-00:00") == parse_time("2026-12-20T00:00Z"));
    CHECK(parse_time("1970-01-01T00:00:00.000001Z") == 1);
    CHECK(parse_time("1970-01-01T00:00:00.1Z") == 100'000);
    CHECK(parse_time("1970-01-01T23:59:59.999999Z") == microseconds_per_day - 1);
}

TEST_CASE("what is not a time") {
    for (const char* rest : {"",
                             "T",
                             "T00",
                             "T00Z",
                             "T00:00",
                             "T0:00Z",
                             "T00:0Z",
                             "T24:00Z",
                             "T24:00:00Z",
                             "T00:60Z",
                             "T00:00:60Z",
                             "T23:59:60Z",
                             "T00:00:0Z",
                             "T00:00:00.Z",
                             "T00:00.5Z",
                             "T00:00:00,5Z",
                             "T00:00:00.1234567Z",
                             "T00:00:00.0000000Z",
                             " 00:00Z",
                             "T00:00 Z",
                             "T00:00ZZ",
                             "T00:00+1",
                             "T00:00+01",
                             "T00:00+0100",
                             "T00:00+24:00",
                             "T00:00+01:60",
                             "T00:00+01:00Z",
                             "T00:00UTC",
                             "T00:00:00:00Z",
                             "T-1:00Z",
                             "T00:00Z ",
                             "00:00Z",
                             "T00:00[Europe/Paris]"}) {
        const std::string text = std::string("2026-12-20") + rest;
        INFO(text);
        CHECK_FALSE(parse_time(text));
    }
    CHECK_FALSE(parse_time("2026-02-29T00:00Z"));
    CHECK_FALSE(parse_time("1766221200"));
}

TEST_CASE("times end with years 1 and 9999 in UTC") {
    CHECK(parse_time("0001-01-01T00:00Z") == first_time);
    CHECK(parse_time("9999-12-31T23:59:59.999999Z") == last_time);
    CHECK_FALSE(parse_time("0001-01-01T00:00+00:01"));
    CHECK_FALSE(parse_time("9999-12-31T23:59-00:01"));
    CHECK(time_text(first_time) == "0001-01-01T00:00:00Z");
    CHECK(time_text(last_time) == "9999-12-31T23:59:59.999999Z");
    for (const std::int64_t outside :
         {first_time - 1, last_time + 1, std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max()}) {
        CHECK(time_text(outside) == "out of range");
        CHECK(date_text(outside) == "out of range");
    }
    CHECK(date_text(first_day - 1) == "out of range");
    CHECK(date_text(last_day + 1) == "out of range");
}

TEST_CASE("local times have no zone") {
    CHECK(parse_local_time("1970-01-01T09:00") == 9 * 3600 * second);
    CHECK(parse_local_time("1970-01-01T09:00:00.5") == 9 * 3600 * second + second / 2);
    CHECK_FALSE(parse_local_time("1970-01-01T09:00Z"));
    CHECK_FALSE(parse_local_time("1970-01-01T09:00+01:00"));
    CHECK_FALSE(parse_local_time("1970-01-01"));
}

TEST_CASE("every time round trips") {
    std::mt19937_64 random{1};
    std::uniform_int_distribution<std::int64_t> any{first_time, last_time};
    for (int i = 0; i < 50'000; ++i) {
        std::int64_t time = any(random);
        if (i % 3 == 0) time -= time % second;
        if (i % 3 == 1) time -= time % 1'000;
        if (parse_time(time_text(time)) != time) FAIL(time_text(time));
    }
    CHECK(time_text(0) == "1970-01-01T00:00:00Z");
    CHECK(time_text(-1) == "1969-12-31T23:59:59.999999Z");
    CHECK(time_text(250'000) == "1970-01-01T00:00:00.25Z");
}

TEST_CASE("durations") {
    CHECK(parse_duration("30s") == 30);
    CHECK(parse_duration("15m") == 900);
    CHECK(parse_duration("4h") == 14'400);
    CHECK(parse_duration("2d") == 172'800);
    CHECK(parse_duration("1d12h") == 129'600);
    CHECK(parse_duration("1d2h3m4s") == 93'784);
    CHECK(parse_duration("1d4s") == 86'404);
    CHECK(parse_duration("90m") == 5'400);
    CHECK(parse_duration("0s") == 0);
    CHECK(parse_duration("-5m") == -300);
    CHECK(parse_duration("106751991167300d") == 9'223'372'036'854'720'000);
}

TEST_CASE("what is not a duration") {
    for (const char* text : {"",
                             "-",
                             "5",
                             "s",
                             "d1",
                             "5x",
                             "5S",
                             "1.5h",
                             "1h 30m",
                             "12h1d",
                             "1h1h",
                             "1s1m",
                             "1w",
                             "1y",
                             "+5m",
                             "--5m",
                             "1d-2h",
                             " 5m",
                             "5m ",
                             "5ms",
                             "1d,2h",
                             "99999999999999999999s",
                             "9223372036854775808s",
                             "106751991167301d",
                             "106751991167300d99999999h"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("every duration round trips") {
    std::mt19937_64 random{2};
    for (int i = 0; i < 30'000; ++i) {
        const auto any = static_cast<std::int64_t>(random() >> (random() % 63 + 1));
        const std::int64_t seconds = i % 2 == 0 ? any : -any;
        if (parse_duration(duration_text(seconds)) != seconds) FAIL(duration_text(seconds));
    }
    CHECK(duration_text(0) == "0s");
    CHECK(duration_text(90) == "1m30s");
    CHECK(duration_text(86'400) == "1d");
    CHECK(duration_text(-129'600) == "-1d12h");
    CHECK(duration_text(std::numeric_limits<std::int64_t>::min()) == "-106751991167300d15h30m8s");
}

TEST_CASE("weekdays") {
    CHECK(weekday_of(0) == 3);
    CHECK(weekday_of(*parse_date("2026-12-20")) == 6);
    CHECK(weekday_of(*parse_date("2026-12-21")) == 0);
    CHECK(weekday_of(*parse_date("0001-01-01")) == 0);
    for (std::int64_t day = -1'000; day < 1'000; ++day) {
        if (weekday_of(day + 1) != (weekday_of(day) + 1) % 7) FAIL(day);
    }
    CHECK(weekday_text(0) == "mon");
    CHECK(weekday_text(6) == "sun");
    CHECK(weekday_text(7) == "out of range");
    CHECK(weekday_text(-1) == "out of range");
}

}  // namespace proviso::model
