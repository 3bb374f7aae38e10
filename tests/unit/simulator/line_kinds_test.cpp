// Lines whose kind is found by their columns are of the kind that deciding them makes.
#include "simulator/replay/line_kinds.h"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/figures/amounts.h"
#include "simulator/history/blocks.h"
#include "simulator/history/pack_history.h"
#include "simulator/mapping/recorded_answers.h"
#include "simulator/replay/line_at_hand.h"
#include "simulator/replay/setup.h"
#include "simulator/text/json_text.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* shop_head = R"(policy shop version "1"
attributes {
    site   : north | south | east
    level  : free < silver < gold
    risk   : decimal in 0 .. 1
    seats  : int
    trusted: bool
    since  : time
    vendor : string
    hidden : string?
}
tool pay { stages propose, execute args { amount : money in EUR, items : int, note : string? } }
tool send { args { count : int in 0 .. 50, to : string } }
tool look { args { } }
role lead { }
role clerk { }
)";

constexpr const char* shop_rules = R"(
allow all on * when vendor != "odd"
notify large on pay when args.amount > 50 EUR tell lead within 1d
gate larger on pay when args.amount > 100.5 EUR and level < gold by lead
gate late on pay when since < 2026-03-20T00:00:00Z and risk >= 0.5 by lead
block many on send when args.count > 40 or seats > 90
block nobody on look when not trusted and site in [north, east]
gate some on send when has hidden by lead
)";

PolicyPtr shop_of(const std::string& text) {
    const CompileResult result = compile_text(text);
    INFO(result.text);
    REQUIRE(result.policy != nullptr);
    return result.policy;
}

class ShopNumbers {
  public:
    /// Of values one in `odd` is none of its type.
    ShopNumbers(unsigned seed, std::size_t odd) : engine_(seed), odd_(odd) {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    std::string number(std::size_t bound) { return std::to_string(below(bound)); }
    template <std::size_t size>
    std::string of(const char* const (&list)[size]) {
        return list[below(size)];
    }
    std::string maybe(std::string usual) {
        const char* const odd[] = {"null",       "true", "1e2", "\"x\"",
                                   "\"a\\\"b\"", "7.25", "-3",  "[]"};
        return below(odd_) == 0 ? of(odd) : std::move(usual);
    }

  private:
    std::mt19937 engine_;
    std::size_t odd_;
};

std::string shop_history(unsigned seed, std::size_t lines, std::size_t odd = 1'000'000'000) {
    const char* const sites[] = {"\"north\"", "\"south\"", "\"east\""};
    const char* const levels[] = {"\"free\"", "\"silver\"", "\"gold\""};
    const char* const outcomes[] = {"\"allow\"", "\"gate\"", "\"strange\"", "null"};
    const char* const verdicts[] = {"\"approved\"", "\"rejected\"", "null"};
    ShopNumbers random(seed, odd);
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
        const std::size_t tool = random.below(3);
        text += R"({"id":"c-)" + std::to_string(i * 7919) + R"(","tool":")" +
                (tool == 0   ? "pay"
                 : tool == 1 ? "send"
                             : "look") +
                '"';
        text += R"(,"time":"2026-03-)" + std::to_string(10 + random.below(20)) + "T0" +
                random.number(10) + R"(:00:00Z","principal":{"id":"u-)" + random.number(50) +
                R"("},"workflow":{"name":)" + (random.below(5) == 0 ? "\"x\"" : "\"y\"") +
                R"(,"run":"r-)" + random.number(400) + "\"}";
        text += R"(,"attributes":{"site":)" + random.maybe(random.of(sites)) + R"(,"level":)" +
                random.maybe(random.of(levels)) + R"(,"risk":)" +
                random.maybe("0." + random.number(100)) + R"(,"seats":)" +
                random.maybe(random.number(100)) + R"(,"trusted":)" +
                (random.below(2) == 0 ? "true" : "false") + R"(,"vendor":"v-)" +
                random.number(5'000) + R"(","since":"2026-03-)" +
                std::to_string(10 + random.below(20)) + "T00:00:0" + random.number(10) + "Z\"";
        text += random.below(3) == 0 ? R"(,"hidden":"h"})" : "}";
        if (tool == 0) {
            text += R"(,"args":{"amount":)" + random.maybe(random.number(200) + ".5") +
                    R"(,"items":)" + random.maybe(random.number(9)) + R"(,"note":)" +
                    random.maybe("\"n" + random.number(90'000) + '"') + '}';
        } else if (tool == 1) {
            text += R"(,"args":{"count":)" + random.maybe(random.number(60)) + R"(,"to":"t-)" +
                    random.number(9) + "\"}";
        } else {
            text += R"(,"args":{})";
        }
        text += R"(,"recorded":{"outcome":)" + random.of(outcomes) + R"(,"verdict":)" +
                random.of(verdicts) + "}}\n";
    }
    return text;
}

