#include <atomic>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* small_history =
    R"({"id": "r-1", "tool": "lookup_order", "args": {"order_id": "A-1"}})"
    "\n"
    R"({"id": "r-2", "tool": "issue_refund", "args": {"order_id": "A-1", "amount": 10}, )"
    R"("recorded": {"outcome": "gate", "verdict": "approved"}})"
    "\n\n"
    R"({"id": "r-3", "tool": "issue_refund", "args": {"order_id": "A-1", "amount": 600}, )"
    R"("time": "2026-11-20T00:00:00Z", "attributes": {"customer.tier": "gold"}, )"
    R"("recorded": {"outcome": "allow", "verdict": "rejected"}})"
    "\r\n"
    R"({"id": "r-4", "tool": "issue_refund", "args": {"order_id": "A-1", "amount": 30}})"
    "\n"
    R"({"id": "r-5", "tool": "delete_account", "args": {}})"
    "\n"
    R"({"id": "r-6", "tool": "format_disk", "args": {}})";

const RuleRow& rule_of(const Report& report, std::string_view name) {
    for (const RuleRow& row : report.rules) {
        if (row.name == name) return row;
    }
    FAIL("no rule of that name");
    return report.rules.front();
}

Report report_of(const Options& options) {
    Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    return std::move(result.report);
}

}  // namespace

TEST_CASE("a small history, counted in every way") {
    const TemporaryFolder folder;
    const Report report = report_of(options_for(folder.write("h", small_history)));
    CHECK(report.policy_name == "sample.support");
    CHECK(report.lines == 7);
    CHECK(report.blank == 1);
    CHECK(report.bad == 0);
    CHECK(report.partial.empty());
    CHECK(report.counts.of(Outcome::allow) == 2);
    CHECK(report.counts.of(Outcome::notify) == 0);
    CHECK(report.counts.of(Outcome::gate) == 2);
    CHECK(report.counts.of(Outcome::block) == 2);
    CHECK(report.counts.unknown_of(Outcome::gate) == 1);
    CHECK(report.reasons[static_cast<std::size_t>(Reason::missing_data)] == 1);
    CHECK(report.reasons[static_cast<std::size_t>(Reason::unknown_tool)] == 1);

    REQUIRE(report.tools.size() == 4);
    CHECK(report.tools[0].name == "issue_refund");
    CHECK(report.tools[0].counts.calls() == 3);
    CHECK(report.tools[2].name == "format_disk");
    CHECK_FALSE(report.tools[2].declared);

    CHECK(rule_of(report, "large_refund").hits == 1);
    CHECK(rule_of(report, "large_refund").decisive == 1);
    CHECK(rule_of(report, "medium_refund").decisive == 0);
    CHECK(rule_of(report, "free_tier").unsure == 1);
    CHECK(rule_of(report, "over_forty").on_trial);
    CHECK(rule_of(report, "over_forty").trial_hits == 1);
    CHECK(rule_of(report, "over_forty").trial_tighter == 1);

    REQUIRE(report.missing.size() == 1);
    CHECK(report.missing[0].name == "customer.tier");
    CHECK(report.missing[0].calls == 1);
    REQUIRE(report.recorded);
    CHECK(report.recorded->calls == 2);
    CHECK(report.recorded->tighter == 1);
    CHECK(report.recorded->looser == 1);
    REQUIRE(report.verdicts);
    CHECK(report.verdicts->table[2][2] == 1);
}

TEST_CASE("samples tell the call and why") {
    const TemporaryFolder folder;
    const Report report = report_of(options_for(folder.write("h", small_history)));
    const std::vector<Sample>& gates = report.samples[2];
    REQUIRE(gates.size() == 2);
    CHECK(gates[0].line == 4);
    CHECK(gates[0].id == "r-3");
    CHECK(gates[0].tool == "issue_refund");
    CHECK(gates[0].args == R"({"order_id": "…", "amount": 600})");
    REQUIRE(gates[0].rules.size() == 1);
    CHECK(gates[0].rules[0].because == "A refund of 600 is a large one");
    CHECK(gates[1].unknown);
    CHECK(gates[1].missing.front().name == "customer.tier");
}

TEST_CASE("lines that cannot be read are told with file, number and reason") {
    const TemporaryFolder folder;
    const std::string good = "{\"tool\": \"lookup_order\", \"args\": {\"order_id\": \"1\"}}\n";
    const std::string first = folder.write("first", good + "{\"tool\": 7}\n{\"id\": \"x\"}\n");
    const std::string second = folder.write("second", "\n" + good + "[1]\n{\"tool\": \"a\n" + good);
    Options options = options_for(first);
    options.histories.push_back(second);
    options.block_bytes = 1;
    const Report report = report_of(options);
    CHECK(report.bad == 4);
    CHECK(report.counts.calls() == 3);
    REQUIRE(report.bad_lines.size() == 4);
    CHECK(report.bad_lines[0].file == first);
    CHECK(report.bad_lines[0].line == 2);
    CHECK(report.bad_lines[0].reason == "the tool's name at `/tool` is no string");
    CHECK(report.bad_lines[1].reason == "there is no tool's name at `/tool`");
    CHECK(report.bad_lines[2].file == second);
    CHECK(report.bad_lines[2].line == 3);
    CHECK(report.bad_lines[3].line == 4);
    CHECK_FALSE(report.bad_lines[3].reason.empty());
}

