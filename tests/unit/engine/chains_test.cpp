// Chains of operators of any length: no recursion in the compiler, and an explanation whose code
// does not grow with the square of the chain. Conditions within conditions: no doubling.
#include <functional>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

std::string chain(std::string_view first, std::string_view link, int length,
                  std::string_view last) {
    std::string text =
        "policy p version \"1\"\ntool x { args { n : int? } }\nattributes { a : int }\n"
        "block c on x when (";
    text += first;
    for (int i = 1; i < length; ++i) text += link;
    return text + std::string(last) + "\n";
}

}  // namespace

TEST_CASE("long chains of operators are compiled without deep recursion") {
    constexpr int length = 100'000;
    CHECK(compile_text(chain("a", "\n    + a", length, ") > 5")).policy != nullptr);
    CHECK(compile_text(chain("args.n", "\n    ?? args.n", length, " ?? 1) > 5")).policy != nullptr);
}

TEST_CASE("the explanation of a chain has a budget of code") {
    const auto size = [](int length) {
        const CompileResult result = compile_text(chain("a", "\n    + a", length, ") > 5"));
        REQUIRE(result.policy != nullptr);
        return result.policy->save().size();
    };
    // Some 16 bytes an instruction: the chain in the rule, in its explanation, and the budget.
    CHECK(size(50'000) < 16 * (4 * 50'000 + 65'536) + 1'000'000);
}

namespace {

/// Rules whose condition holds another one as many levels down: compared with it, as a member of a
/// list, as the key of a table.
std::string nested(int levels, const std::function<std::string(const std::string&)>& around) {
    std::string text =
        "policy p version \"1\"\ntool x { }\nattributes { a : bool\n    n : int }\n"
        "table t by bool : bool {\n    true | false |\n    false | true |\n}\n"
        "allow r on x when ";
    std::string condition = "(n > 0)";
    for (int i = 0; i < levels; ++i) condition = around(condition);
    return text + condition + "\n";
}

void check_nested(const std::function<std::string(const std::string&)>& around) {
    const auto compiled = [&](int levels) {
        const CompileResult result = compile_text(nested(levels, around));
        INFO(result.text);
        REQUIRE(result.policy != nullptr);
        return result.policy;
    };
    CHECK(compiled(60)->save().size() < 12 * compiled(10)->save().size());
    const Engine engine(compiled(60));
    Session session(engine);
    Call call("x");
    call.attribute("a", true);
    CHECK(session.decide(call).reason == Reason::missing_data);
    call.attribute("n", 1);
    CHECK(session.decide(call).best_case == session.decide(call).outcome);
}

}  // namespace

TEST_CASE("conditions within conditions neither double the code nor the time at each level") {
    check_nested([](const std::string& inner) { return "(" + inner + " == (n > 1))"; });
    check_nested([](const std::string& inner) { return "(a != " + inner + ")"; });
    check_nested([](const std::string& inner) { return "(a in [" + inner + ", not a])"; });
    check_nested([](const std::string& inner) { return "(" + inner + " in [a, n > 2])"; });
    check_nested([](const std::string& inner) { return "t[not " + inner + "]"; });
}

}  // namespace proviso
