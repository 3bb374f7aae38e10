#include "tests/golden/golden_file.h"

#include <string_view>

#include <catch2/catch.hpp>

namespace {

using namespace proviso::golden;  // NOLINT(google-build-using-namespace): the subject of the test

constexpr std::string_view sample =
    "# two files and what becomes of them\n"
    "\n"
    "--- file: a.proviso\n"
    "policy a\n"
    "---- not a head\n"
    "\n"
    "--- file:b.proviso\n"
    "--- ast\n"
    "(policy a)\n";

}  // namespace

TEST_CASE("a golden file is printed as it was read") {
    const Parsed parsed = parse_golden(sample);
    CHECK(parsed.error.empty());
    CHECK(print_golden(parsed.file) == sample);
}

TEST_CASE("a text without a last line end is printed as it was read") {
    constexpr std::string_view text = "# case\n--- ast\n(policy";
    CHECK(print_golden(parse_golden(text).file) == text);
}

TEST_CASE("sections have a name, an argument and a body") {
    const GoldenFile file = parse_golden(sample).file;
    REQUIRE(file.sections.size() == 3);
    CHECK(file.sections[0].name == "file");
    CHECK(file.sections[0].argument == "a.proviso");
    CHECK(file.sections[0].body == "policy a\n---- not a head\n\n");
    CHECK(file.sections[1].argument == "b.proviso");
    CHECK(file.text("ast") == "(policy a)\n");
    CHECK(file.all("file").size() == 2);
    CHECK(file.find("diagnostics") == nullptr);
    CHECK(file.text("diagnostics").empty());
}

TEST_CASE("the first line says what the case shows") {
    CHECK_FALSE(parse_golden("--- ast\n").error.empty());
    CHECK_FALSE(parse_golden("").error.empty());
    CHECK(parse_golden("# case\n--- ast\n").error.empty());
}

TEST_CASE("a section without a name is an error") {
    CHECK(parse_golden("# case\n---\n").error == "a section has no name");
    CHECK(parse_golden("# case\n--- : argument\n").error == "a section has no name");
}

TEST_CASE("blank lines at the end of a body say nothing") {
    CHECK(same_body("a\n\n", "a"));
    CHECK(same_body("\n", ""));
    CHECK_FALSE(same_body("a\n\nb\n", "a\nb\n"));
    CHECK_FALSE(same_body(" a\n", "a\n"));
}

TEST_CASE("a rewritten body keeps the blank line before the next head") {
    CHECK(body_for("new", "old\n\n") == "new\n\n");
    CHECK(body_for("new\n", "old\n") == "new\n");
    CHECK(body_for("new", "") == "new\n");
    CHECK(body_for("", "old\n").empty());
    CHECK(body_for("new", "\n") == "new\n\n");
}
