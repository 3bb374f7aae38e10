#include "simulator/replay/checkpoint.h"

#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"
#include "tests/unit/simulator/timed_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

struct Written {
    std::string json;
    std::string decisions;
    std::string changes;
};

void sweep(Options& options, const PolicyPtr& one, const PolicyPtr& other) {
    options.sweep.knobs = {{"cap", "1", {"1", "2"}}};
    options.sweep.candidates = {{one, {"1"}}, {other, {"2"}}};
}

Options checkpointed(const TemporaryFolder& folder, const std::string& history) {
    Options options = options_for(history);
    options.baseline = changed_policy();
    options.decisions = folder.path("decisions.jsonl");
    options.changes = folder.path("changes.jsonl");
    options.block_bytes = 2'000;
    options.gate = GateBounds{};
    options.gate->calls = {{"r-17", Outcome::allow}, {"r-400", Outcome::gate}};
    options.cell_calls = 5;
    sweep(options, sample_policy(), changed_policy());
    options.checkpoint = folder.path("run.checkpoint");
    options.checkpoint_seconds = 0;
    return options;
}

Options checkpointed_with_limits(const TemporaryFolder& folder, const std::string& history) {
    Options options = checkpointed(folder, history);
    options.policy = timed_policy();
    options.baseline = other_timed_policy();
    options.changes = folder.path("changes.csv");
    sweep(options, timed_policy(), other_timed_policy());
    return options;
}

Written written(const Options& options, const Result& result) {
    INFO(result.error);
    REQUIRE(result.ok());
    return {stable_json(result.report), read_file(options.decisions), read_file(options.changes)};
}

Written uninterrupted(Options options) {
    options.checkpoint.clear();
    return written(options, run(options));
}

/// Ends the run at more and more bad lines, and takes it up each time; how often it was.
std::size_t run_in_pieces(Options options, std::uint64_t bad_lines, const Written& expected) {
    std::size_t pieces = 0;
    for (std::uint64_t max_bad = bad_lines;; max_bad += bad_lines) {
        options.max_bad = max_bad;
        const Result result = run(options);
        if (result.taken_up_at > 0) ++pieces;
        if (result.failure == Failure::bad_lines) continue;
        const Written found = written(options, result);
        CHECK(found.json == expected.json);
        CHECK(found.decisions == expected.decisions);
        CHECK(found.changes == expected.changes);
        CHECK_FALSE(std::filesystem::exists(options.checkpoint));
        return pieces;
    }
}

/// Leaves a checkpoint in the middle.
void end_halfway(Options options) {
    options.max_bad = 8;
    REQUIRE(run(options).failure == Failure::bad_lines);
    REQUIRE(std::filesystem::exists(options.checkpoint));
}

std::string refusal(const Options& options) {
    const Result result = run(options);
    CHECK(result.failure == Failure::checkpoint);
    CHECK(result.report.lines == 0);
    return result.error;
}

}  // namespace

TEST_CASE("a run that is taken up ends as one that never stopped") {
    const TemporaryFolder folder;
    Options options = checkpointed(folder, folder.write("a", sample_history(900)));
    options.histories.push_back(folder.write("b", sample_history(700)));
    const Written expected = uninterrupted(options);
    CHECK(run_in_pieces(options, 3, expected) > 5);
    options.threads = 3;
    CHECK(run_in_pieces(options, 4, expected) > 3);
    options.histories.front() = folder.write("a.gz", gzipped(sample_history(900)));
    const Written unpacked = uninterrupted(options);
    CHECK(run_in_pieces(options, 11, unpacked) > 1);
}

