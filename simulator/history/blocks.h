// A list of histories as blocks of whole lines, in order.
//
// Memory is that of one block and one line, whatever a history's length: the rest of a line that is
// longer than the bound is read over, and its beginning stands for it, so that whoever reads the
// block sees (and reports) one line that is too long. No block holds lines of two files.
// Covered by tests/unit/simulator/history/blocks_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/bytes.h"

namespace proviso::simulator {

/// Readable zeros behind a block's text: simdjson reads past the end of a document.
inline constexpr std::size_t padding_bytes = 64;

/// What a line of a block is: a line of a history as it stands there, or what a line of somebody
/// else's log was found to hold.
enum class LineKind : std::uint8_t {
    line,
    call,
    blank,    ///< an empty line
    skipped,  ///< nothing that is asked for
    bad       ///< its text is why it cannot be read
};

/// The place in the histories that a line of another order, or a part of a line, comes from.
struct Origin {
    std::uint32_t file = 0;  ///< into the paths
    std::uint64_t line = 0;  ///< from 1
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call
    LineKind kind = LineKind::line;
    bool ends_line = true;  ///< the last part of its line
};

/// Reused from one block to the next.
class Block {
  public:
    std::uint64_t index = 0;       ///< from 0, over all files
    std::size_t file = 0;          ///< into the paths; of no meaning where there are origins
    std::uint64_t offset = 0;      ///< of the text, in all files set one behind the other
    std::uint64_t dropped = 0;     ///< bytes of a line that is too long, read over
    std::uint64_t bytes_read = 0;  ///< of all files so far, as stored
    /// One a line where the lines are not those of the files in their order; else empty.
    std::vector<Origin> origins;

    /// Of a packed history, where they were asked for: all lines, in place of the text.
    std::unique_ptr<const packed::BlockLines> lines;

    /// Lines, each with its '\n'; the last line of a file may lack it.
    [[nodiscard]] std::string_view text() const { return {memory_.get(), size_}; }
    /// Of all its lines, with what was read over.
    [[nodiscard]] std::uint64_t text_bytes() const {
        return (lines != nullptr ? lines->text_bytes() : size_) + dropped;
    }

  private:
    friend class BlockReader;
    friend class SortedReader;
    friend class CallReader;
    void reserve(std::size_t capacity);
    void assign(std::string_view text);

    std::unique_ptr<char[]> memory_;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

struct InputError {
    std::size_t file = 0;
    std::string reason;
};

/// Where blocks come from. Not thread-safe.
class BlockSource {
  public:
    BlockSource() = default;
    virtual ~BlockSource() = default;
    BlockSource(const BlockSource&) = delete;
    BlockSource& operator=(const BlockSource&) = delete;

    /// The next block; false behind the last one. A file that cannot be read to its end gives its
    /// whole lines and an error, and the next file follows.
    virtual bool next(Block& block) = 0;
    [[nodiscard]] virtual const std::vector<InputError>& errors() const noexcept = 0;
    /// Bytes taken from a file so far, as stored.
    [[nodiscard]] virtual std::uint64_t stored_bytes(std::size_t file) const = 0;
};

/// The files as they are, one after the other.
class BlockReader final : public BlockSource {
  public:
    /// A line may have `line_bytes` without its line end. With `as_lines`, a packed history is
    /// given in its own blocks, as `Block::lines`, whatever `block_bytes` and `line_bytes` say.
    BlockReader(std::vector<std::string> paths, std::size_t block_bytes, std::size_t line_bytes,
                bool as_lines = false);

    bool next(Block& block) override;
    [[nodiscard]] const std::vector<InputError>& errors() const noexcept override {
        return errors_;
    }
    [[nodiscard]] std::uint64_t stored_bytes(std::size_t file) const override;

  private:
    bool open_next();
    void close(const std::string& error);
    bool fill(Block& block);
    bool extend(Block& block, std::size_t target);
    bool cut_after_last_line(Block& block);
    void cut_long_line(Block& block);
    void read_over_line(Block& block);

    std::vector<std::string> paths_;
    std::size_t block_bytes_;
    std::size_t line_bytes_;
    bool as_lines_;
    std::size_t next_file_ = 0;
    std::unique_ptr<ByteStream> stream_;
    std::string carry_;  // read, not yet given: the beginning of a line
    bool at_start_ = false;
    std::uint64_t index_ = 0;
    std::uint64_t offset_ = 0;
    std::vector<std::uint64_t> closed_;  // bytes of each file that was read
    std::uint64_t closed_bytes_ = 0;     // their sum
    std::vector<InputError> errors_;
};

}  // namespace proviso::simulator
