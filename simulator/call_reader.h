// A list of histories as blocks of calls, in order: the blocks of their lines, or, where a mapping
// file has an adapter, of the calls that it finds in them.
//
// Covered by tests/unit/simulator/unfold_test.cpp and blocks_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/blocks.h"
#include "simulator/unfold.h"

namespace proviso::simulator {

/// Not thread-safe.
class CallReader {
  public:
    /// `adapter` may be null, and outlives it. `call_bytes` bounds a call, without its line end.
    CallReader(std::vector<std::string> paths, std::size_t block_bytes, std::size_t call_bytes,
               const Adapter* adapter);

    /// The next block; false at the end of the last file.
    bool next(Block& block);
    [[nodiscard]] const std::vector<InputError>& errors() const noexcept { return lines_.errors(); }
    /// Bytes taken from a file so far, as stored.
    [[nodiscard]] std::uint64_t stored_bytes(std::size_t file) const {
        return lines_.stored_bytes(file);
    }

  private:
    bool read();
    void unfold();
    void drain();
    void give(Block& block);

    std::size_t block_bytes_;
    BlockReader lines_;
    std::optional<Unfolder> unfolder_;
    Block source_;           // lines of the log
    std::string_view rest_;  // of them: not yet unfolded
    std::size_t file_ = 0;   // of what is in hand
    std::string text_;       // calls, with line ends
    std::vector<BlockEntry> entries_;
    std::uint64_t source_bytes_ = 0;  // of the lines that these come from
    std::uint64_t index_ = 0;
    std::uint64_t offset_ = 0;
};

}  // namespace proviso::simulator
