// Lines on disk, sorted: what does not fit in memory while a history is brought in the order of
// time.
//
// Runs are files without a name in the folder for temporary files (TMPDIR, or else /tmp): gone when
// the process ends, however it ends. Sixteen of a level are merged into one of the next, so that
// few files are open whatever the size of the history. Keys are unique, so that neither the number
// of runs nor the order of merging shows.
// Covered by tests/unit/simulator/sorted_test.cpp.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/blocks.h"

namespace proviso::simulator {

/// By time, then by place.
struct SortKey {
    std::int64_t time = 0;
    std::uint64_t place = 0;  ///< the number of the line in all files, from 0
    friend auto operator<=>(const SortKey&, const SortKey&) = default;
};

struct SortedLine {
    SortKey key;
    Origin origin;
    std::uint64_t dropped = 0;  ///< as Block::dropped
    std::string text;           ///< without its line end
};

/// A file without a name: written once, then read once.
class SortRun {
  public:
    /// Why it cannot be made is in `error()`.
    SortRun();

    void write(const SortKey& key, const Origin& origin, std::uint64_t dropped,
               std::string_view text);
    /// From now on it is read.
    void rewind();
    /// False at the end, and where it cannot be read.
    bool read(SortedLine& line);
    /// For people; empty where there is none.
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    void fail(std::string_view what, int number);
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string folder_;
    std::unique_ptr<std::FILE, Closer> file_;
    std::string error_;
};

/// Several runs as one.
class MergedRuns {
  public:
    explicit MergedRuns(std::vector<SortRun> runs);

    /// The smallest line left; false at the end and after an error.
    bool next(SortedLine& line);
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    bool advance(std::size_t run);

    std::vector<SortRun> runs_;
    std::vector<SortedLine> heads_;
    std::vector<std::size_t> heap_;  // of runs that have a line left, the smallest on top
    std::string error_;
};

/// Runs as they come, merged by level.
class RunLevels {
  public:
    /// False where merging failed.
    bool add(SortRun run);
    [[nodiscard]] bool empty() const noexcept { return levels_.empty(); }
    /// All of them, to be merged.
    [[nodiscard]] std::vector<SortRun> take();
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    std::vector<std::vector<SortRun>> levels_;
    std::string error_;
};

}  // namespace proviso::simulator
