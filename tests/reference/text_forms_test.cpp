// The reference's readers of dates, times, durations, addresses and globs, against known answers.
#include "tests/reference/text_forms.h"

#include <catch2/catch.hpp>

namespace proviso::reference {
namespace {

TEST_CASE("dates count days") {
    CHECK(read_date("1970-01-01") == 0);
    CHECK(read_date("1969-12-31") == -1);
    CHECK(read_date("2000-03-01") == 11017);
    CHECK(read_date("0001-01-01") == -719162);
    CHECK(read_date("9999-12-31") == 2932896);
    for (const char* text : {"2026-2-3", "2026-02-29", "2026-13-01", "0000-01-01", "2026-01-01x"}) {
        INFO(text);
        CHECK_FALSE(read_date(text));
    }
    CHECK(is_date(2932896));
    CHECK_FALSE(is_date(2932897));
    CHECK(is_date(-719162));
    CHECK_FALSE(is_date(-719163));
}

TEST_CASE("times are instants") {
    CHECK(read_time("1970-01-01T00:00Z") == 0);
    CHECK(read_time("1970-01-01T01:00:00.25+01:00") == 250'000);
    CHECK(read_time("2026-11-25T17:41:16Z") == 1'795'628'476'000'000);
    for (const char* text : {"2026-11-25T17:41:16", "2026-11-25T24:00Z", "2026-11-25T00:00:60Z",
                             "2026-11-25T00:00:00.1234567Z", "0001-01-01T00:00+01:00"}) {
        INFO(text);
        CHECK_FALSE(read_time(text));
    }
}

TEST_CASE("durations are seconds") {
    CHECK(read_duration("1d12h") == 129'600);
    CHECK(read_duration("-30s") == -30);
    for (const char* text : {"", "4", "h", "1h1d", "1h1h", "1.5h", "99999999999999999999s"}) {
        INFO(text);
        CHECK_FALSE(read_duration(text));
    }
}

TEST_CASE("addresses, weekdays, globs and code points") {
    CHECK(read_address("10.0.0.1") == read_address("::ffff:10.0.0.1"));
    CHECK(read_address("::1") == read_address("0:0:0:0:0:0:0:1"));
    CHECK_FALSE(read_address("010.0.0.1"));
    CHECK(read_weekday("sun") == 6);
    CHECK_FALSE(read_weekday("Sun"));
    CHECK(like("a.b.c", "a*c"));
    CHECK(like("", "*"));
    CHECK_FALSE(like("abc", "a*b"));
    CHECK(matches("DE12", "[A-Z]{2}[0-9]+"));
    CHECK_FALSE(matches("xDE12", "[A-Z]{2}[0-9]+"));
    CHECK(code_points("äöü€😀") == 5);
}

}  // namespace
}  // namespace proviso::reference
