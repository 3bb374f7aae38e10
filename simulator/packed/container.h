// A packed history as a file: blocks one behind the other, each compressed, numbered and with its
// checksum, and at the end what there was in all. docs/history-pack.md has the bytes.
//
// What is damaged, cut off, put together from two files, or from a later version is an error; no
// line of a damaged block is given.
// Covered by tests/unit/simulator/packed/container_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "simulator/packed/block.h"

namespace proviso::simulator::packed {

/// What a packed history begins with; the version is behind it.
inline constexpr std::string_view magic = "\x93PVH";

struct Totals {
    std::uint64_t blocks = 0;
    std::uint64_t lines = 0;
    std::uint64_t text_bytes = 0;
    friend bool operator==(const Totals&, const Totals&) = default;
};

/// Makes the bytes of a file, piece after piece.
class Writer {
  public:
    [[nodiscard]] static std::string head();
    /// All lines that `packer` has in hand; it has none then. They were read back before: throws
    /// std::logic_error where that is not what went in, and std::bad_alloc.
    [[nodiscard]] std::string block(BlockPacker& packer, bool is_open = false);
    [[nodiscard]] std::string end() const;
    [[nodiscard]] const Totals& totals() const noexcept { return totals_; }

  private:
    Totals totals_;
};

/// Reads a file from its beginning.
class Reader {
  public:
    /// Fills up to the capacity; fewer bytes only at the end.
    using Read = std::function<std::size_t(char* out, std::size_t capacity)>;
    explicit Reader(Read read) : read_(std::move(read)) {}

    /// The bytes of the next block, as PackedBlock takes them; false at the end, and where there is
    /// an error.
    bool next(std::string& block);
    /// For people; empty where there is none.
    [[nodiscard]] const std::string& error() const noexcept { return error_; }
    /// Of the blocks that were given.
    [[nodiscard]] const Totals& totals() const noexcept { return totals_; }
    void fail(std::string_view why);

  private:
    struct Record;
    bool read_head();
    bool read_record(Record& record);
    bool unpack(std::string& block);
    void check_end(std::string_view bytes);
    [[nodiscard]] bool count(std::string_view block);

    Read read_;
    std::string packed_;
    std::string error_;
    Totals totals_;
    bool at_start_ = true;
    bool at_end_ = false;
    bool is_open_ = false;  // the last line has no line end: nothing may follow
};

}  // namespace proviso::simulator::packed
