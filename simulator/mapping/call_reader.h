// The calls that a mapping file's adapter finds in the lines of histories, as blocks.
//
// Covered by tests/unit/simulator/unfold_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/blocks.h"
#include "simulator/mapping/mapping.h"
#include "simulator/mapping/unfold.h"

namespace proviso::simulator {

/// Not thread-safe.
class CallReader final : public BlockSource {
  public:
    /// `lines` gives the lines of the log, each up to `source_line_bytes`. The adapter outlives it;
    /// a call has at most `call_bytes`.
    CallReader(std::unique_ptr<BlockSource> lines, std::size_t block_bytes, std::size_t call_bytes,
               const Adapter& adapter);

    bool next(Block& block) override;
    [[nodiscard]] const std::vector<InputError>& errors() const noexcept override {
        return lines_->errors();
    }
    [[nodiscard]] std::uint64_t stored_bytes(std::size_t file) const override {
        return lines_->stored_bytes(file);
    }

    /// By number of `mapped_places`: which led to something so far.
    [[nodiscard]] std::vector<std::uint8_t> places_met(const Mapping& mapping) const;

  private:
    bool read();
    void unfold();
    void drain();
    void give(Block& block);

    std::size_t block_bytes_;
    std::unique_ptr<BlockSource> lines_;
    Unfolder unfolder_;
    Block source_;            // lines of the log
    std::string_view rest_;   // of them: not yet unfolded
    std::size_t file_ = 0;    // of what is in hand
    std::uint64_t line_ = 0;  // of it, whose parts come next; from 0
    std::string text_;        // calls, with line ends
    std::vector<Origin> origins_;
    std::uint64_t index_ = 0;
    std::uint64_t offset_ = 0;
};

}  // namespace proviso::simulator
