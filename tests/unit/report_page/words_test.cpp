#include "report_page/words.h"

#include <catch2/catch.hpp>

#include "simulator/report/interval_words.h"

using namespace proviso::report_page;  // NOLINT(google-build-using-namespace)

TEST_CASE("a day and a time are readable, and what is neither stays as it is") {
    CHECK(readable_date("2026-03-02") == "2 Mar 2026");
    CHECK(readable_date("2026-12-20") == "20 Dec 2026");
    CHECK(readable_date("2026-03-02T08:15:00Z") == "2 Mar 2026, 08:15 UTC");
    for (const char* other : {"", "2026", "2026-13-01", "2026-3-2", "2026-03-02 08:15"}) {
        CHECK(readable_date(other) == other);
    }
}

TEST_CASE("a duration has two units at most, rounded up") {
    CHECK(duration_words(0) == "0 s");
    CHECK(duration_words(119) == "119 s");
    CHECK(duration_words(121) == "3 min");
    CHECK(duration_words(7'140) == "119 min");
    CHECK(duration_words(7'141) == "2 h");
    CHECK(duration_words(7'260) == "2 h 1 min");
    CHECK(duration_words(172'740) == "47 h 59 min");
    CHECK(duration_words(172'741) == "2 d");
    CHECK(duration_words(3 * 86'400 + 1) == "3 d 1 h");
    CHECK(duration_cell({}, 5).html.empty());
}

TEST_CASE("bounds of a share are rounded away from each other") {
    CHECK(proviso::simulator::interval_words({0.8123, 0.9742}) == "81.2 to 97.5 %");
    CHECK(proviso::simulator::interval_words({}) == "0.0 to 100.0 %");
}

TEST_CASE("shares of a cap and money have commas") {
    CHECK(cap_share(871'234) == "87 %");
    CHECK(cap_share(12'340'000'000) == "1,234,000 %");
    CHECK(money_words("-1234.5", "USD") == "-1,234.5 USD");
    CHECK(money_words("12", "") == "12");
}
