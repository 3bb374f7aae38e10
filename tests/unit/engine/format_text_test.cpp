#include <catch2/catch.hpp>

#include "proviso/format.h"

using namespace proviso;

TEST_CASE("a text comes back in its form") {
    const FormatResult result = format_text("block b on x when  a==b # why");
    REQUIRE(result.formatted);
    CHECK(*result.formatted == "block b on x\n    when a == b  # why\n");
    CHECK(result.diagnostics.empty());
    CHECK(result.text.empty());
}

TEST_CASE("nothing has the form of nothing") {
    CHECK(format_text("").formatted == "");
    CHECK(format_text(" \n\t\n").formatted == "");
    CHECK(format_text("# a comment").formatted == "# a comment\n");
}

TEST_CASE("line ends become line feeds, and a byte order mark goes") {
    CHECK(format_text("\xEF\xBB\xBF# one\r\n\r\n\r\n# two\r\n").formatted == "# one\n\n# two\n");
    CHECK(format_text("let a = [\r\n  1, # one\r\n  2\r\n  ]\r\n").formatted ==
          "let a = [\n    1,  # one\n    2\n    ]\n");
    CHECK(format_text("block b on x\r\n  because \"{a # why\r\n\r\n  }\"\r\n").formatted ==
          "block b on x\n    because \"{a # why\n  }\"\n");
}

TEST_CASE("a text with mistakes has no form, and they are told") {
    const FormatResult result = format_text("block b on\n", "mine.proviso");
    CHECK(!result.formatted);
    REQUIRE(result.diagnostics.size() == 1);
    CHECK(result.diagnostics[0].file == "mine.proviso");
    CHECK(result.diagnostics[0].severity == Severity::error);
    CHECK(result.text.find("--> mine.proviso:1:11") != std::string::npos);
    CHECK(result.coloured_text.find("\x1b[") != std::string::npos);
}

TEST_CASE("bytes that are no text have no form") {
    CHECK(!format_text("# \xFF\n").formatted);
    CHECK(!format_text(std::string_view("# \0\n", 4)).formatted);
    CHECK(!format_text("# \xE2\x80\xAE\n").formatted);  // turns the direction of what follows
}

TEST_CASE("a text past its limits has no form") {
    Limits limits;
    limits.source_bytes = 10;
    CHECK(format_text("# 45678901", "a", limits).formatted);
    CHECK(!format_text("# 456789012", "a", limits).formatted);
    limits = {};
    limits.nesting = 3;
    CHECK(!format_text("let a = ((((1))))", "a", limits).formatted);
}