struct KindsFound {
    std::size_t lines = 0;
    std::size_t found = 0;
    std::map<std::string, std::size_t> of_tool;  // of those
    std::vector<std::size_t> of_block;
};

std::string packed(const TemporaryFolder& folder, const std::string& name,
                   const std::string& text) {
    PackOptions packing;
    packing.histories = {folder.write(name + ".jsonl", text)};
    packing.output = folder.path(name + ".pvh");
    REQUIRE(pack_history(packing).error.empty());
    return packing.output;
}

/// Holds each line that is found against what deciding it makes. Of each text there is a block.
KindsFound hold_kinds(const PolicyPtr& policy, const PolicyPtr& baseline,
                      const std::vector<std::string>& texts) {
    const TemporaryFolder folder;
    std::vector<std::string> histories;
    for (const std::string& text : texts) {
        histories.push_back(packed(folder, "h" + std::to_string(histories.size()), text));
    }
    Options options;
    options.policy = policy;
    options.baseline = baseline;
    const SetupResult made = make_setup(options);
    REQUIRE(made.setup != nullptr);
    const Setup& setup = *made.setup;
    Tally tally(*policy, setup.policy.reads);
    CallKinds kinds(setup, tally);
    LineKinds line_kinds(setup, kinds);
    const Engine engine(policy);
    Session session(engine);
    const Engine other_engine(baseline != nullptr ? baseline : policy);
    Session other(other_engine);
    BlockReader reader(histories, 1U << 20, 1U << 20, true);
    Block block;
    KindsFound counted;
    std::string scratch;
    while (reader.next(block)) {
        REQUIRE(block.lines != nullptr);
        counted.of_block.push_back(0);
        LinePlans plans(*block.lines, session, setup.layout);
        while (plans.next()) {
            ++counted.lines;
            LineAtHand line;
            line.set(plans.shape(), plans.row());
            const KnownCalls* const found = line_kinds.find(plans);
            std::optional<std::int64_t> time;
            std::optional<observed::Amount> amount;
            if (found != nullptr) {
                ++counted.found;
                ++counted.of_block.back();
                ++counted.of_tool[found->kind->tool];
                time = line_kinds.time();
                amount = line_kinds.amount();
                CHECK(line_kinds.raw(plans, line_kinds.group().run).starts_with("\"r-"));
            }
            const auto verdict = plans.preview(1U << 20);
            INFO(line.text());
            if (!verdict) {
                REQUIRE(found == nullptr);
                continue;
            }
            std::optional<Verdict> before;
            if (baseline != nullptr) before = preview_read_line(other, session, setup.layout, line);
            const auto& captures = session.captures();
            const std::string_view raw = trimmed(setup.mapping.tool.raw(captures));
            if (!is_json_string(raw)) continue;
            RecordedAnswers told;
            read_answers(setup.mapping, captures, told);
            CallKind& kind =
                kinds.of({session, *verdict, baseline != nullptr ? &other : nullptr,
                          before ? &*before : nullptr, raw, plain_text(raw, scratch),
                          setup.mapping.outcome.raw(captures), setup.mapping.verdict.raw(captures),
                          setup.mapping.workflow.raw(captures), told.escalated});
            if (found != nullptr) {
                REQUIRE(found->kind == &kind);
                CHECK(time == observed::time_of(session));
                const auto expected = amount_of(session, setup.policy.amounts);
                REQUIRE(amount.has_value() == expected.has_value());
                if (amount) CHECK(amount_text(*amount) == amount_text(*expected));
            }
            line_kinds.learn(plans, session, baseline != nullptr ? &other : nullptr,
                             !told.answers.empty(), kind);
        }
    }
    return counted;
}

}  // namespace

