#include "simulator/history/histories.h"

#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

/// logs/ with two days of November, a note, a hidden file, and a folder of December.
void write_logs(const TemporaryFolder& folder) {
    std::filesystem::create_directories(folder.path("logs/2026-12"));
    std::filesystem::create_directories(folder.path("logs/.old"));
    (void)folder.write("logs/2026-11-02.jsonl.zst", packed_by_zstd(sample_history(5)));
    (void)folder.write("logs/2026-11-01.jsonl", sample_history(7));
    (void)folder.write("logs/2026-12/01.ndjson.gz", gzipped(sample_history(3)));
    (void)folder.write("logs/README.md", "not a history");
    (void)folder.write("logs/.hidden.jsonl", "not a history");
    (void)folder.write("logs/.old/2026-10-01.jsonl", "not a history");
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a folder is all histories in it, by path") {
    const TemporaryFolder folder;
    write_logs(folder);
    const Histories found = find_histories({folder.path("logs")});
    CHECK(found.error.empty());
    CHECK(found.paths == Paths{folder.path("logs/2026-11-01.jsonl"),
                               folder.path("logs/2026-11-02.jsonl.zst"),
                               folder.path("logs/2026-12/01.ndjson.gz")});
    std::filesystem::create_directory(folder.path("empty"));
    CHECK(find_histories({folder.path("empty")}).error ==
          folder.path("empty") +
              ": there is no history in the folder: no .jsonl or .ndjson, plain, .gz or .zst, "
              "and no .pvh");
}

TEST_CASE("a pattern is all files that match, by path") {
    const TemporaryFolder folder;
    write_logs(folder);
    CHECK(find_histories({folder.path("logs/2026-11-*")}).paths ==
          Paths{folder.path("logs/2026-11-01.jsonl"), folder.path("logs/2026-11-02.jsonl.zst")});
    CHECK(find_histories({folder.path("logs/*/0?.ndjson.gz"), "-", "absent"}).paths ==
          Paths{folder.path("logs/2026-12/01.ndjson.gz"), "-", "absent"});
    CHECK(find_histories({folder.path("logs/2025-*")}).error ==
          folder.path("logs/2025-*") + ": no file is named so");
    (void)folder.write("a[1].jsonl", "");
    CHECK(find_histories({folder.path("a[1].jsonl")}).paths == Paths{folder.path("a[1].jsonl")});
}

TEST_CASE("a file that is named again is refused, under whatever name") {
    const TemporaryFolder folder;
    write_logs(folder);
    const std::string file = folder.path("logs/2026-11-01.jsonl");
    CHECK(find_histories({file, "-", file}).error ==
          file + " is given twice: its calls would count twice");
    CHECK(find_histories({folder.path("logs"), file}).error ==
          file + " is given twice: its calls would count twice");
    const std::string link = folder.path("link.jsonl");
    std::filesystem::create_symlink(file, link);
    CHECK(find_histories({file, link}).error ==
          link + " is the file " + file + " again: its calls would count twice");
    CHECK(find_histories({"absent", "absent"}).error.empty());
}

TEST_CASE("a history in a folder, packed or not, has the digest of one file") {
    const TemporaryFolder folder;
    write_logs(folder);
    const std::string whole =
        folder.write("whole.jsonl", sample_history(7) + sample_history(5) + sample_history(3));
    Options options = options_for(whole);
    const Result one = run(options);
    options.histories = {folder.path("logs")};
    const Result many = run(options);
    INFO(many.error);
    REQUIRE(many.ok());
    CHECK(many.report.inputs.size() == 3);
    CHECK(many.report.digest == one.report.digest);
    options.histories = {folder.path("none-*")};
    CHECK(run(options).failure == Failure::input);
}
