// Joins the results of blocks in the order of the history, whichever thread is done first.
//
// A result that comes early waits; so that few do, a thread may start a block only while it is at
// most a few blocks ahead of what is joined.
// Covered by tests/unit/simulator/collector_test.cpp and replay_threads_test.cpp.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "simulator/simulate.h"
#include "simulator/worker.h"

namespace proviso::simulator {

/// A file that is written; nothing is written after a failure.
class OutputFile {
  public:
    /// An empty path: writes nothing.
    explicit OutputFile(const std::string& path);
    void write(std::string_view text);
    void close();
    [[nodiscard]] bool is_used() const noexcept { return used_; }
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    void fail();
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string path_;
    bool used_ = false;
    std::unique_ptr<std::FILE, Closer> file_;
    std::string error_;
};

class Collector {
  public:
    Collector(const Options& options, OutputFile& decisions, OutputFile& changes);

    /// Progress before the first block.
    void tell_sorting(std::uint64_t lines, std::uint64_t bytes_read);
    /// Where blocks are not read from the files: how far `Block::bytes_read` goes. From now on
    /// speed is reckoned.
    void expect_bytes(std::uint64_t total);
    /// Waits until block `index` is near enough to what is joined.
    void wait_for_room(std::uint64_t index);
    void deliver(BlockResult result);
    /// Too many bad lines, or nowhere to write: no more blocks are wanted.
    [[nodiscard]] bool stopped() const noexcept { return stopped_.load(); }
    [[nodiscard]] const SampleThresholds& thresholds() const noexcept { return thresholds_; }

    // After the last block.
    void finish(Report& report);
    [[nodiscard]] bool too_many_bad() const noexcept { return too_many_bad_; }
    /// "file:line: why"; empty where calls are in the order that they need to be in.
    [[nodiscard]] const std::string& disorder() const noexcept { return disorder_; }
    /// Of all blocks.
    [[nodiscard]] const FigureEvents& figures() const noexcept { return figures_; }
    /// Pinned calls, in the order of the history.
    [[nodiscard]] const std::vector<PinFound>& pinned() const noexcept { return pinned_; }

  private:
    using Clock = std::chrono::steady_clock;

    void join(BlockResult& result);
    [[nodiscard]] Placing placing(const BlockResult& result) const;
    void join_counts(const BlockResult& result);
    void join_bad_lines(const BlockResult& result, const Placing& place);
    void join_pins(const BlockResult& result, const Placing& place);
    void join_figures(const BlockResult& result);
    void join_samples(BlockResult& result, const Placing& place);
    void tell_progress(bool at_end, bool sorting = false);

    const Options& options_;
    OutputFile& decisions_;
    OutputFile& changes_;
    std::uint64_t room_;
    std::optional<std::uint64_t> bytes_total_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point read_from_ = started_;
    Clock::time_point told_ = started_;

    std::mutex mutex_;
    std::condition_variable joined_;
    std::map<std::uint64_t, BlockResult> early_;
    std::uint64_t next_ = 0;
    std::uint64_t bytes_read_ = 0;
    std::uint64_t lines_ = 0;
    std::uint64_t bad_ = 0;
    std::vector<InputRow> inputs_;
    std::vector<BadLine> bad_lines_;
    struct PinKept {
        std::size_t right = 0;
        std::size_t wrong = 0;
    };
    std::map<std::size_t, PinKept> pins_kept_;
    std::vector<PinFound> pinned_;
    FigureEvents figures_;
    Digest digest_;
    std::array<Reservoir, outcome_count> samples_;
    ChangeSamples changed_;
    CellKeeper cells_;
    SampleThresholds thresholds_;
    std::atomic<bool> stopped_ = false;
    bool too_many_bad_ = false;
    std::string disorder_;
};

}  // namespace proviso::simulator
