// Joins the results of blocks in the order of the history, whichever thread is done first.
//
// A result that comes early waits; so that few do, a thread may start a block only while it is at
// most a few blocks ahead of what is joined.
// Covered by tests/unit/simulator/replay_threads_test.cpp.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "simulator/history/output_file.h"
#include "simulator/replay/options.h"
#include "simulator/replay/worker.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

class Collector {
  public:
    Collector(const Options& options, OutputFile& decisions, OutputFile& changes);

    /// Progress before the first block.
    void tell_sorting(std::uint64_t lines, std::uint64_t bytes_read);
    /// Where blocks are not read from the files: how far `Block::bytes_read` goes. From now on
    /// speed is reckoned.
    void expect_bytes(std::uint64_t total);
    /// Waits until all of the first `blocks` blocks are joined.
    void wait_for(std::uint64_t blocks);
    /// For a checkpoint, while no block is under way.
    void save(model::Saver& saver);
    void load(model::Loader& loader);
    /// Blocks that are joined.
    [[nodiscard]] std::uint64_t blocks() const noexcept { return joined_.next; }
    [[nodiscard]] std::uint64_t lines() const noexcept { return joined_.lines; }
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
    [[nodiscard]] const FigureEvents& figures() const noexcept { return joined_.figures; }
    /// Pinned calls, in the order of the history.
    [[nodiscard]] const std::vector<PinFound>& pinned() const noexcept { return joined_.pinned; }
    [[nodiscard]] const GateCalls& gate_calls() const noexcept { return joined_.gate_calls; }

  private:
    using Clock = std::chrono::steady_clock;

    void join(BlockResult& result);
    [[nodiscard]] Placing placing(const BlockResult& result) const;
    void join_counts(const BlockResult& result);
    void join_bad_lines(const BlockResult& result, const Placing& place);
    void join_pins(const BlockResult& result, const Placing& place);
    void join_figures(const BlockResult& result);
    void join_doubts(const BlockResult& result);
    [[nodiscard]] CallPlacing call_placing(const BlockResult& result) const;
    void join_samples(BlockResult& result, const Placing& place);
    [[nodiscard]] double seconds() const;
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
    std::condition_variable has_joined_;
    std::map<std::uint64_t, BlockResult> early_;
    struct PinKept {
        std::size_t right = 0;
        std::size_t wrong = 0;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [right, wrong] = it;
            visit(right, wrong);
        }
    };
    /// Of the blocks that are joined.
    struct Joined {
        std::uint64_t next = 0;  // block
        std::uint64_t bytes_read = 0;
        std::uint64_t lines = 0;
        std::uint64_t bad = 0;
        std::vector<InputRow> inputs;
        std::vector<BadLine> bad_lines;
        std::map<std::size_t, PinKept> pins_kept;
        std::vector<PinFound> pinned;
        GateCalls gate_calls;
        IdSet ids;
        std::optional<OddTime> odd_time;
        Digest digest;
        std::array<Reservoir, outcome_count> samples;
        ChangeSamples changed;
        CellKeeper cells;
        FigureEvents figures;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [next, bytes_read, lines, bad, inputs, bad_lines, pins_kept, pinned, gate_calls,
                   ids, odd_time, digest, samples, changed, cells, figures] = it;
            visit(next, bytes_read, lines, bad, inputs, bad_lines, pins_kept, pinned, gate_calls,
                  ids, odd_time, digest, samples, changed, cells, figures);
        }
    };
    Joined joined_;
    double seconds_before_ = 0;  // of the runs that this one goes on with
    std::uint64_t lines_before_ = 0;
    std::uint64_t bytes_before_ = 0;
    SampleThresholds thresholds_;
    std::atomic<bool> stopped_ = false;
    bool too_many_bad_ = false;
    std::string disorder_;
};

}  // namespace proviso::simulator
