#include "simulator/history/sorted.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <numeric>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"
#include "tests/unit/simulator/timed_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

Options sort_options(std::vector<std::string> histories) {
    Options options = options_for(histories.front());
    options.histories = std::move(histories);
    options.policy = timed_policy();
    options.baseline = other_timed_policy();
    options.sort = true;
    return options;
}

/// Nothing that has the names of the files in it.
void check_same(const Report& report, const Report& expected) {
    CHECK(report.digest == expected.digest);
    CHECK(report.lines == expected.lines);
    CHECK(report.text_bytes == expected.text_bytes);
    CHECK(report.counts.outcomes == expected.counts.outcomes);
    REQUIRE(report.memory);
    for (std::size_t i = 0; i < memory_ways; ++i) {
        CHECK(report.memory->modes[i].table == expected.memory->modes[i].table);
    }
    CHECK(report.memory->warm_up_changes == expected.memory->warm_up_changes);
    for (std::size_t i = 0; i < outcome_count; ++i) {
        REQUIRE(report.samples[i].size() == expected.samples[i].size());
        for (std::size_t j = 0; j < report.samples[i].size(); ++j) {
            CHECK(report.samples[i][j].args == expected.samples[i][j].args);
        }
    }
}

/// In the order of the lines from `begin` in steps of `step`.
std::string every(const std::vector<std::string>& lines, std::size_t begin, std::size_t step) {
    std::string text;
    for (std::size_t i = begin; i < lines.size(); i += step) text += lines[i] + '\n';
    return text;
}

/// TMPDIR for as long as it lives.
class TemporaryFilesIn {
  public:
    explicit TemporaryFilesIn(const std::string& folder) {
        if (const char* old = std::getenv("TMPDIR")) old_ = old;
        setenv("TMPDIR", folder.c_str(), 1);
    }
    ~TemporaryFilesIn() {
        if (old_) setenv("TMPDIR", old_->c_str(), 1);
        if (!old_) unsetenv("TMPDIR");
    }
    TemporaryFilesIn(const TemporaryFilesIn&) = delete;
    TemporaryFilesIn& operator=(const TemporaryFilesIn&) = delete;

  private:
    std::optional<std::string> old_;
};

/// No file grows beyond so many bytes.
class SmallDisk {
  public:
    explicit SmallDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit small{bytes, old_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, SIG_DFL);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

  private:
    rlimit old_{};
};

}  // namespace

