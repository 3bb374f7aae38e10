// Sweeps: each candidate's figures are those of a replay of its own, in whatever pieces and by
// however many threads.
#include "simulator/report/sweep.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/render/render.h"
#include "simulator/render/render_sweep.h"
#include "simulator/replay/sweep_plan.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* swept_rules = R"(policy sweep.demo version "1.0.0"
param cap   : money = 100 USD in 0 USD .. 1_000 USD
param tries : int = 3
attributes { customer.tier : free | gold }
tool pay { args { amount : money in USD
                  units  : int? } }
tool look { }
role lead { }
allow all on pay, look
gate large on pay when args.amount > cap by lead
block many on pay when (args.units ?? 0) > tries and customer.tier == free
)";
constexpr const char* swept_limit =
    R"(limit a_day on pay sum args.amount over 1d > cap : gate by lead
)";

PolicyPtr swept(const std::string& rules, const std::vector<std::string>& names = {},
                const std::vector<std::string>& values = {}) {
    CompileOptions options;
    for (std::size_t i = 0; i < names.size(); ++i) options.params.emplace_back(names[i], values[i]);
    const CompileResult made = compile_text(rules, "p.proviso", options);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

SweepOptions sweep_of(const std::string& rules, const std::vector<std::string>& knobs) {
    SweepPlan plan = plan_sweep(*swept(rules), knobs);
    INFO(plan.error);
    REQUIRE(plan.error.empty());
    std::vector<std::string> names;
    for (const SweepKnob& knob : plan.knobs) names.push_back(knob.param);
    SweepOptions sweep;
    for (const auto& values : plan.candidates) {
        sweep.candidates.push_back({swept(rules, names, values), values});
    }
    sweep.knobs = plan.knobs;
    return sweep;
}

/// Calls of all kinds: other tools, values that are not there, verdicts, a line that is none.
std::string swept_history(std::size_t lines) {
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
        if (i % 37 == 5) text += "no call\n";
        const std::string day = std::to_string(1 + i * 27 / lines);
        text += R"({"tool": ")" +
                std::string(i % 5 == 4    ? "look"
                            : i % 41 == 0 ? "none"
                                          : "pay") +
                R"(", "time": "2026-11-)" + (day.size() < 2 ? "0" : "") + day +
                R"(T00:00:00Z", "id": "c-)" + std::to_string(i) + '"';
        if (i % 3 != 0)
            text += R"(, "customer.tier": ")" + std::string(i % 2 ? "free" : "gold") + '"';
        if (i % 5 != 4) {
            text += R"(, "args": {"amount": )" + std::to_string(i * 7919 % 900) + ".25";
            if (i % 2 == 0) text += R"(, "units": )" + std::to_string(i % 7);
            text += '}';
        }
        if (i % 4 == 1) {
            text += R"(, "recorded": {"outcome": "gate", "verdict": ")" +
                    std::string(i % 8 == 1 ? "rejected" : "approved") + "\"}";
        }
        text += "}\n";
    }
    return text;
}

Report swept_run(const std::string& history, const std::string& rules, const SweepOptions& sweep,
                 const PolicyPtr& policy, unsigned threads = 1, std::size_t block = 1u << 20) {
    Options options = options_for(history);
    options.policy = policy == nullptr ? swept(rules) : policy;
    options.sweep = sweep;
    options.threads = threads;
    options.block_bytes = block;
    Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    return std::move(result.report);
}

/// Each row against a replay of that candidate alone, compared with the policy as it is.
void check_rows(const std::string& history, const std::string& rules, const SweepOptions& sweep) {
    const Report report = swept_run(history, rules, sweep, nullptr);
    REQUIRE(report.sweep);
    REQUIRE(report.sweep->rows.size() == sweep.candidates.size());
    for (std::size_t i = 0; i < sweep.candidates.size(); ++i) {
        Options options = options_for(history);
        options.policy = sweep.candidates[i].policy;
        options.baseline = swept(rules);
        const Result alone = run(options);
        INFO(alone.error);
        REQUIRE(alone.ok());
        const SweepRow& row = report.sweep->rows[i];
        const Comparison& made = *alone.report.comparison;
        CHECK(row.values == sweep.candidates[i].values);
        CHECK(row.hash == alone.report.policy_hash);
        CHECK(row.recorded.counts.outcomes == alone.report.counts.outcomes);
        CHECK(row.recorded.counts.unknown == alone.report.counts.unknown);
        CHECK(row.recorded.verdicts == alone.report.verdicts.value().table);
        CHECK(row.recorded.tighter == made.of(Change::tighter));
        CHECK(row.recorded.looser == made.of(Change::looser));
        CHECK(row.recorded.newly_allowed == made.newly_allowed);
        CHECK(row.recorded.newly_blocked == made.newly_blocked);
        CHECK(row.closed.has_value() == alone.report.memory.has_value());
        for (std::size_t way = 0; row.closed && way < 2; ++way) {
            const MemoryMode& mode = alone.report.memory->modes[way + 1];
            CHECK((*row.closed)[way].counts.outcomes == mode.policy.outcomes);
        }
    }
}

}  // namespace