TEST_CASE("more bad lines than allowed end the run") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 100; ++i) text += "nonsense\n";
    Options options = options_for(folder.write("h", text));
    options.block_bytes = 1;
    options.max_bad = 10;
    const Result result = run(options);
    CHECK(result.failure == Failure::bad_lines);
    CHECK_THAT(result.error, Catch::StartsWith("more than 10 lines cannot be read; the first is " +
                                               options.histories[0] + ":1: "));
    CHECK(result.report.lines == 11);
    options.max_bad = 100;
    const Report report = report_of(options);
    CHECK(report.bad == 100);
    CHECK(report.bad_lines.size() == 20);
}

TEST_CASE("a line may be as long as the limit says") {
    const TemporaryFolder folder;
    const auto line = [](std::size_t size) {
        const std::string text =
            "{\"tool\": \"lookup_order\", \"args\": {\"order_id\": \"1\"}, \"x\": \"";
        return text + std::string(size - text.size() - 2, 'x') + "\"}";
    };
    for (const std::size_t block_bytes : {100u, 100'000u}) {
        Options options = options_for(folder.write(
            "h", line(1'000) + "\r\n" + line(1'001) + "\n" + line(50'000) + "\n" + line(100)));
        options.engine.limits.call_bytes = 1'000;
        options.block_bytes = block_bytes;
        const Report report = report_of(options);
        CHECK(report.counts.of(Outcome::allow) == 2);
        REQUIRE(report.bad_lines.size() == 2);
        CHECK(report.bad_lines[0].line == 2);
        CHECK(report.bad_lines[0].reason == "the line is longer than 1000 bytes");
        CHECK(report.bad_lines[1].line == 3);
    }
}

TEST_CASE("one decision a call, in the order of the history") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", small_history));
    options.decisions = folder.path("decisions");
    CHECK(report_of(options).counts.calls() == 6);
    const std::string head = "{\"file\": \"" + options.histories[0] + "\", \"line\": ";
    CHECK(read_file(options.decisions) ==
          head +
              R"(1, "id": "r-1", "tool": "lookup_order", "outcome": "allow", )"
              R"("reason": "allowed", "best_case": "allow", )"
              R"("rules": [{"name": "lookups", "effect": "allow", "sure": true}], "trials": []})"
              "\n" +
              head +
              R"(2, "id": "r-2", "tool": "issue_refund", "outcome": "allow", )"
              R"("reason": "allowed", "best_case": "allow", )"
              R"("rules": [{"name": "refunds", "effect": "allow", "sure": true}], )"
              R"("trials": [], "recorded": {"outcome": "gate", "verdict": "approved"}})"
              "\n" +
              head +
              R"(4, "id": "r-3", "tool": "issue_refund", "outcome": "gate", "reason": "rule", )"
              R"("best_case": "gate", "rules": [{"name": "refunds", "effect": "allow", )"
              R"("sure": true}, {"name": "large_refund", "effect": "gate", "sure": true}, )"
              R"({"name": "medium_refund", "effect": "notify", "sure": true}], )"
              R"("trials": [{"name": "over_forty", "effect": "block", "sure": true}], )"
              R"("recorded": {"outcome": "allow", "verdict": "rejected"}})"
              "\n" +
              head +
              R"(5, "id": "r-4", "tool": "issue_refund", "outcome": "gate", )"
              R"("reason": "missing_data", "best_case": "allow", )"
              R"("rules": [{"name": "refunds", "effect": "allow", "sure": true}, )"
              R"({"name": "free_tier", "effect": "gate", "sure": false}], "trials": [], )"
              R"("missing": [{"name": "customer.tier", "cause": "missing"}]})"
              "\n" +
              head +
              R"(6, "id": "r-5", "tool": "delete_account", "outcome": "block", )"
              R"("reason": "rule", "best_case": "block", )"
              R"("rules": [{"name": "default", "effect": "block", "sure": true}, )"
              R"({"name": "no_deletion", "effect": "block", "sure": true}], "trials": []})"
              "\n" +
              head +
              R"(7, "id": "r-6", "tool": "format_disk", "outcome": "block", )"
              R"("reason": "unknown_tool", "best_case": "block", "rules": [], "trials": []})"
              "\n");
}

TEST_CASE("another log through a mapping file") {
    const TemporaryFolder folder;
    const std::string log =
        R"({"suite": "bank", "fn": "refund", "args": {"order_id": "1", "amount": 700}, "n": 1})"
        "\n"
        R"({"suite": "shop", "fn": "refund", "args": {"order_id": "1", "amount": 700}, "n": 2})"
        "\n"
        R"({"suite": "bank", "fn": "lookup_order", "args": {"order_id": "1"}, "ok": true, )"
        R"("n": "\"3\""})"
        "\n";
    Options options = options_for(folder.write("log", log));
    options.mapping = folder.write("map.yaml", R"(
only: {pointer: /suite, equals: [bank]}
call:
    tool: {pointer: /fn, words: {refund: issue_refund}}
    time: {value: "2026-06-01T00:00:00Z"}
    args: /args
attributes:
    customer.tier: {value: silver}
recorded:
    outcome: {pointer: /ok, words: {"true": allow}, default: block}
labels:
    number: /n
)");
    options.decisions = folder.path("decisions");
    const Report report = report_of(options);
    CHECK(report.skipped == 1);
    CHECK(report.counts.of(Outcome::gate) == 1);
    CHECK(report.counts.of(Outcome::allow) == 1);
    REQUIRE(report.recorded);
    CHECK(report.recorded->table[0][0] == 1);
    CHECK(report.recorded->table[3][2] == 1);
    CHECK_THAT(
        read_file(options.decisions),
        Catch::Contains("\"recorded\": {\"outcome\": \"block\"}, \"labels\": {\"number\": 1}}") &&
            Catch::Contains("\"labels\": {\"number\": \"\\\"3\\\"\"}}"));
}

TEST_CASE("gzip that breaks off is an error after what could be read") {
    const TemporaryFolder folder;
    const std::string bytes = gzipped(sample_history(2'000));
    const std::string cut = folder.write("cut.gz", bytes.substr(0, bytes.size() / 2));
    Options options = options_for(cut);
    options.histories.push_back(folder.write("next", small_history));
    const Result result = run(options);
    CHECK(result.failure == Failure::input);
    CHECK(result.error == cut + ": the gzip data are cut off");
    CHECK(result.report.inputs[0].error == "the gzip data are cut off");
    CHECK(result.report.inputs[0].lines > 100);
    CHECK(result.report.inputs[1].calls == 6);
    CHECK(result.report.partial == "a history could not be read to its end");
}

TEST_CASE("what is wrong is said before anything is read") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h", small_history);
    Options options = options_for(history);
    SECTION("no policy") {
        options.policy = nullptr;
        CHECK(run(options).failure == Failure::usage);
    }
    SECTION("no history") {
        options.histories.clear();
        CHECK(run(options).error == "there is no history");
    }
    SECTION("histories that are not there") {
        options.histories = {folder.path("a"), history, folder.path("b")};
        const Result result = run(options);
        CHECK(result.failure == Failure::input);
        CHECK(result.error == folder.path("a") + ": No such file or directory\n" +
                                  folder.path("b") + ": No such file or directory");
    }
    SECTION("stdin twice") {
        options.histories = {"-", "-"};
        CHECK(run(options).error == "stdin can be read only once");
    }
    SECTION("a mapping with errors") {
        options.mapping = folder.write("m.yaml", "call: {tol: /t}");
        const Result result = run(options);
        CHECK(result.failure == Failure::usage);
        CHECK_THAT(result.error, Catch::StartsWith(options.mapping + ":1:8: `tol`"));
    }
    SECTION("a mapping whose pointers cross") {
        options.mapping = folder.write("m.yaml", "call: {tool: /a/b, args: /a}");
        const Result result = run(options);
        CHECK(result.failure == Failure::usage);
        CHECK_THAT(result.error, Catch::StartsWith(options.mapping + ": "));
    }
    SECTION("nowhere to write") {
        options.decisions = folder.path("absent/decisions");
        const Result result = run(options);
        CHECK(result.failure == Failure::output);
        CHECK_THAT(result.error, Catch::EndsWith("cannot be written: No such file or directory"));
    }
    CHECK_FALSE(run(options).ok());
}

TEST_CASE("a full disk is an error") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", sample_history(1'000)));
    options.decisions = "/dev/full";
    const Result result = run(options);
    CHECK(result.failure == Failure::output);
    CHECK_THAT(result.error, Catch::Contains("No space left on device"));
}

TEST_CASE("progress ends with everything") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", small_history));
    Progress last;
    options.progress = [&](const Progress& progress) { last = progress; };
    CHECK(report_of(options).inputs[0].bytes == last.bytes_total);
    CHECK(last.bytes_read == last.bytes_total);
    CHECK(last.lines == 7);
    CHECK(last.seconds_left == 0.0);
}

TEST_CASE("a run that is cancelled before it starts reads nothing") {
    const TemporaryFolder folder;
    Options options = options_for(folder.write("h", small_history));
    const std::atomic<bool> cancel = true;
    options.cancel = &cancel;
    const Report report = report_of(options);
    CHECK(report.lines == 0);
    CHECK(report.partial == "the run was ended early");
}

TEST_CASE("an empty history is no error") {
    const TemporaryFolder folder;
    const Report report = report_of(options_for(folder.write("h", "")));
    CHECK(report.counts.calls() == 0);
    CHECK(report.digest.size() == 32);
}
