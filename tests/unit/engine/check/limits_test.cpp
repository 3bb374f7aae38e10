// Every limit of the checker at its value and one past it, and sizes that must not hurt.

#include <functional>

#include <catch2/catch.hpp>

#include "tests/unit/engine/check/checked.h"

namespace proviso::check {
namespace {

const std::string one_rule = "policy p version \"1\"\ntool x { }\nblock b on x\n";

std::string many(int count, const std::function<std::string(int)>& each) {
    std::string text = one_rule;
    for (int i = 0; i < count; ++i) text += each(i);
    return text;
}

/// Two of the thing are fine with a limit of two, and too many with a limit of one.
void check_limit(const std::string& text, const std::function<void(Limits&, std::size_t)>& set,
                 std::size_t exact) {
    Limits limits;
    set(limits, exact);
    CHECK(check_text(text, limits).set);
    set(limits, exact - 1);
    const Checked past = check_text(text, limits);
    CHECK_FALSE(past.set);
    CHECK(has_code(past, "P1901"));
}

}  // namespace

TEST_CASE("limits hold at their value and not past it") {
    check_limit(
        one_rule + "role a { }\nrole c { }\n",
        [](Limits& limits, std::size_t n) { limits.roles = n; }, 2);
    check_limit(
        one_rule + "role a { }\nrole c extends a { }\nrole d extends c { }\n",
        [](Limits& limits, std::size_t n) { limits.role_depth = n; }, 3);
    check_limit(
        one_rule + "attributes { e : one | two | three }\n",
        [](Limits& limits, std::size_t n) { limits.enum_words = n; }, 3);
    check_limit(
        one_rule +
            "window a = mon, 2026-12-25, fri 09:00..10:00 in \"UTC\"\n"
            "window v = a, sun except a in \"UTC\"\n",
        [](Limits& limits, std::size_t n) { limits.window_parts = n; }, 9);
    check_limit(
        one_rule + "window a = mon in \"UTC\"\nwindow v = tue except a in \"UTC\"\n" +
            "window w = wed except v in \"UTC\"\n",
        [](Limits& limits, std::size_t n) { limits.window_depth = n; }, 3);
    check_limit(
        one_rule + "attributes { e : int\n    f : int }\n",
        [](Limits& limits, std::size_t n) { limits.attributes = n; }, 2);
    check_limit(
        one_rule + "tool y { }\ntool z { }\n",
        [](Limits& limits, std::size_t n) { limits.tools = n; }, 3);
    check_limit(
        one_rule + "block c on x\nblock d on x\n",
        [](Limits& limits, std::size_t n) { limits.rules = n; }, 3);
    check_limit(
        one_rule + "attributes { s : string matches r\"abcd\" }\n",
        [](Limits& limits, std::size_t n) { limits.regex_bytes = n; }, 4);
    check_limit(
        one_rule +
            "attributes { f : bool }\nmatrix m by f {\n    true | block |\n"
            "    false | allow |\n}\n",
        [](Limits& limits, std::size_t n) { limits.matrix_cells = n; }, 2);
}

TEST_CASE("lets within each other have a limit, and so have quantifiers and conditions as values") {
    const auto refused = [](const std::string& text, std::size_t depth) {
        Limits limits;
        limits.let_depth = depth;
        const Checked checked = check_text(text, limits);
        CHECK(checked.set.has_value() != has_code(checked, "P1240"));
        return !checked.set.has_value();
    };
    const auto check_depth = [&](const std::string& text, std::size_t exact) {
        INFO(text);
        CHECK_FALSE(refused(text, exact));
        CHECK(refused(text, exact - 1));
    };
    const std::string tool =
        "policy p version \"1\"\ntool x { args { n : int, xs : [int], f : bool? } }\n";
    check_depth(tool + "let a = args.n > 1\nlet b = a\nlet c = b\nblock r on x when c\n", 3);
    check_depth(tool + "let a = args.n + 1\nlet b = a + a\nblock r on x when b > 3\n", 2);
    check_depth(tool + "block r on x when any(m in args.xs: any(o in args.xs: o > m))\n", 2);
    check_depth(tool + "block r on x when args.f ?? (args.n > 2)\n", 1);
    CHECK_FALSE(refused(tool + "block r on x when args.f ?? args.f ?? args.f ?? true\n", 0));
    check_depth(tool +
                    "let a = args.f ?? (args.n > 2)\nlet b = any(m in args.xs: a and m > 1)\n"
                    "block r on x when args.n > 1 and b\n",
                4);
}

TEST_CASE("long chains of operators are checked without deep recursion") {
    constexpr int length = 100'000;
    std::string ors = one_rule + "attributes { n : int }\nblock c on x when n == 0";
    std::string sums = one_rule + "attributes { n : int }\nblock c on x when n";
    for (int i = 1; i < length; ++i) ors += "\n    or n == " + std::to_string(i);
    for (int i = 1; i < length; ++i) sums += "\n    + n";
    CHECK(check_text(ors + "\n").set);
    CHECK(check_text(sums + " > 5\n").set);
}

TEST_CASE("long chains of lets, types and roles end") {
    constexpr int length = 10'000;
    const auto number = [](int i) { return std::to_string(i); };
    const std::string lets = many(length, [&](int i) {
        return i == 0 ? std::string("let l0 = stage == execute\n")
                      : "let l" + number(i) + " = l" + number(i - 1) + "\n";
    });
    CHECK(has_code(check_text(lets), "P1240"));
    const std::string types = many(length, [&](int i) {
        return i == 0 ? std::string("type t0 = int\n")
                      : "type t" + number(i) + " = t" + number(i - 1) + "\n";
    });
    CHECK(check_text(types).set);
    const std::string circle = many(length, [&](int i) {
        return "let l" + number(i) + " = l" + number((i + 1) % length) + "\n";
    });
    CHECK(has_code(check_text(circle), "P1229"));
}

TEST_CASE("lets that double at each step are elaborated once") {
    std::string text = one_rule + "let l0 = tier >= operational\n";
    for (int i = 1; i < 60; ++i) {
        const std::string before = "l" + std::to_string(i - 1);
        text += "let l" + std::to_string(i) + " = " + before + " and " + before + "\n";
    }
    const Checked checked = check_text(text + "block c on x when l59\n");
    REQUIRE(checked.set);
    CHECK(checked.set->shared.size() == 60);
}

TEST_CASE("rules that are about the same tools share a target set") {
    const std::string text = many(1'000, [](int i) {
        return "block r" + std::to_string(i) + (i % 2 == 0 ? " on *\n" : " on x, x\n");
    });
    const Checked checked = check_text(text);
    REQUIRE(checked.set);
    CHECK(checked.set->target_sets.size() == 1);
}

TEST_CASE("no set at all is an error, not a crash") {
    CHECK_FALSE(check_texts({}).set);
    CHECK_FALSE(check_text("").set);
    CHECK_FALSE(check_text("nonsense").set);
}

}  // namespace proviso::check