TEST_CASE("each candidate comes out as in a replay of its own") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", swept_history(600));
    check_rows(history, swept_rules, sweep_of(swept_rules, {"cap=0..400:100"}));
    check_rows(history, swept_rules, sweep_of(swept_rules, {"cap=50,100", "tries=1..5:2"}));
}

TEST_CASE("limits are swept in each way of counting") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", swept_history(300));
    const std::string rules = std::string(swept_rules) + swept_limit;
    check_rows(history, rules, sweep_of(rules, {"cap=100..500:200"}));
}

TEST_CASE("a sweep does not show how many threads made it, nor in what pieces they read") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", swept_history(400));
    const SweepOptions sweep = sweep_of(swept_rules, {"cap=0..300:100", "tries=2,4"});
    const Report one = swept_run(history, swept_rules, sweep, nullptr);
    const Report other = swept_run(history, swept_rules, sweep, nullptr, 3, 2'000);
    CHECK(stable_json(one) == stable_json(other));
    CHECK(one.digest == other.digest);
    CHECK(sweep_json(*one.sweep) == sweep_json(*other.sweep));
    // The digest covers what candidates decide.
    SweepOptions fewer = sweep;
    fewer.candidates.pop_back();
    CHECK(swept_run(history, swept_rules, fewer, nullptr).digest != one.digest);
}

TEST_CASE("a policy that types a tool otherwise than its candidates is swept all the same") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", swept_history(200));
    std::string other = swept_rules;
    other.replace(other.find("units  : int?"), 13, "units  : decimal?");
    const SweepOptions sweep = sweep_of(swept_rules, {"cap=0,200"});
    const Report same_tools = swept_run(history, swept_rules, sweep, nullptr);
    const Report others = swept_run(history, swept_rules, sweep, swept(other));
    for (std::size_t i = 0; i < sweep.candidates.size(); ++i) {
        CHECK(same_tools.sweep->rows[i].recorded.counts.outcomes ==
              others.sweep->rows[i].recorded.counts.outcomes);
    }
}

TEST_CASE("what a sweep tells: the value in force, weeks, what is caught") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", swept_history(400));
    const Report report =
        swept_run(history, swept_rules, sweep_of(swept_rules, {"cap=0..200:100"}), nullptr);
    const SweepReport& sweep = *report.sweep;
    CHECK(sweep.knobs[0].in_force == "100 USD");
    CHECK_FALSE(sweep.rows[0].in_force);
    CHECK(sweep.rows[1].in_force);
    CHECK(sweep.rows[1].recorded.tighter + sweep.rows[1].recorded.looser == 0);
    CHECK(sweep.rows[0].recorded.tighter > 0);
    CHECK(sweep.rows[2].recorded.looser > 0);
    CHECK(sweep.rejected > 0);
    for (const SweepRow& row : sweep.rows) {
        CHECK(row.recorded.caught() + row.recorded.missed() == sweep.rejected);
    }
    CHECK(sweep.rows[0].recorded.caught() > sweep.rows[2].recorded.caught());
    CHECK(sweep.seconds == 26 * 86'400);
    CHECK(sweep.a_week(26).value() == Approx(7.0));
    CHECK_FALSE(SweepReport{}.a_week(1));
    CHECK(to_csv(sweep).find("\"100 USD\",true,") != std::string::npos);
}

TEST_CASE("plans of a sweep have bounds") {
    const PolicyPtr policy = swept(swept_rules);
    CHECK(plan_sweep(*policy, {"cap=1..20:1", "tries=1..20:1"}).candidates.size() == 400);
    CHECK(plan_sweep(*policy, {"cap=1..21:1", "tries=1..20:1"}).error.find("420 candidates") !=
          std::string::npos);
    CHECK_FALSE(plan_sweep(*policy, {"cap=1", "cap=2"}).error.empty());
    CHECK_FALSE(plan_sweep(*policy, {"cap=1", "tries=2", "tries=3"}).error.empty());
    CHECK(plan_sweep(*policy, {"cap=1,2", "tries=3,4"}).candidates ==
          std::vector<std::vector<std::string>>{
              {"1 USD", "3"}, {"1 USD", "4"}, {"2 USD", "3"}, {"2 USD", "4"}});
}
