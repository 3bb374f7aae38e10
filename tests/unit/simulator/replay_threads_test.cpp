// A report does not show how many threads made it, nor in what pieces they read.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/render/render_json.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

struct Outputs {
    std::string json;
    std::string decisions;
    std::string changes;
    std::string digest;
    std::string cells;
};

Outputs replay(const TemporaryFolder& folder, std::vector<std::string> histories, unsigned threads,
               std::size_t block_bytes) {
    Options options = options_for(histories.front());
    options.histories = std::move(histories);
    options.threads = threads;
    options.block_bytes = block_bytes;
    options.decisions = folder.path("decisions.jsonl");
    options.baseline = changed_policy();
    options.changes = folder.path("changes.jsonl");
    options.cell_calls = 7;
    options.gate = GateBounds{};
    options.gate->calls = {{"r-17", Outcome::allow}, {"r-400", Outcome::gate}};
    const Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    return {stable_json(result.report), read_file(options.decisions), read_file(options.changes),
            result.report.digest, cell_calls_json(result.report).dump()};
}

}  // namespace

TEST_CASE("threads and block sizes do not show in a report") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", sample_history(3'000));
    const Outputs expected = replay(folder, {history}, 1, 1u << 20);
    CHECK(expected.json.find("\"gate\"") != std::string::npos);
    CHECK(expected.changes.find("\"looser\"") != std::string::npos);
    CHECK(expected.cells.find("\"line\"") != std::string::npos);
    for (const unsigned threads : {1u, 2u, 3u, 8u}) {
        for (const std::size_t block_bytes : {1u, 1'000u, 30'000u}) {
            const Outputs outputs = replay(folder, {history}, threads, block_bytes);
            CHECK(outputs.json == expected.json);
            CHECK(outputs.decisions == expected.decisions);
            CHECK(outputs.changes == expected.changes);
            CHECK(outputs.cells == expected.cells);
        }
    }
}

TEST_CASE("threads that wait while the run is put aside do not show in a report") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", sample_history(1'000));
    Options options = options_for(history);
    options.baseline = changed_policy();
    options.block_bytes = 5'000;
    const Result expected = run(options);
    REQUIRE(expected.ok());
    options.threads = 4;
    options.checkpoint = folder.path("run.checkpoint");
    options.checkpoint_seconds = 0;
    const Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    CHECK(stable_json(result.report) == stable_json(expected.report));
}

namespace {

/// Refunds of ten weeks, gated ones with people's answers, in several workflows.
std::string answered_history(std::size_t lines) {
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
        const std::string number = std::to_string(i);
        const std::string day = std::to_string(100 + i * 70 / lines % 28 + 1).substr(1);
        const std::string month = std::to_string(8 + i * 70 / lines / 28);
        const std::string hour = std::to_string(100 + i % 24).substr(1);
        const std::string time =
            "2026-" + (month.size() == 1 ? "0" + month : month) + '-' + day + "T" + hour + ":10:";
        text += R"({"id": "a-)" + number + R"(", "tool": ")" +
                (i % 11 == 0 ? "delete_account" : "issue_refund") + R"(", "time": ")" + time +
                R"(00Z", "intent": "i-)" + std::to_string(i % 7) +
                R"(", "workflow": {"name": "w-)" + std::to_string(i % 5) + R"("})";
        if (i % 11 != 0) {
            text +=
                R"(, "args": {"order_id": "A", "amount": )" + std::to_string(i * 37 % 1'000) + "}";
        }
        text += R"(, "recorded": {"outcome": "gate", "verdict": ")";
        text += i % 3 == 0 ? "rejected" : "approved";
        text += R"(", "escalated": )";
        text += i % 4 == 0 ? "true" : "false";
        text += R"(, "approvals": [{"by": "p-)" + std::to_string(i % 3) +
                R"(", "requested_at": ")" + time + R"(00Z", "at": ")" + time +
                std::to_string(100 + i % 60).substr(1) + R"(Z"}]}})" + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("threads and block sizes do not show in the figures") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h.jsonl", answered_history(2'000));
    const auto figures = [&](unsigned threads, std::size_t block_bytes) {
        Options options = options_for(history);
        options.baseline = changed_policy();
        options.threads = threads;
        options.block_bytes = block_bytes;
        options.staff.approvers = {{"support_lead", 2}};
        options.staff.hours = OfficeHours{};
        const Result result = run(options);
        INFO(result.error);
        REQUIRE(result.ok());
        return result.report;
    };
    const Report report = figures(1, 1u << 20);
    const std::string expected = stable_json(report);
    const Figures& told = report.figures;
    CHECK(told.days.days.size() > 60);
    CHECK(told.workflows.workflows.size() == 5);
    CHECK(told.workload.handling.work.count == 2'000);
    REQUIRE(told.workload.roles.size() == 1);
    CHECK(told.workload.roles[0].requests > 500);
    CHECK(told.workload.roles[0].weeks.size() > 8);
    REQUIRE(told.workload.roles[0].forecast.has_value());
    CHECK(told.workload.roles[0].forecast->requests == told.workload.roles[0].requests);
    CHECK(told.often_blocked.intents.size() == 7);
    for (const unsigned threads : {2u, 5u}) {
        for (const std::size_t block_bytes : {500u, 20'000u}) {
            CHECK(stable_json(figures(threads, block_bytes)) == expected);
        }
    }
}

TEST_CASE("how a history is cut into files does not show in the digest") {
    const TemporaryFolder folder;
    const std::string text = sample_history(500);
    const std::string whole = replay(folder, {folder.write("whole", text)}, 2, 5'000).digest;
    const std::size_t middle = text.find('\n', text.size() / 2) + 1;
    const std::string first = folder.write("first", gzipped(text.substr(0, middle)));
    const std::string second = folder.write("second", text.substr(middle));
    CHECK(replay(folder, {first, second}, 2, 3'000).digest == whole);
    CHECK(replay(folder, {second, first}, 2, 3'000).digest != whole);
}

TEST_CASE("a run that is ended early tells what it has read, from the beginning on") {
    const TemporaryFolder folder;
    const std::string text = sample_history(20'000);
    std::atomic<bool> cancel = false;
    Options options = options_for(folder.write("h", text));
    options.threads = 3;
    options.block_bytes = 2'000;
    options.cancel = &cancel;
    options.decisions = folder.path("decisions");
    options.progress = [&](const Progress& progress) {
        if (progress.lines > 0) cancel = true;
    };
    const Result result = run(options);
    REQUIRE(result.ok());
    // On a fast machine all may be read before progress is told for the first time.
    if (result.report.lines == 20'000) return;
    CHECK(result.report.partial == "the run was ended early");
    CHECK(result.report.lines < 20'000);
    options.cancel = nullptr;
    options.decisions = folder.path("all");
    REQUIRE(run(options).ok());
    CHECK(read_file(options.decisions).starts_with(read_file(folder.path("decisions"))));
}
