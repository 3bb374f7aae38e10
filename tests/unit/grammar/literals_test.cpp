#include "grammar/literals.h"

#include <limits>

#include <catch2/catch.hpp>

using namespace proviso::grammar;

TEST_CASE("escapes are decoded, pairs of surrogates joined, halves told of") {
    CHECK(decode_escapes(R"(a\"b\\c\/\n\r\t)", false).text == "a\"b\\c/\n\r\t");
    CHECK(decode_escapes(R"(\u0041\u00e9\u20ac\ud83d\ude00)", false).text ==
          "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK(decode_escapes(R"(x\ud800y)", false).lone_surrogate == R"(\ud800)");
    CHECK(decode_escapes(R"(\ud800\u0041)", false).lone_surrogate == R"(\ud800)");
    CHECK(decode_escapes(R"(\udc00)", false).lone_surrogate == R"(\udc00)");
    CHECK(decode_escapes("{{a}}", true).text == "{a}");
    CHECK(decode_escapes("{{a}}", false).text == "{{a}}");
}

TEST_CASE("durations are summed and do not overflow") {
    CHECK(duration_seconds("30s") == 30);
    CHECK(duration_seconds("1d12h") == 129'600);
    CHECK(duration_seconds("1d1h1m1s") == 90'061);
    CHECK(duration_seconds("0s") == 0);
    CHECK(duration_seconds("9223372036854775807s") == std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(duration_seconds("9223372036854775808s").has_value());
    CHECK_FALSE(duration_seconds("9223372036854775807m").has_value());
    CHECK_FALSE(duration_seconds("106751991167300d23h").has_value());
}

TEST_CASE("dates are those of the calendar") {
    CHECK(is_calendar_date("2026-12-31"));
    CHECK(is_calendar_date("2028-02-29"));
    CHECK(is_calendar_date("2000-02-29"));
    CHECK_FALSE(is_calendar_date("2100-02-29"));
    CHECK_FALSE(is_calendar_date("2026-02-29"));
    CHECK_FALSE(is_calendar_date("2026-04-31"));
    CHECK_FALSE(is_calendar_date("2026-00-10"));
    CHECK_FALSE(is_calendar_date("2026-13-10"));
    CHECK_FALSE(is_calendar_date("2026-01-00"));
    CHECK_FALSE(is_calendar_date("0000-01-01"));
}

TEST_CASE("hours and times of day exist") {
    CHECK(is_hour("23:59", false));
    CHECK_FALSE(is_hour("24:00", false));
    CHECK(is_hour("24:00", true));
    CHECK_FALSE(is_hour("24:01", true));
    CHECK_FALSE(is_hour("12:60", true));
    CHECK(minutes_of("09:30") == 570);
    CHECK(is_time_of_day("09:00Z"));
    CHECK(is_time_of_day("09:00:59.999+02:00"));
    CHECK_FALSE(is_time_of_day("09:00:60Z"));
    CHECK_FALSE(is_time_of_day("09:00+25:00"));
}

TEST_CASE("whole numbers fit or are nothing") {
    CHECK(whole_number("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(whole_number("9223372036854775808").has_value());
}