TEST_CASE("a sorted run decides as one of a history that was sorted beforehand") {
    const TemporaryFolder folder;
    std::vector<std::string> lines;
    for (std::string& line : timed_lines(3'000)) {
        // Those that stay behind another line do so only where they stand behind it.
        if (line.find("\"time\"") != std::string::npos) lines.push_back(std::move(line));
    }
    Options beforehand = sort_options({folder.write("sorted", joined(lines))});
    beforehand.sort = false;
    const Result expected = run(beforehand);
    INFO(expected.error);
    REQUIRE(expected.ok());
    // Three files that each go backwards in time where the next one begins.
    const std::vector<std::string> files{folder.write("a", every(lines, 0, 3)),
                                         folder.write("b", every(lines, 1, 3)),
                                         folder.write("c", every(lines, 2, 3))};
    Options unsorted = sort_options(files);
    unsorted.sort = false;
    CHECK(run(unsorted).failure == Failure::order);
    // Lines of one time stand by file: the expected order is that of a stable sort.
    std::vector<std::string> concatenated;
    for (std::size_t file = 0; file < 3; ++file) {
        for (std::size_t i = file; i < lines.size(); i += 3) concatenated.push_back(lines[i]);
    }
    const auto time = [](const std::string& line) {
        return line.substr(line.find("\"time\""), 30);
    };
    std::stable_sort(concatenated.begin(), concatenated.end(),
                     [&](const auto& a, const auto& b) { return time(a) < time(b); });
    beforehand.histories = {folder.write("stable", joined(concatenated))};
    const Result stable = run(beforehand);
    REQUIRE(stable.ok());
    for (const std::size_t bytes : {2'000u, 20'000u, 100'000'000u}) {
        Options options = sort_options(files);
        options.sort_bytes = bytes;
        options.block_bytes = bytes / 7;
        const Result result = run(options);
        INFO(result.error << " " << bytes);
        REQUIRE(result.ok());
        check_same(result.report, stable.report);
        for (std::size_t file = 0; file < 3; ++file) {
            CHECK(result.report.inputs[file].lines == (lines.size() + 2 - file) / 3);
            CHECK(result.report.inputs[file].calls == result.report.inputs[file].lines);
        }
    }
}

TEST_CASE("sorting a history that is in order changes nothing, and tells the same places") {
    const TemporaryFolder folder;
    Options options = sort_options({folder.write("h", joined(timed_lines(2'000)))});
    options.changes = folder.path("changes");
    options.decisions = folder.path("decisions");
    options.sort = false;
    const Result expected = run(options);
    REQUIRE(expected.ok());
    CHECK(expected.report.bad > 20);
    CHECK(expected.report.blank > 20);
    const std::string changes = read_file(options.changes);
    const std::string decisions = read_file(options.decisions);
    options.sort = true;
    for (const std::size_t bytes : {3'000u, 100'000'000u}) {
        options.sort_bytes = bytes;
        const Result result = run(options);
        REQUIRE(result.ok());
        CHECK(stable_json(result.report) == stable_json(expected.report));
        CHECK(read_file(options.changes) == changes);
        CHECK(read_file(options.decisions) == decisions);
    }
}

TEST_CASE("what was dropped of a long line is counted once it is sorted") {
    const TemporaryFolder folder;
    std::vector<std::string> lines = timed_lines(100);
    lines.insert(lines.begin() + 40, std::string(50'000, 'x'));
    lines.push_back(std::string(9'000, 'y'));
    Options options = sort_options({folder.write("h", joined(lines))});
    options.engine.limits.call_bytes = 1'000;
    options.sort = false;
    const Result expected = run(options);
    options.sort = true;
    for (const std::size_t bytes : {3'000u, 100'000'000u}) {
        options.sort_bytes = bytes;
        CHECK(stable_json(run(options).report) == stable_json(expected.report));
    }
}

TEST_CASE("sorting needs a folder to write to only beyond its memory") {
    const TemporaryFolder folder;
    Options options = sort_options({folder.write("h", joined(timed_lines(500)))});
    const TemporaryFilesIn nowhere{folder.path("none")};
    CHECK(run(options).ok());
    options.sort_bytes = 3'000;
    const Result result = run(options);
    CHECK(result.failure == Failure::sorting);
    CHECK(result.error.find(folder.path("none")) != std::string::npos);
    CHECK(result.error.find("TMPDIR") != std::string::npos);
    CHECK(result.report.partial == "the history could not be sorted");
}

TEST_CASE("a disk that is full ends the run with a reason, and leaves nothing behind") {
    const TemporaryFolder folder;
    Options options = sort_options({folder.write("h", joined(timed_lines(5'000)))});
    options.sort_bytes = 3'000;
    const TemporaryFolder temporary;
    const TemporaryFilesIn there{temporary.path("")};
    {
        const SmallDisk disk{200'000};
        const Result result = run(options);
        CHECK(result.failure == Failure::sorting);
        CHECK(result.error.find("cannot be written") != std::string::npos);
    }
    CHECK(run(options).ok());
    CHECK(std::filesystem::is_empty(temporary.path("")));
}

TEST_CASE("sorting tells how far it is, and ends where the run is ended") {
    const TemporaryFolder folder;
    Options options = sort_options({folder.write("h", joined(timed_lines(5'000)))});
    options.block_bytes = 10'000;
    std::atomic<bool> stop = true;
    options.cancel = &stop;
    const Result result = run(options);
    CHECK(result.ok());
    CHECK(result.report.lines == 0);
    CHECK(result.report.partial == "the run was ended early");
}

TEST_CASE("keys decide which run a line comes from") {
    RunLevels levels;
    constexpr std::uint64_t count = 300;
    for (std::uint64_t run = 0; run < count; ++run) {
        SortRun one;
        for (std::uint64_t i = 0; i < 3; ++i) {
            const std::uint64_t place = run + i * count;
            one.write({static_cast<std::int64_t>(place / 2), place}, {0, place + 1}, place,
                      std::to_string(place));
        }
        const bool added = levels.add(std::move(one));
        REQUIRE(added);
    }
    MergedRuns merged{levels.take()};
    SortedLine line;
    for (std::uint64_t place = 0; place < 3 * count; ++place) {
        REQUIRE(merged.next(line));
        CHECK(line.key.place == place);
        CHECK(line.origin.line == place + 1);
        CHECK(line.dropped == place);
        CHECK(line.text == std::to_string(place));
    }
    CHECK_FALSE(merged.next(line));
    CHECK(merged.error().empty());
}
