#include "simulator/replay/intents.h"

#include <ctime>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/history/digest.h"
#include "simulator/mapping/json_hash.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

std::uint64_t json_hash(const std::string& text) {
    JsonHasher hasher;
    return hasher.of(text);
}

IntentTable intents_of(const std::string& history, std::vector<std::string> key = {}) {
    Options options = options_for(history);
    options.baseline = sample_policy();
    options.policy = changed_policy();
    options.intent = std::move(key);
    const Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    return result.report.comparison.value().intents;
}

std::string refund_in(const std::string& run_name, const std::string& args,
                      const std::string& intent = "") {
    return R"({"tool": "issue_refund", "time": "2026-11-20T00:00:00Z", )" +
           (run_name.empty() ? "" : R"("workflow": {"run": ")" + run_name + R"("}, )") +
           (intent.empty() ? "" : R"("intent": ")" + intent + R"(", )") +
           R"("attributes": {"customer.tier": "gold"}, "args": )" + args + "}\n";
}

std::uint64_t all_of(const ClassTable& table) {
    std::uint64_t sum = 0;
    for (const auto& row : table) {
        for (const std::uint64_t count : row) sum += count;
    }
    return sum;
}

}  // namespace

TEST_CASE("a text's hash takes its bytes by eight, and what is left as one number") {
    std::string text;
    for (int size = 0; size < 40; ++size) {
        std::uint64_t hash = text.size() * 0x9e3779b97f4a7c15;
        std::size_t at = 0;
        for (; at + 8 <= text.size(); at += 8) {
            std::uint64_t word = 0;
            for (std::size_t i = 8; i > 0; --i) {
                word = word << 8 | static_cast<unsigned char>(text[at + i - 1]);
            }
            hash = spread(hash ^ word);
        }
        std::uint64_t rest = 0;
        for (; at < text.size(); ++at) rest = rest << 8 | static_cast<unsigned char>(text[at]);
        CHECK(text_hash(text) == spread(hash ^ rest));
        text += static_cast<char>(31 * size + 200);
    }
}

TEST_CASE("how JSON is written does not show in its hash, what it says does") {
    CHECK(json_hash(R"({"a": 1, "b": [true, null]})") ==
          json_hash(R"( {"b":[true,null],"a":1.0})"));
    CHECK(json_hash("12.5") == json_hash("125e-1"));
    CHECK(json_hash("1200") == json_hash("1.2E+3"));
    CHECK(json_hash("-0") == json_hash("0"));
    CHECK(json_hash(R"(["\u0061"])") == json_hash(R"(["a"])"));
    CHECK(json_hash("[1, 2]") != json_hash("[2, 1]"));
    CHECK(json_hash("[01]") != json_hash("[1]"));
    CHECK(json_hash(R"(["\u0061", 01])") != json_hash(R"(["a", 1])"));
    CHECK(json_hash(R"(["1"])") != json_hash("[1]"));
    CHECK(json_hash("-1") != json_hash("1"));
    CHECK(json_hash("10") != json_hash("1"));
    CHECK(json_hash(R"({"a": {}})") != json_hash(R"({"a": []})"));
    CHECK(json_hash(R"({"a": 1})") != json_hash(R"({"b": 1})"));
    // Numbers of any length, and documents with and without escapes, which are read in two ways.
    CHECK(json_hash("[100, 12.50, 0.0]") == json_hash("[1e2,1.25E1,-0]"));
    CHECK(json_hash("[123456789012345678]") == json_hash("[123456789012345678.000]"));
    CHECK(json_hash("[12345678901234567890]") == json_hash("[1234567890123456789e1]"));
    CHECK(json_hash("[12345678901234567890]") != json_hash("[12345678901234567891]"));
    CHECK(json_hash("[-1.5]") != json_hash("[1.5]"));
    CHECK(json_hash("[1.5]") != json_hash("[15]"));
    CHECK(json_hash(R"({"a": [1.50, {"b": "x"}], "c": true})") ==
          json_hash(R"({"c":true,"\u0061":[1.5,{"b":"\u0078"}]})"));
    CHECK(json_hash(R"(["a"])") != json_hash(R"(["b"])"));
    CHECK(json_hash(R"(["true"])") != json_hash("[true]"));
    // What is broken is itself, and nothing else.
    CHECK(json_hash("[1, 2") == json_hash("[1, 2"));
    CHECK(json_hash("[1, 2") != json_hash("[1, 3"));
    CHECK(json_hash(std::string(100, '[')) != json_hash(std::string(99, '[')));
}

