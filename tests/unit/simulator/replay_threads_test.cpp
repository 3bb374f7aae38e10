// A report does not show how many threads made it, nor in what pieces they read.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/render_json.h"
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

TEST_CASE("how a history is cut into files does not show in the digest") {
    const TemporaryFolder folder;
    const std::string text = sample_history(500);
    const std::string whole = replay(folder, {folder.write("whole", text)}, 2, 5'000).digest;
    const std::size_t middle = text.find('\n', text.size() / 2) + 1;
    const std::string first = folder.write("first", packed(text.substr(0, middle)));
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
