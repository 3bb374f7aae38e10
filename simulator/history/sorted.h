// Histories in the order of time: an external merge sort of their lines.
//
// A line goes by its call's time, as the engine reads it; one without a time that can be read (a
// blank or bad line among them) stays behind the line before it. Lines of one time stay in the
// order of the files. What fits in `memory_bytes` is sorted there; more goes to sorted runs on disk
// (sort_runs.h). So the blocks are those of one file that was sorted so beforehand, and each of
// their lines tells where it came from.
// Covered by tests/unit/simulator/sorted_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/blocks.h"
#include "simulator/history/sort_runs.h"

namespace proviso::simulator {

struct SortOptions {
    std::size_t block_bytes = 1u << 20;
    std::size_t memory_bytes = 256u << 20;  ///< of lines, and what is kept of each
    /// µs since 1970 of a line; 64 readable bytes lie behind it.
    std::function<std::optional<std::int64_t>(std::string_view line)> time_of;
    /// Told after each block that is read; false ends the sorting.
    std::function<bool(std::uint64_t lines, std::uint64_t bytes_read)> go_on;
};

class SortedReader final : public BlockSource {
  public:
    SortedReader(std::unique_ptr<BlockSource> source, SortOptions options);

    /// Reads and sorts all of it. False where `go_on` ended it, or with an error.
    bool prepare();
    /// Why sorting failed, for people; empty where it did not.
    [[nodiscard]] const std::string& error() const noexcept { return error_; }
    /// Of all sorted lines. `Block::bytes_read` counts up to it.
    [[nodiscard]] std::uint64_t text_bytes() const noexcept { return text_bytes_; }

    /// After `prepare`. False as well where sorting fails now.
    bool next(Block& block) override;
    [[nodiscard]] const std::vector<InputError>& errors() const noexcept override {
        return source_->errors();
    }
    [[nodiscard]] std::uint64_t stored_bytes(std::size_t file) const override {
        return source_->stored_bytes(file);
    }

  private:
    struct Entry {
        SortKey key;
        Origin origin;
        std::uint64_t dropped = 0;
        std::size_t begin = 0;  // in the text
        std::size_t size = 0;
    };
    bool keep_lines(const Block& block);
    bool keep(std::string_view line, std::uint64_t dropped, const Origin& origin);
    [[nodiscard]] Origin next_of(std::size_t file);
    void sort_entries();
    bool spill();
    bool next_line();

    std::unique_ptr<BlockSource> source_;
    SortOptions options_;
    std::string text_;
    std::vector<Entry> entries_;
    std::vector<std::uint64_t> lines_;  // read of each file
    std::uint64_t places_ = 0;
    std::int64_t last_time_;
    std::uint64_t text_bytes_ = 0;
    RunLevels levels_;
    std::optional<MergedRuns> merged_;
    std::size_t given_ = 0;  // of the entries, where nothing went to disk
    SortedLine line_;
    bool has_line_ = false;
    std::uint64_t index_ = 0;
    std::uint64_t offset_ = 0;
    std::string error_;
};

}  // namespace proviso::simulator
