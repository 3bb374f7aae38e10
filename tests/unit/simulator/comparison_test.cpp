
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/render/comparison_words.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

std::string refund(const std::string& id, int amount, const std::string& tier,
                   const std::string& recorded) {
    std::string text = R"({"id": ")" + id + R"(", "time": "2026-11-20T00:00:00Z", )" +
                       R"("tool": "issue_refund", "args": {"order_id": "A-1", "amount": )" +
                       std::to_string(amount) + "}";
    if (!tier.empty()) text += R"(, "attributes": {"customer.tier": ")" + tier + "\"}";
    if (!recorded.empty()) text += R"(, "recorded": {"outcome": ")" + recorded + "\"}";
    return text + "}\n";
}

/// allow, notify; gate only of the candidate; gate only of the baseline; gate of both; unknown.
std::string small_history() {
    return refund("same", 10, "gold", "allow") + refund("noted", 100, "gold", "allow") +
           refund("tighter", 450, "gold", "notify") + refund("looser", 30, "free", "gate") +
           refund("held", 800, "gold", "") + refund("unclear", 30, "", "odd");
}

/// The changed policy as the candidate: gates from 400 on, free customers from 450 on.
Comparison compared(const std::string& history, const std::string& changes = "") {
    Options options = options_for(history);
    options.baseline = sample_policy();
    options.policy = changed_policy();
    options.changes = changes;
    const Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    return result.report.comparison.value();
}

std::uint64_t cell(const Comparison& made, Outcome before, Outcome after) {
    return made.table[static_cast<std::size_t>(before)][static_cast<std::size_t>(after)];
}

}  // namespace

TEST_CASE("a policy against its baseline, call by call") {
    const TemporaryFolder folder;
    const Comparison made = compared(folder.write("h", small_history()));
    CHECK(made.baseline_hash == sample_policy()->hash());
    CHECK(cell(made, Outcome::allow, Outcome::allow) == 1);
    CHECK(cell(made, Outcome::notify, Outcome::notify) == 1);
    CHECK(cell(made, Outcome::notify, Outcome::gate) == 1);
    CHECK(cell(made, Outcome::gate, Outcome::allow) == 1);
    CHECK(cell(made, Outcome::gate, Outcome::gate) == 1);
    // The tier of the last one decides by the baseline; below 450 it no longer matters.
    CHECK(made.table[unknown_class][static_cast<std::size_t>(Outcome::allow)] == 1);
    CHECK(made.of(Change::none) == 3);
    CHECK(made.of(Change::tighter) == 1);
    CHECK(made.of(Change::looser) == 2);
    CHECK(made.newly_allowed == 2);
    CHECK(made.newly_blocked == 0);
}

TEST_CASE("fidelity is of readable records alone, and of the baseline") {
    const TemporaryFolder folder;
    const Comparison made = compared(folder.write("h", small_history()));
    CHECK(made.recorded == 4);
    CHECK(made.as_recorded == 3);  // "noted" was allowed, and is a notify
    Report report;
    report.comparison = made;
    CHECK(fidelity_of(report) ==
          "baseline fidelity 75.0 %: of 4 recorded calls the baseline decides 3 as recorded");
    report.comparison.emplace();
    CHECK(fidelity_of(report) == "baseline fidelity: nothing is recorded to hold it against");
    report.recorded.emplace().unreadable = 1;
    CHECK(fidelity_of(report) ==
          "baseline fidelity: not known, as no recorded outcome is in words that are known");
}

TEST_CASE("recorded words that are no outcome are named, with what to write") {
    Report report;
    CHECK(unknown_words_of(report).empty());
    Recorded& recorded = report.recorded.emplace();
    recorded.unreadable = 50;
    recorded.unknown_words = {{"approved", 30}, {"denied", 10}};
    CHECK(unknown_words_of(report) ==
          std::vector<std::string>{
              "50 recorded outcomes are in words that are no outcome:",
              "approved (30), denied (10), others (10)",
              "known are allow, notify, gate, block; a mapping file (--map) explains others:",
              "recorded: {outcome: {pointer: …, words: {approved: …, denied: …}}}",
              "approved is what people said: for that, `verdict` in place of `outcome`"});
}

TEST_CASE("what newly goes through is told in calls and in money") {
    Comparison made;
    CHECK(freed_of(made) == "no call newly goes through without a person; 0 newly blocked");
    made.newly_allowed = 1;
    made.newly_blocked = 2;
    CHECK(freed_of(made) == "1 call newly goes through without a person; 2 newly blocked");
    made.newly_allowed = 1200;
    for (const char* currency : {"USD", "", "EUR", "CHF"}) {
        MoneyTable& money = made.money.emplace_back();
        money.currency = currency;
        money.newly_allowed = "1234.5";
        money.newly_allowed_calls = 300;
    }
    made.money[1].newly_allowed_calls = 0;
    CHECK(freed_of(made) ==
          "1,200 calls with 1,234.5 USD and 1,234.5 EUR and 1,234.5 CHF (in 900 of them) newly go "
          "through without a person; 2 newly blocked");
}

