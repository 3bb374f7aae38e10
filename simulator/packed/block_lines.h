// A packed block whose lines are had one by one, as text or as typed values: what a replay reads
// that has no use for the text of all of them.
// Covered by tests/unit/simulator/packed/block_lines_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "simulator/packed/block.h"

namespace proviso::simulator::packed {

/// Immutable. Views of it stay as long as it does.
class BlockLines {
  public:
    /// Bytes that are readable behind each view.
    static constexpr std::size_t padding = 64;

    /// None where a block's text has to be read as one: where it is damaged, and where its lines
    /// are not those of its text (`PackedBlock::index`).
    [[nodiscard]] static std::unique_ptr<const BlockLines> of(std::string bytes);

    [[nodiscard]] std::uint64_t lines() const { return block_.lines(); }
    [[nodiscard]] std::uint64_t text_bytes() const { return block_.text_bytes(); }
    [[nodiscard]] bool is_open() const { return block_.is_open(); }
    [[nodiscard]] bool begins_with(std::string_view text) const;
    [[nodiscard]] const std::vector<ShapeColumns>& shapes() const { return block_.shapes(); }
    [[nodiscard]] std::size_t shape_of(std::size_t line) const { return block_.shape_of(line); }
    /// Writes a line of a shape without its line end, `padding` zeros behind it, instead of what is
    /// there. The view is of `text`.
    static std::string_view write(const ShapeColumns& shape, std::size_t line, std::string& text);

  private:
    explicit BlockLines(std::string bytes);

    std::string bytes_;
    PackedBlock block_;
};

}  // namespace proviso::simulator::packed
