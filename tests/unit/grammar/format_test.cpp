#include "grammar/format.h"

#include <string>

#include <catch2/catch.hpp>

#include "grammar/parser.h"

using namespace proviso::grammar;

namespace {

bool same(std::string left, std::string right) {
    SourceMap sources;
    DiagnosticSink sink;
    const auto one = parse(sources, sources.add("one", std::move(left)), {}, sink);
    const auto other = parse(sources, sources.add("other", std::move(right)), {}, sink);
    REQUIRE(!sink.has_errors());
    return says_the_same(sources, one, other);
}

}  // namespace

TEST_CASE("texts say the same in another layout, and with their clauses in another order") {
    CHECK(same("block a on x\n  when b\n", "block a when b on x"));
    CHECK(same("# why\nblock a on x\n", "block a on x # why"));
    CHECK(same("tool x { tier operational tags a }\n", "tool x {\n tags a\n tier operational }\n"));
}

TEST_CASE("texts say something else with another word, number, bracket or comment") {
    CHECK(!same("block a on x\n", "block a on y\n"));
    CHECK(!same("block a on x when b > 1\n", "block a on x when b > 1.0\n"));
    CHECK(!same("block a on x when b\n", "block a on x when (b)\n"));
    CHECK(!same("block a on x\nblock b on x\n", "block b on x\nblock a on x\n"));
    CHECK(!same("block a on x # why\n", "block a on x\n"));
    CHECK(!same("block a on x # why\n", "block a on x # why not\n"));
    CHECK(!same("block a on x # why\n", "block a on x # why\n# why\n"));
    CHECK(!same("## why\nblock a on x\n", "# why\nblock a on x\n"));
}
