#include "simulator/text/json_outline.h"

#include <catch2/catch.hpp>

using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

std::string why(std::string_view text) {
    JsonOutline outline;
    return std::string{outline.read(text)};
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("an outline tells where values begin and end, as they are written") {
    JsonOutline outline;
    REQUIRE(outline.read(R"( {"a" : 1.50, "b\u0062": [true, {"c": "x\"y"} ], "d": {}} )").empty());
    const auto a = outline.member(0, "a");
    REQUIRE(a.node);
    CHECK(outline.raw(*a.node) == "1.50");
    const auto b = outline.member(0, "bb");
    REQUIRE(b.node);
    CHECK(outline.raw(*b.node) == R"([true, {"c": "x\"y"} ])");
    CHECK(outline.raw(*b.node + 1) == "true");
    CHECK(outline.raw(*outline.member(*b.node + 2, "c").node) == R"("x\"y")");
    CHECK(outline.raw(*outline.member(0, "d").node) == "{}");
    CHECK_FALSE(outline.member(0, "c").node);
    CHECK_FALSE(outline.member(*a.node, "a").node);
}

TEST_CASE("a name that stands twice is told, however it is written") {
    JsonOutline outline;
    REQUIRE(outline.read(R"({"a": 1, "\u0061": 2})").empty());
    CHECK(outline.member(0, "a").twice);
}

TEST_CASE("what is not one JSON value has a reason") {
    for (const char* text : {"1", "\"a\"", "[]", "{}", "[[],{}]", "[1,2]", " null ", "-0.5e+3"}) {
        CHECK(why(text).empty());
    }
    CHECK(why("") == "the text ends within a value");
    CHECK(why("{\"a\":") == "the text ends within a value");
    CHECK(why("[1") == "the text ends within a value");
    CHECK(why("[1,") == "the text ends within a value");
    CHECK(why("[1,]") == "there is a comma at the end");
    CHECK(why("{\"a\":1,}") == "there is a comma at the end");
    CHECK(why("[1 2]") == "a comma is missing");
    CHECK(why("{\"a\" 1}") == "a colon is missing");
    CHECK(why("{a: 1}") == "a member has no name");
    CHECK(why("{1}") == "a member has no name");
    CHECK(why("[}") == "a value is no JSON");
    CHECK(why("[,1]") == "a value is no JSON");
    CHECK(why("nul") == "a value is no JSON");
    CHECK(why("01") == "a value is no JSON");
    CHECK(why("NaN") == "a value is no JSON");
    CHECK(why("{} {}") == "there is more than one value");
    CHECK(why("\"a") == "a text has no end");
    CHECK(why("\"a\\\"") == "a text has no end");
    CHECK(why(std::string_view{"\"a\nb\""}) == "a text has a control character");
}

TEST_CASE("nesting and the number of values are bounded") {
    CHECK(why(nested(outline_depth)).empty());
    CHECK(why(nested(outline_depth + 1)) == "the values are nested too deeply");
    std::string many = "[0";
    for (std::size_t i = 2; i < outline_values; ++i) many += ",0";
    CHECK(why(many + "]").empty());
    CHECK(why(many + ",0]") == "there are too many values");
}
