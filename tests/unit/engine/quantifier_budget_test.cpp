// What counts against the budget of an outermost quantifier (docs/limits.md): its members and, for
// each, those of the quantifier inside it, once however often the code goes through them.
#include <string>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

/// Why `condition` is unknown of the lists `xs` of two members and `ys` of three; empty if known.
std::string unknown(const std::string& condition, std::size_t budget, const std::string& let = "") {
    CompileOptions options;
    options.limits.elements_visited = budget;
    const CompileResult compiled = compile_text(
        "policy p version \"1\"\ntool t { args { xs : [int]\n ys : [int]\n n : int? } }\n" + let +
            "\nallow all on t\nblock some on t when " + condition + "\n",
        "p.proviso", options);
    INFO(compiled.text);
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy, {.duties = {}, .limits = options.limits});
    Session session(engine);
    session.preview(Layout::native(), R"({"tool":"t","args":{"xs":[1,2],"ys":[3,4,5]}})");
    const Decision decision = session.decision();
    return decision.missing.empty() ? "" : decision.missing.front().cause;
}

}  // namespace

TEST_CASE("a quantifier pays for its members and for those of the one inside it") {
    const std::string nested = "any(x in args.xs: any(y in args.ys: x == y))";
    CHECK(unknown(nested, 2 + 2 * 3).empty());
    CHECK(unknown(nested, 2 + 2 * 3 - 1) == "over budget");
}

TEST_CASE("a quantifier that is compared with a condition is gone through once") {
    const std::string compared = "any(x in args.xs: all(y in args.ys: x > y) != (x > 9))";
    CHECK(unknown(compared, 2 + 2 * 3).empty());
    CHECK(unknown(compared, 2 + 2 * 3 - 1) == "over budget");
}

TEST_CASE("what is unknown of a member is looked for twice and paid for once") {
    const std::string condition = "any(x in args.xs: any(y in args.ys: y == args.n) != (x < 9))";
    CHECK(unknown(condition, 2 + 2 * 3) == "missing");
    CHECK(unknown(condition, 2 + 2 * 3 - 1) == "over budget");
}

TEST_CASE("a let that a quantifier reads has a budget of its own") {
    const std::string let = "let high = any(y in args.ys: y > 9)";
    CHECK(unknown("any(x in args.xs: high)", 3, let).empty());
    CHECK(unknown("any(x in args.xs: high)", 2, let) == "missing");
    const std::string after = "any(x in args.xs: high or any(y in args.ys: x == y))";
    CHECK(unknown(after, 2 + 2 * 3, let).empty());
    CHECK(unknown(after, 2 + 2 * 3 - 1, let) == "over budget");
}

}  // namespace proviso