TEST_CASE("an intent counts once in each cell that it fell in") {
    IntentSet set;
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        set.add(spread(i % 10), 0, 2);
        if (i % 10 == 3) set.add(spread(3), 1, 1);
    }
    const IntentTable made = set.table();
    CHECK(made.intents == 10);
    CHECK(made.one_in == 1);
    CHECK(made.table[0][2] == 10);
    CHECK(made.table[1][1] == 1);
    CHECK(all_of(made.table) == 11);
    CHECK(IntentSet{}.table().intents == 0);
}

TEST_CASE("past the bound a sample stands for all, the same in whatever pieces they come") {
    constexpr std::size_t bound = 500;
    constexpr std::uint64_t many = 20'000;
    IntentSet whole(bound);
    for (std::uint64_t i = 0; i < many; ++i) whole.add(spread(i), i % 5, 0);
    CHECK_FALSE(whole.exact());
    const IntentTable expected = whole.table();
    CHECK(expected.one_in >= many / bound);
    CHECK(expected.intents > many * 3 / 4);
    CHECK(expected.intents < many * 5 / 4);

    for (const std::uint64_t pieces : {2u, 7u}) {
        IntentSet merged(bound);
        for (std::uint64_t piece = pieces; piece-- > 0;) {
            IntentSet part(bound);
            for (std::uint64_t i = piece; i < many; i += pieces) part.add(spread(i), i % 5, 0);
            merged.merge(part);
        }
        CHECK(merged.table().intents == expected.intents);
        CHECK(merged.table().table == expected.table);
    }
    IntentSet full(bound);
    for (std::uint64_t i = 0; i < bound; ++i) full.add(spread(i), 0, 0);
    CHECK(full.exact());
    full.add(spread(0), 1, 1);
    CHECK(full.exact());
    full.add(spread(bound), 0, 0);
    CHECK_FALSE(full.exact());
}

TEST_CASE("sets come together in about the time that their intents took to come") {
    constexpr std::uint64_t many = 200'000;
    IntentSet parts[2];
    const std::clock_t begin = std::clock();
    for (std::uint64_t i = 0; i < many; ++i) parts[i % 2].add(spread(i), 0, 0);
    const std::clock_t counted = std::clock();
    IntentSet merged;
    for (const IntentSet& part : parts) merged.merge(part);
    const std::clock_t joined = std::clock();
    CHECK(merged.table().intents == many);
    CHECK(joined - counted < 10 * (counted - begin) + CLOCKS_PER_SEC / 10);
}

TEST_CASE("retries are one intent: the history's own, or a run's tool and arguments") {
    const TemporaryFolder folder;
    const std::string one = R"({"order_id": "A-1", "amount": 10})";
    const std::string again = R"({"amount": 10.0, "order_id": "A-1"})";
    const std::string other = R"({"order_id": "A-2", "amount": 10})";
    const IntentTable by_run =
        intents_of(folder.write("a", refund_in("r1", one) + refund_in("r1", again) +
                                         refund_in("r2", one) + refund_in("r1", other)));
    CHECK(by_run.intents == 3);
    CHECK(by_run.unkeyed == 0);
    CHECK(by_run.key == std::vector<std::string>{"intent", "run", "tool", "args"});
    const IntentTable named =
        intents_of(folder.write("b", refund_in("r1", one, "x") + refund_in("r2", other, "x") +
                                         refund_in("r2", other, "y")));
    CHECK(named.intents == 2);
    // Without a name and a run nobody can say that a call is a retry.
    const IntentTable none = intents_of(folder.write("c", refund_in("", one) + refund_in("", one)));
    CHECK(none.intents == 2);
    CHECK(none.unkeyed == 2);
    const IntentTable asked = intents_of(folder.path("a"), {"/args/order_id", "/absent"});
    CHECK(asked.intents == 2);
    CHECK(asked.unkeyed == 0);
    CHECK(intents_of(folder.path("a"), {"/absent"}).unkeyed == 4);
}

TEST_CASE("an intent's key is a pointer") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", refund_in("r", "{}")));
    options.intent = {"run"};
    CHECK(run(options).error == "`run` is no JSON pointer: write `/run` for a field of the line");
    options.intent = {"workflow.run"};
    CHECK(run(options).error ==
          "`workflow.run` is no JSON pointer: write `/workflow/run` for a field of the line");
}
