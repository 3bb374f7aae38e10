#include "grammar/tokens_before.h"

#include <catch2/catch.hpp>

using namespace proviso::grammar;

TEST_CASE("tokens before a place, nearest first, with open brackets") {
    const std::string_view text = "when (a and [b, \"x ] )\"] # ( comment\n  and c";
    const Before before = tokens_before(text, 0, static_cast<std::uint32_t>(text.size()));
    CHECK(text.substr(before.last[0].begin, 1) == "c");
    CHECK(text.substr(before.last[1].begin, 3) == "and");
    REQUIRE(before.innermost().has_value());
    CHECK(*before.innermost() == 5);
    CHECK_FALSE(before.open_string.has_value());
}

TEST_CASE("a string that is open at the place is told of") {
    const std::string_view text = "because \"never closed";
    const Before before = tokens_before(text, 0, static_cast<std::uint32_t>(text.size()));
    CHECK(before.open_string == 8U);
}

TEST_CASE("what stands at a place is described for people") {
    CHECK(describe("when", token_at("when", 0)) == "`when`");
    CHECK(describe("\"x\"", token_at("\"x\"", 0)) == "a string");
    CHECK(describe("5.5 x", token_at("5.5 x", 0)) == "`5.5`");
    CHECK(describe("=> b", token_at("=> b", 0)) == "`=>`");
    CHECK(describe("", token_at("", 0)) == "the end of the file");
    CHECK(describe("\r\n", token_at("\r\n", 0)) == "the end of the statement");
}
