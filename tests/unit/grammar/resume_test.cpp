#include "grammar/resume.h"

#include <catch2/catch.hpp>

using namespace proviso::grammar;

namespace {

std::uint32_t place(std::string_view text, std::string_view part) {
    return static_cast<std::uint32_t>(text.find(part));
}

}  // namespace

TEST_CASE("a broken rule goes on at its next clause") {
    const std::string_view text = "gate a on b\n    when x = 5\n      y\n    by c\nallow d on e\n";
    const Resume next = find_resume(text, place(text, "= 5"), 0, 0, "gate", false);
    CHECK(next.part == Part::rule_clauses);
    CHECK(next.line == place(text, "    by"));
}

TEST_CASE("a clause that the parse stopped at is tried once") {
    const std::string_view text = "gate a on\n    by c\nallow d on e\n";
    const Resume next = find_resume(text, place(text, "by"), 0, 0, "gate", false);
    CHECK(next.line == place(text, "    by"));
    CHECK(find_resume(text, place(text, "by"), next.line, 0, "gate", false).part == Part::none);
}

TEST_CASE("blocks go on at fields, rows and items, not behind their end") {
    const std::string_view fields = "attributes {\n  a = int\n  b : int\n}\n";
    CHECK(find_resume(fields, place(fields, "="), 0, 0, "attributes", false).line ==
          place(fields, "  b"));
    const std::string_view rows = "matrix m by t {\n  a | alow |\n  b | block |\n}\n";
    CHECK(find_resume(rows, place(rows, "alow"), 0, 0, "matrix", false).part == Part::matrix_rows);
    const std::string_view ended = "role r {\n  can\n}\nallow a on b\n";
    CHECK(find_resume(ended, place(ended, "}"), 0, 0, "role", false).part == Part::none);
    const std::string_view unopened = "tool t tier\n  stages x\n";
    CHECK(find_resume(unopened, place(unopened, "tier"), 0, 0, "tool", false).part == Part::none);
}

TEST_CASE("the next statement starts in column one") {
    const std::string_view text = "gate a\n  x\n}\n# c\n\nfoo\nallow b on c\n";
    CHECK(next_statement(text, 5, 0, true) == place(text, "foo"));
    CHECK(next_statement(text, 5, 0, false) == place(text, "allow"));
    CHECK(next_statement(text, place(text, "allow"), place(text, "allow"), true) == text.size());
}
