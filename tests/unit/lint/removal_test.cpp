// What lint concludes from conditions, held against the engine: in generated sets, a rule that is
// called hidden (P1720) or said already (P1721), or an allow whose tests exclude each other
// (P1732), is taken out, and no decision over all values, the missing ones among them, may change.
#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "lint/lint.h"
#include "proviso/engine.h"
#include "proviso/policy.h"

namespace proviso {
namespace {

class Generator {
  public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    std::string head() {
        return "policy p version \"1\"\n"
               "attributes { n : int in 0 .. 3\n    e : a < b < c\n    f : bool\n    s : string }\n"
               "tool x { args { k : int in 0 .. 3 } }\n"
               "tool y { args { k : int? in 1 .. 2 } }\n"
               "role lead { }\nlet shared = n > 1 and s == \"p\"\n";
    }

    std::string rule(int number) {
        const std::string name = "r" + std::to_string(number);
        const int effect = below(4);
        const std::string tools = pick({"x", "y", "*", "*"});
        std::string text = pick({"allow", "notify", "gate", "block"}, effect) + " " + name +
                           " on " + tools + " when " + condition(2);
        if (below(4) == 0) text += " unless (" + condition(1) + ")";
        if (effect == 1) text += " tell lead within 1d";
        if (effect == 2) text += " by lead";
        return text + "\n";
    }

  private:
    int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }

    std::string pick(const std::vector<std::string>& words, int index) {
        return words[static_cast<std::size_t>(index)];
    }
    std::string pick(const std::vector<std::string>& words) {
        return pick(words, below(static_cast<int>(words.size())));
    }

    std::string test() {
        const std::string order = pick({"<", "<=", ">", ">=", "==", "!="});
        const std::string number = std::to_string(below(4));
        switch (below(8)) {
            case 0:
            case 1: return "n " + order + " " + number;
            case 2: return "args.k " + order + " " + number;
            case 3: return "e " + order + " " + pick({"a", "b", "c"});
            case 4: return pick({"e in [a, c]", "e not in [a, b]", "n in [0, 2]", "n in 1 .. 2"});
            case 5:
                return pick({"s == \"p\"", "s != \"p\"", "s in [\"p\", \"q\"]", "s like \"p*\""});
            case 6: return pick({"f", "not f", "shared", "not shared"});
            default: return pick({"n < args.k", "n >= args.k", "n + 1 > 2", "principal is lead"});
        }
    }

    std::string condition(int depth) {
        if (depth == 0 || below(3) == 0) return test();
        const std::string word = pick({" and ", " or "});
        std::string text = condition(depth - 1) + word + condition(depth - 1);
        text.insert(0, "(");
        text += ")";
        return below(5) == 0 ? "not " + text : text;
    }

    std::mt19937 random_;
};

/// All calls, each value missing in some.
std::vector<Call> calls() {
    std::vector<Call> all;
    const auto each = [](auto values, auto use) {
        for (const auto& value : values) use(value);
    };
    const std::array<std::optional<std::int64_t>, 5> numbers{std::nullopt, 0, 1, 2, 3};
    const std::array<std::optional<std::string>, 4> words{std::nullopt, "a", "b", "c"};
    const std::array<std::optional<std::string>, 4> texts{std::nullopt, "p", "q", "px"};
    const std::array<std::optional<bool>, 3> flags{std::nullopt, false, true};
    each(numbers, [&](const auto& n) {
        each(words, [&](const auto& e) {
            each(texts, [&](const auto& s) {
                each(flags, [&](const auto& f) {
                    each(numbers, [&](const auto& k) {
                        each(std::array{"x", "y"}, [&](const char* tool) {
                            Call call(tool);
                            if (n) call.attribute("n", *n);
                            if (e) call.attribute("e", *e);
                            if (s) call.attribute("s", *s);
                            if (f) call.attribute("f", *f);
                            if (f == true) call.principal("ann").principal_roles({"lead"});
                            if (f == false) call.principal("ann").principal_roles({});
                            if (k) call.arg("k", *k);
                            all.push_back(call);
                        });
                    });
                });
            });
        });
    });
    return all;
}

std::vector<Outcome> outcomes(const std::string& text, const std::vector<Call>& calls) {
    const CompileResult compiled = compile_text(text);
    INFO(text << compiled.text);
    REQUIRE(compiled.policy);
    const Engine engine(compiled.policy);
    Session session(engine);
    std::vector<Outcome> all;
    all.reserve(calls.size());
    for (const Call& call : calls) all.push_back(session.decide(call).outcome);
    return all;
}

/// The first name in backticks.
std::string named(const Diagnostic& finding) {
    const std::size_t begin = finding.message.find('`') + 1;
    return finding.message.substr(begin, finding.message.find('`', begin) - begin);
}

bool takes_nothing(const Diagnostic& finding, const std::string& rule) {
    const bool allow = rule.starts_with("allow");
    return finding.code == "P1720" || finding.code == "P1721" || (finding.code == "P1732" && allow);
}

TEST_CASE("a rule that decides nothing may be taken out") {
    const std::vector<Call> all = calls();
    std::size_t taken_out = 0;
    for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
        Generator generator(seed);
        const std::string head = generator.head();
        std::vector<std::string> rules;
        std::string text = head;
        for (int i = 0; i < 6; ++i) {
            rules.push_back(generator.rule(i));
            text += rules.back();
        }
        const lint::Result result = lint::lint_sources({{"p.proviso", text}});
        INFO(text << result.text);
        REQUIRE(result.checked);
        std::vector<Outcome> before;
        for (const Diagnostic& finding : result.findings) {
            const std::string name = named(finding);
            if (name.size() != 2 || name[0] != 'r') continue;
            const auto index = static_cast<std::size_t>(name[1] - '0');
            if (!takes_nothing(finding, rules[index])) continue;
            if (before.empty()) before = outcomes(text, all);
            std::string without = head;
            for (std::size_t i = 0; i < rules.size(); ++i) {
                if (i != index) without += rules[i];
            }
            INFO(finding.message);
            REQUIRE(outcomes(without, all) == before);
            ++taken_out;
        }
    }
    CHECK(taken_out > 500);
}

}  // namespace
}  // namespace proviso