TEST_CASE("a run with limits and counters is taken up with what they remember") {
    const TemporaryFolder folder;
    Options options =
        checkpointed_with_limits(folder, folder.write("h", joined(timed_lines(2'500))));
    const Written expected = uninterrupted(options);
    CHECK(run_in_pieces(options, 5, expected) > 5);
    options.sort = true;
    options.sort_bytes = 30'000;
    CHECK(run_in_pieces(options, 20, expected) > 1);
}

TEST_CASE("a run that is ended by hand is put aside where it ended") {
    const TemporaryFolder folder;
    Options options = checkpointed(folder, folder.write("h", sample_history(3'000)));
    const Written expected = uninterrupted(options);
    std::atomic<bool> stop = false;
    options.cancel = &stop;
    options.checkpoint_seconds = 1'000;
    options.progress = [&](const Progress&) { stop = true; };
    options.block_bytes = 200;
    Options whole = options;
    whole.progress = {};
    whole.cancel = nullptr;
    const Written small_blocks = uninterrupted(whole);
    CHECK(small_blocks.json == expected.json);
    const Result ended = run(options);
    CHECK(ended.ok());
    if (ended.report.partial.empty()) return;  // it was done before the first report of progress
    CHECK(std::filesystem::exists(options.checkpoint));
    const Result rest = run(whole);
    CHECK(rest.taken_up_at == ended.report.lines);
    CHECK(written(whole, rest).json == expected.json);
}

TEST_CASE("a checkpoint of another run is refused with what differs") {
    const TemporaryFolder folder;
    const std::string history = folder.write("h", sample_history(1'500));
    const Options options = checkpointed(folder, history);
    end_halfway(options);
    const auto refused = [&](const std::string& what, const auto& change) {
        Options other = options;
        change(other);
        const std::string error = refusal(other);
        INFO(error);
        CHECK(error.find("of another run: " + what + " was not the same") != std::string::npos);
    };
    refused("the policy", [](Options& other) { other.policy = changed_policy(); });
    refused("the baseline", [](Options& other) { other.baseline = sample_policy(); });
    refused("--sweep", [](Options& other) { other.sweep.candidates.pop_back(); });
    refused("the calls of cells", [](Options& other) { other.cell_calls = 6; });
    refused("--seed", [](Options& other) { other.seed = 1; });
    refused("--samples", [](Options& other) { other.samples = 4; });
    refused("--sort", [](Options& other) { other.sort = true; });
    refused("--duty", [](Options& other) { other.engine.duties = {"mask"}; });
    refused("the limits of the engine", [](Options& other) { ++other.engine.limits.approvals; });
    refused("the calls of --gate", [](Options& other) { other.gate.reset(); });
    refused("--intent", [](Options& other) { other.intent = {"/id"}; });
    refused("--amount", [](Options& other) { other.amounts = {"amount"}; });
    refused("--show-args", [](Options& other) { other.show_args = true; });
    refused("--decisions", [](Options& other) { other.decisions += "2"; });
    refused("--changes", [](Options& other) { other.changes.clear(); });
    refused("the mapping", [](Options& other) { other.mapping = "openai-chat"; });
    refused("whether there are --approvers", [](Options& other) {
        other.staff.approvers = {{"support_lead", 1}};
    });
    refused("the size of blocks", [](Options& other) { ++other.block_bytes; });
    const std::string copy = folder.write("copy", sample_history(700));
    refused("the list of histories", [&](Options& other) { other.histories.push_back(copy); });
    std::string text = sample_history(1'500);
    text.back() = ' ';
    folder.write("h", text);
    refused("the history `" + history + "`", [](Options&) {});
    folder.write("h", sample_history(1'501));
    refused("the history `" + history + "`", [](Options&) {});
    folder.write("h", sample_history(1'500));
    Options strict = options;
    strict.max_bad = 0;
    CHECK(run(strict).failure == Failure::bad_lines);
    CHECK(run(options).taken_up_at > 0);
}

TEST_CASE("a damaged checkpoint is refused") {
    const TemporaryFolder folder;
    const Options options = checkpointed(folder, folder.write("h", sample_history(1'000)));
    end_halfway(options);
    const std::string bytes = read_file(options.checkpoint);
    for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 60) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        folder.write("run.checkpoint", damaged);
        CHECK_FALSE(refusal(options).empty());
        folder.write("run.checkpoint", std::string_view{bytes}.substr(0, at));
        CHECK_FALSE(refusal(options).empty());
    }
    folder.write("run.checkpoint", bytes + " ");
    CHECK(refusal(options).find("damaged") != std::string::npos);
    folder.write("run.checkpoint", bytes);
    CHECK(run(options).taken_up_at > 0);
}

TEST_CASE("what cannot be read or written again is no run to put aside") {
    const TemporaryFolder folder;
    Options options = checkpointed(folder, "-");
    CHECK(refusal(options).find("only files can be read again") != std::string::npos);
    options = checkpointed(folder, folder.write("h", sample_history(500)));
    options.checkpoint = folder.path("none/run.checkpoint");
    const Result result = run(options);
    CHECK(result.failure == Failure::checkpoint);
    CHECK(result.error.find("cannot be written") != std::string::npos);
    options = checkpointed(folder, options.histories.front());
    end_halfway(options);
    folder.write("decisions.jsonl", "");
    CHECK(run(options).error.find("shorter than the run has written") != std::string::npos);
}