TEST_CASE("lines that rules match alike are of the kind that deciding them makes") {
    const std::string text = shop_history(1, 12'000);
    const PolicyPtr policy = shop_of(std::string{shop_head} + shop_rules);
    const KindsFound alone = hold_kinds(policy, nullptr, {text});
    CHECK(alone.lines == 12'000);
    CHECK(alone.found > 1'000);
    for (const char* tool : {"pay", "send"}) CHECK(alone.of_tool.at(tool) > 100);
    CHECK(hold_kinds(policy, nullptr, {shop_history(1, 12'000, 40)}).found > 500);
    const PolicyPtr other = shop_of(std::string{shop_head} + shop_rules +
                                    "block more on pay when args.items > 5 and risk > 0.9\n"
                                    "notify here on * when site == north tell lead within 1d\n");
    CHECK(hold_kinds(policy, other, {text}).found > 1'000);
    CHECK(hold_kinds(other, policy, {text}).found > 1'000);
    // Slots are numbered otherwise where a set declares more.
    const PolicyPtr renumbered = shop_of(std::string{shop_head} + shop_rules +
                                         "tool more { args { a : string, b : int } }\n");
    CHECK(hold_kinds(policy, renumbered, {text}).found > 1'000);
}

TEST_CASE("a tool is counted once some of its lines were decided, in later blocks at once") {
    const auto sent = [](std::size_t count, const std::string& before = "") {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += "{" + before + R"("id":"c-)" + std::to_string(i * 7919) +
                    R"(","tool":"send","workflow":{"run":"r-)" + std::to_string(i * 31) +
                    R"("},"attributes":{"vendor":"v","seats":7},"args":{"count":)" +
                    std::to_string(i % 9) + R"(,"to":"t"}})" + '\n';
        }
        return text;
    };
    const PolicyPtr policy = shop_of(std::string{shop_head} + shop_rules);
    // One more makes the group, and one makes known what it is found by.
    const std::size_t before = LineKinds::lines_before + 2;
    CHECK(hold_kinds(policy, nullptr, {sent(40), sent(40), sent(20)}).of_block ==
          std::vector<std::size_t>{40 - before, 39, 19});
    // Lines of another shape are other ones.
    CHECK(hold_kinds(policy, nullptr, {sent(40), sent(40, R"("at":1,)")}).of_block.back() ==
          40 - before + 1);
}

TEST_CASE("where more than an index decides lines are decided one by one") {
    const std::string text = shop_history(2, 6'000, 40);
    const PolicyPtr plain = shop_of(std::string{shop_head} + shop_rules);
    const char* const more[] = {
        "block like on * when vendor like \"*1*\"\n",
        "trial until 2030-01-01 block soon on * when seats > 5\n",
        "gate sum on pay when args.amount * 2 > 70 EUR by lead\n",
        "authority of principal\nbind clerk to \"u-3\"\nrole boss { can pay, send, look }\n",
        "raise pay to high_impact when risk > 0.3\n",
    };
    for (const char* one : more) {
        const CompileResult compiled = compile_text(std::string{shop_head} + shop_rules + one);
        INFO(compiled.text);
        if (compiled.policy == nullptr) continue;
        (void)hold_kinds(compiled.policy, nullptr, {text});
        (void)hold_kinds(plain, compiled.policy, {text});
    }
}

TEST_CASE("a report is the same whether its lines were counted by kind or read as text") {
    const TemporaryFolder folder;
    PackOptions packing;
    packing.histories = {folder.write("h.jsonl", shop_history(3, 8'000, 100))};
    packing.output = folder.path("h.pvh");
    REQUIRE(pack_history(packing).error.empty());
    Options options;
    options.policy = shop_of(std::string{shop_head} + shop_rules);
    options.histories = {packing.output};
    const PolicyPtr other = shop_of(std::string{shop_head} + shop_rules +
                                    "block more on pay when args.items > 5 and risk > 0.9\n");
    for (int how = 0; how < 12; ++how) {
        options.baseline = how % 2 == 0 ? other : nullptr;
        options.samples = how % 3 == 0 ? 0 : 4;
        options.cell_calls = how % 4 == 1 ? 6 : 0;
        options.gate = how >= 6 ? std::optional(GateBounds{}) : std::nullopt;
        options.changes = how == 8 ? folder.path("changes.jsonl") : "";
        options.threads = how < 8 ? 1 : 2;
        options.as_text = true;
        const Result text = run(options);
        const std::string changes = how == 8 ? read_file(options.changes) : "";
        options.as_text = false;
        const Result columns = run(options);
        CHECK(stable_json(columns.report) == stable_json(text.report));
        if (how == 8) CHECK(read_file(options.changes) == changes);
    }
}
