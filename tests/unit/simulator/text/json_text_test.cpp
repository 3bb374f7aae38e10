#include "simulator/text/json_text.h"

#include <catch2/catch.hpp>

using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

std::string written(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

std::string value(std::string_view raw) {
    std::string out;
    append_json_value(out, raw);
    return out;
}

}  // namespace

TEST_CASE("strings are escaped as JSON wants it") {
    CHECK(written("plain ü") == R"("plain ü")");
    CHECK(written("a\"b\\c\n\r\t\x01\x1f") == R"("a\"b\\c\n\r\t\u0001\u001f")");
    CHECK(written("") == "\"\"");
}

TEST_CASE("values of a log are copied only where they are whole") {
    for (const char* whole : {"1", "-0.50", "1e9", "\"a\"", "\"a\\u00fc\"", "true", "null", "[1,2]",
                              "{\"a\": [0.10]}"}) {
        CHECK(value(whole) == whole);
    }
    for (const char* broken : {"", "tru", "01", "1.", "\"a", "[1", "{\"a\"}", "\"\\q\"", "1 2"}) {
        CHECK(value(broken) == "null");
    }
    CHECK(value(" 12 ") == "12");
    CHECK(value(std::string(100'000, '[')) == "null");
}

TEST_CASE("plain text is without quotes and escapes") {
    std::string scratch;
    CHECK(plain_text("\"abc\" ", scratch) == "abc");
    CHECK(plain_text("\"a\\\"\\u00fc\"", scratch) == "a\"ü");
    CHECK(plain_text("12.50", scratch) == "12.50");
    CHECK(plain_text("true", scratch) == "true");
}

TEST_CASE("numbers are as JSON writes them") {
    for (const char* yes : {"0", "-0", "10", "0.1", "1e5", "1E-5", "-12.5e+3"}) {
        CHECK(is_json_number(yes));
    }
    for (const char* no : {"", "-", "01", "1.", ".5", "1e", "+1", "0x1", "1_000", "NaN"}) {
        CHECK_FALSE(is_json_number(no));
    }
}