TEST_CASE("a change is put down to the rule that holds the call more") {
    const TemporaryFolder folder;
    const Comparison made = compared(folder.write("h", small_history()));
    REQUIRE(made.rules.size() == 2);
    CHECK(made.rules[0].change == Change::looser);
    CHECK(made.rules[0].rule == "free_tier");
    CHECK(made.rules[0].calls == 2);
    CHECK(made.rules[1].change == Change::tighter);
    CHECK(made.rules[1].rule == "large_refund");
    const auto& tighter = made.samples[static_cast<std::size_t>(Change::tighter)];
    REQUIRE(tighter.size() == 1);
    CHECK(tighter[0].after.id == "tighter");
    CHECK(tighter[0].after.line == 3);
    CHECK(tighter[0].before.outcome == Outcome::notify);
    CHECK(tighter[0].before.rules.at(0).name == "medium_refund");
    CHECK(tighter[0].after.rules.at(0).name == "large_refund");
}

TEST_CASE("a rule on trial is no cause of a change") {
    const TemporaryFolder folder;
    const std::string rules =
        "policy p version \"1\"\ntool pay { args { amount : int } }\nrole lead { }\n"
        "allow pays on pay\n";
    const CompileResult tighter =
        compile_text(rules +
                     "gate large on pay when args.amount > 10 by lead\n"
                     "trial until 2030-01-01 gate tried on pay when args.amount > 5 by lead\n");
    REQUIRE(tighter.policy != nullptr);
    Options options = options_for(folder.write(
        "h", R"({"tool": "pay", "time": "2026-11-20T00:00:00Z", "args": {"amount": 12}})"));
    options.baseline = compile_text(rules).policy;
    options.policy = tighter.policy;
    const Result result = run(options);
    REQUIRE(result.ok());
    const Comparison& made = result.report.comparison.value();
    REQUIRE(made.rules.size() == 1);
    CHECK(made.rules[0].change == Change::tighter);
    CHECK(made.rules[0].rule == "large");
}

TEST_CASE("every changed call is written, and no other") {
    const TemporaryFolder folder;
    const std::string path = folder.path("changes.jsonl");
    (void)compared(folder.write("h", small_history()), path);
    const std::string text = read_file(path);
    CHECK(std::count(text.begin(), text.end(), '\n') == 3);
    CHECK(text.find(R"("id": "looser", "tool": "issue_refund", "change": "looser", )"
                    R"("before": {"outcome": "gate", "reason": "rule")") != std::string::npos);
    CHECK(text.find(R"("line": 3, "id": "tighter")") != std::string::npos);
    CHECK(text.find("\"same\"") == std::string::npos);
}

TEST_CASE("changed calls need a baseline") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", small_history()));
    options.changes = folder.path("changes.jsonl");
    CHECK(run(options).failure == Failure::usage);
}

TEST_CASE("a policy against itself changes nothing") {
    const TemporaryFolder folder;
    for (const PolicyPtr& policy : {sample_policy(), changed_policy()}) {
        Options options = options_for(folder.write("h", sample_history(3'000)));
        options.policy = policy;
        options.baseline = policy;
        options.threads = 2;
        const Result result = run(options);
        REQUIRE(result.ok());
        const Comparison& made = result.report.comparison.value();
        CHECK(made.of(Change::none) == result.report.counts.calls());
        CHECK(made.of(Change::tighter) + made.of(Change::looser) == 0);
        CHECK(made.newly_allowed + made.newly_blocked == 0);
        CHECK(made.rules.empty());
        for (std::size_t i = 0; i < class_count; ++i) {
            for (std::size_t j = 0; j < class_count; ++j) {
                if (i == j) continue;
                CHECK(made.table[i][j] == 0);
                CHECK(made.intents.table[i][j] == 0);
                for (const MoneyTable& money : made.money) CHECK(money.sums[i][j] == "0");
            }
        }
        CHECK(made.table[unknown_class][unknown_class] == result.report.counts.unknown_calls());
    }
}

TEST_CASE("the baseline is part of the digest") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", small_history()));
    const std::string alone = run(options).report.digest;
    options.baseline = sample_policy();
    const std::string same = run(options).report.digest;
    options.baseline = changed_policy();
    const std::string changed = run(options).report.digest;
    CHECK(alone != same);
    CHECK(same != changed);
}
