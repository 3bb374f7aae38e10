#include "cli/text.h"

#include <catch2/catch.hpp>

using namespace proviso::cli;  // NOLINT(google-build-using-namespace)

namespace {
constexpr auto mark = "\xEF\xBF\xBD";  // what stands for a character that is not shown
}

TEST_CASE("text from outside cannot steer a terminal") {
    CHECK(visible("plain, Käse, 日本") == "plain, Käse, 日本");
    CHECK(visible("\x1b[2J") == std::string(mark) + "[2J");
    CHECK(visible("a\rb\x7f") == std::string("a") + mark + "b" + mark);
    CHECK(visible(std::string_view("a\0b", 3)) == std::string("a") + mark + "b");
    CHECK(visible("\xC2\x9B"
                  "31m") == std::string(mark) + "31m");  // the one-character escape
    CHECK(visible("a\u202Eb\u2066c") == std::string("a") + mark + "b" + mark + "c");
    CHECK(visible("a\nb\tc") == "a b c");
    CHECK(visible("a\nb\tc", true) == "a\nb c");
}

TEST_CASE("bytes that are no UTF-8 are replaced one by one") {
    const std::string twice = std::string(mark) + mark;
    CHECK(visible("\xFF\xFE") == twice);
    CHECK(visible("\xC0\xAF") == twice);                  // overlong
    CHECK(visible("\xED\xA0\x80") == twice + mark);       // a surrogate
    CHECK(visible("\xF4\x90\x80\x80") == twice + twice);  // past the last code point
    CHECK(visible("a\xE2\x82") == "a" + twice);           // cut short
}

TEST_CASE("cells of a terminal") {
    CHECK(cells("") == 0);
    CHECK(cells("abc") == 3);
    CHECK(cells("Käse") == 4);
    CHECK(cells("日本") == 4);
    CHECK(cells("e\u0301") == 1);
    CHECK(pad("日", 4) == "日  ");
    CHECK(pad("long", 2) == "long");
}

TEST_CASE("lines break at blanks") {
    using Lines = std::vector<std::string>;
    CHECK(wrap("one two three", 0) == Lines{"one two three"});
    CHECK(wrap("one two three", 13) == Lines{"one two three"});
    CHECK(wrap("one two three", 12) == Lines{"one two", "three"});
    CHECK(wrap("one two three", 3) == Lines{"one", "two", "three"});
    CHECK(wrap("incomprehensible", 5) == Lines{"incomprehensible"});
    CHECK(wrap("", 5) == Lines{""});
}

TEST_CASE("durations and counts read as people write them") {
    CHECK(duration_text(0) == "0s");
    CHECK(duration_text(90) == "1m30s");
    CHECK(duration_text(86'400) == "24h");
    CHECK(duration_text(129'600) == "1d12h");
    CHECK(duration_text(172'800) == "2d");
    CHECK(count_text(0) == "0");
    CHECK(count_text(999) == "999");
    CHECK(count_text(1'000) == "1,000");
    CHECK(count_text(1'234'567) == "1,234,567");
    CHECK(counted(0, "error") == "no errors");
    CHECK(counted(1, "error") == "1 error");
    CHECK(counted(2'000, "error") == "2,000 errors");
}
