// Chains of operators of any length: no recursion in the compiler, and an explanation whose code
// does not grow with the square of the chain.
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

}  // namespace proviso
