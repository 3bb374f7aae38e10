// What the compiler folds is what the machine would have computed: each operation once over
// literals, and once over attributes whose defaults are the same values.
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

struct Operation {
    std::string_view type_a;
    std::string_view a;
    std::string_view type_b;
    std::string_view b;
    std::vector<std::string_view> tests;  // `A` and `B` stand for the operands
};

std::string filled(std::string_view test, std::string_view a, std::string_view b) {
    std::string text;
    for (const char c : test) {
        if (c == 'A') {
            text += a;
        } else if (c == 'B') {
            text += b;
        } else {
            text += c;
        }
    }
    return text;
}

enum class Answer { no, yes, unknown };

Answer answer_of(const Decision& decision, std::string_view rule) {
    for (const Match& match : decision.restrictions) {
        if (match.name == rule) return match.sure ? Answer::yes : Answer::unknown;
    }
    return Answer::no;
}

void check(const Operation& operation, std::string_view test) {
    const std::string head = "policy p version \"1\"\ncatalogue open\nattributes { aa : " +
                             std::string(operation.type_a) + " = " + std::string(operation.a) +
                             "\n    bb : " + std::string(operation.type_b) + " = " +
                             std::string(operation.b) + " }\n";
    const std::string text = head + "block folded on * when " +
                             filled(test, operation.a, operation.b) + "\nblock run on * when " +
                             filled(test, "aa", "bb") + "\n";
    const CompileResult result = compile_text(text);
    INFO(text << result.text);
    REQUIRE(result.policy != nullptr);
    const Engine engine(result.policy);
    Session session(engine);
    const Call call("t");
    session.decide(call);
    const Decision decision = session.decision();
    CHECK(answer_of(decision, "folded") == answer_of(decision, "run"));
}

const std::vector<std::string_view> orders{"A == B", "A != B", "A < B",      "A <= B",
                                           "A > B",  "A >= B", "not (A < B)"};

void check_all(std::string_view type, const std::vector<std::string_view>& values,
               const std::vector<std::string_view>& more) {
    for (const std::string_view a : values) {
        for (const std::string_view b : values) {
            for (const std::string_view test : orders) check({type, a, type, b, {}}, test);
            for (const std::string_view test : more) check({type, a, type, b, {}}, test);
        }
    }
}

}  // namespace

TEST_CASE("folded integers are those of the machine, overflow too") {
    check_all("int",
              {"0", "-1", "7", "3_037_000_500", "9_000_000_000_000_000_000",
               "-9_000_000_000_000_000_000"},
              {"A + B > 6", "A - B > 6", "A * B > 6", "A + B - B == A", "A in [7, B]",
               "A not in [7, -1]", "A > 0 and B > 0", "A > 0 or B > 0", "A * B * 0 == 0"});
}

TEST_CASE("folded decimals are those of the machine") {
    check_all("decimal", {"0.1", "0.2", "-0.5", "900000000000000000.5", "0.000000000000000001"},
              {"A + B == 0.3", "A - B > 0", "A * B < 1", "A in [0.10, B]", "A + 1 > B"});
}

TEST_CASE("folded money is that of the machine") {
    check_all("money in USD", {"0.10 USD", "0.2 USD", "-5 USD", "9_000_000_000_000_000 USD"},
              {"A + B == 0.3 USD", "A - B > 0 USD", "A * 3000 > B", "0.5 * A < B",
               "(A).amount > (B).amount", "A in [0.1 USD, B]"});
}

TEST_CASE("folded times, dates and durations are those of the machine") {
    check_all("duration", {"0s", "1d", "36h", "90s"}, {"A + B > 1d", "A - B > 1h", "A * 3 > B"});
    check_all("date", {"2026-12-20", "0001-01-01", "9999-12-31"},
              {"A - B > 3d", "A + 2d > B", "A - 36h > B", "2d + A > B"});
    check_all("time", {"2026-12-20T09:00Z", "0001-01-01T00:00Z", "2026-12-20T09:00:00.5Z"},
              {"A - B > 3d", "A + 90s > B", "A - 36h > B", "1h + A > B"});
}

TEST_CASE("folded texts are those of the machine") {
    check_all(
        "string", {R"("")", R"("a")", R"("ab")", R"("é")"},
        {R"(A like "a*")", R"(A not in ["a", B])", "length(A) > length(B)", "length(A) == 1"});
}

}  // namespace proviso
