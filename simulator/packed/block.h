// Some thousand lines of a history as columns, and back again.
//
// Lines of one shape stand together: the shape once, then a column for each of its holes. Lines of
// a shape that few have are values of one more, as a whole. The bytes are those of
// docs/history-pack.md under "A block", before they are compressed. What is read is held to its
// bounds, and is the very text that was written, or an error. Covered by
// tests/unit/simulator/packed/block_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "simulator/packed/column.h"
#include "simulator/packed/line_shape.h"

namespace proviso::simulator::packed {

inline constexpr std::size_t most_block_lines = 65'536;
/// A block is closed at so many bytes of text; a line that is longer is a block of its own.
inline constexpr std::size_t block_text_bytes = 8U << 20;
inline constexpr std::size_t most_block_bytes = 64U << 20;  ///< of text, and of what is written
inline constexpr std::size_t most_shapes = 1024;
inline constexpr std::size_t most_columns = 65'536;
/// Of all dictionaries and columns of a block that is read: what memory is taken for.
inline constexpr std::size_t most_items = 4U << 20;
/// A line longer than this cannot be packed.
inline constexpr std::size_t most_line_bytes = 32U << 20;

/// Shapes by number, of several blocks.
struct KnownShapes {
    static constexpr std::size_t most = 4096;  ///< then they are forgotten
    ShapeTree tree;
    std::unordered_map<std::string, std::uint32_t> numbers;
};

/// Takes lines in; reused from block to block.
class BlockPacker {
  public:
    /// Without its line end, at most `most_line_bytes`.
    void add(std::string_view line);
    [[nodiscard]] bool is_full() const {
        return ends_.size() >= most_block_lines || text_.size() >= block_text_bytes;
    }
    [[nodiscard]] bool is_empty() const { return ends_.empty(); }
    [[nodiscard]] std::size_t lines() const { return ends_.size(); }
    /// The lines since the last `take`, each with its '\n'.
    [[nodiscard]] std::string_view text() const { return text_; }
    /// The block. Nothing is in hand then. `is_open`: the last line has no line end, as that of a
    /// whole history may lack it.
    [[nodiscard]] std::string take(bool is_open = false);
    void clear();

  private:
    std::string text_;
    std::vector<std::size_t> ends_;  // of the lines, in `text_`: behind their '\n'
    KnownShapes known_;              // of all blocks so far
};

/// What is known of a block without its lines.
struct ColumnInfo {
    std::string name;  ///< where the values stand: "args.amount"
    ColumnKind kind = ColumnKind::constant;
    std::uint64_t values = 0;
    std::uint64_t bytes = 0;  ///< before compression
};

/// The lines of a block that have one shape.
struct ShapeColumns {
    std::string_view text;  ///< of the shape
    std::uint64_t lines = 0;
    std::vector<Column> columns;       ///< one a hole
    std::vector<std::uint64_t> bytes;  ///< of the columns
    /// A line, by turns: a text that all lines have, constant columns in it, and the value of the
    /// next column that is none. Once lines are read or indexed; the line end is part of it.
    std::vector<std::string> pieces;
    std::vector<std::size_t> varying;
    std::vector<std::uint64_t> sizes;  ///< of its lines with their line ends, once indexed
};

/// A block's text is at most `most_block_bytes`.
class PackedBlock {
  public:
    /// `bytes` must outlive it. Where they are damaged `failed()` is true, and there is no text.
    explicit PackedBlock(std::string_view bytes);

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] std::uint64_t lines() const noexcept { return lines_; }
    [[nodiscard]] std::uint64_t text_bytes() const noexcept { return text_bytes_; }
    /// Whether the last line has no line end.
    [[nodiscard]] bool is_open() const noexcept { return is_open_; }
    /// In the order of the shapes, and of the holes of each.
    [[nodiscard]] std::vector<ColumnInfo> columns() const;
    /// Writes all lines, each with its '\n', into `text`, instead of what is there. Once; false
    /// where the bytes are damaged.
    bool read(std::string& text);

    /// In place of `read`: so that any line can be had. False where that would be, where a line
    /// end stands inside of a line, so that the text has more lines than the block, and where the
    /// places of all texts would take too much memory.
    [[nodiscard]] bool index();
    [[nodiscard]] std::size_t shape_of(std::size_t line) const {
        return fixed_at(shape_numbers_, width_, line);
    }
    [[nodiscard]] const std::vector<ShapeColumns>& shapes() const noexcept { return shapes_; }
    /// Writes a line of a shape, with its line end.
    static bool append_line(const ShapeColumns& shape, std::size_t line, Room& room);

  private:
    void read_shapes(Cursor& from);
    void count_lines(Cursor& from);
    static void read_columns(Cursor& from, ShapeColumns& shape);
    static void join_constants(ShapeColumns& shape);
    static bool append_next(ShapeColumns& shape, Room& room);
    [[nodiscard]] bool index_shape(ShapeColumns& shape, std::uint64_t& total) const;

    bool failed_ = false;
    std::uint64_t lines_ = 0;
    std::uint64_t text_bytes_ = 0;
    unsigned width_ = 1;
    bool is_open_ = false;
    std::string_view shape_numbers_;  // one a line
    std::vector<ShapeColumns> shapes_;
};

}  // namespace proviso::simulator::packed
