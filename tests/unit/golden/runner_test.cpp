#include "tests/golden/runner.h"

#include <stdexcept>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/golden/diff.h"

namespace {

using namespace proviso::golden;  // NOLINT(google-build-using-namespace): the subject of the test

Registry sample_registry() {
    Registry registry;
    registry.given("word");
    registry.set_stage("spell");
    registry.produced("letters", [](const GoldenFile& file) {
        std::string text;
        for (const char letter : file.text("word")) {
            if (letter != '\n') text += std::string{letter} + '\n';
        }
        return text;
    });
    registry.produced("asked", [](const GoldenFile& file) { return file.asked().argument; });
    registry.produced("fails",
                      [](const GoldenFile&) -> std::string { throw std::runtime_error("no"); });
    registry.produced("head", [](const GoldenFile&) { return "a\n--- b\n"; });
    return registry;
}

std::string outcome(std::string_view text) {
    Parsed parsed = parse_golden(text);
    REQUIRE(parsed.error.empty());
    parsed.file.stage = "spell";
    return produce(parsed.file, sample_registry());
}

}  // namespace

TEST_CASE("a case passes where the sections are as they are made") {
    CHECK(outcome("# case\n--- word\nab\n--- letters\na\nb\n").empty());
    CHECK(outcome("# case\n--- asked: one\none\n\n--- asked: two\ntwo\n").empty());
}

TEST_CASE("a case fails where a section differs, and holds the new text") {
    Parsed parsed = parse_golden("# case\n--- word\nab\n\n--- letters\na\nc\n");
    parsed.file.stage = "spell";
    CHECK(produce(parsed.file, sample_registry()) ==
          "  `letters` differs: - the file, + what is made\n     a\n    -c\n    +b\n");
    CHECK(print_golden(parsed.file) == "# case\n--- word\nab\n\n--- letters\na\nb\n");
}

TEST_CASE("a case that nobody checks fails") {
    CHECK(outcome("# case\n--- word\nab\n") == "no section of it is produced");
    CHECK(outcome("# case\n") == "no section of it is produced");
    CHECK(outcome("# case\n--- letter\na\n") == "no stage knows a section `letter`");
}

TEST_CASE("a producer that throws fails its case") {
    CHECK(outcome("# case\n--- fails\n") == "`fails` cannot be made: no");
}

TEST_CASE("a producer cannot start a section") {
    CHECK(outcome("# case\n--- head\n") == "`head` makes a line that starts a section");
}

TEST_CASE("a stage prefers its own producer") {
    Registry registry;
    registry.set_stage("one");
    registry.produced("ast", [](const GoldenFile&) { return "one"; });
    REQUIRE(registry.find("two", "ast") != nullptr);
    registry.set_stage("two");
    registry.produced("ast", [](const GoldenFile&) { return "two"; });
    REQUIRE(registry.find("two", "ast") != nullptr);
    CHECK((*registry.find("two", "ast"))({}) == "two");
    CHECK(registry.find("three", "ast") == nullptr);
}

TEST_CASE("a difference shows two lines around each change") {
    CHECK(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\nx\n5\n6\n7\n8\n9\n10\n") ==
          "     2\n     3\n    -4\n    +x\n     5\n     6\n    @@\n     8\n     9\n    +10\n");
    CHECK(line_diff("", "a") == "    +a\n");
    CHECK(line_diff("same", "same").empty());
}
