// The bytes of one history, unpacked: a plain file, gzip, zstd, a packed history, or stdin.
//
// What a file is shows in its first bytes, never in its name, so that stdin may be packed as well.
// Reading is unbuffered: the caller asks for large pieces and gets them straight into its memory.
// Covered by tests/unit/simulator/history/bytes_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/packed/block_lines.h"

namespace proviso::simulator {

/// Left out at the beginning of a file.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class ByteStream {
  public:
    ByteStream() = default;
    virtual ~ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;

    /// Fills `out` up to `capacity`; fewer bytes only at the end or at an error.
    virtual std::size_t read(char* out, std::size_t capacity) = 0;
    /// The next block of a packed history, instead of the bytes of its text. Null where there is
    /// none, or its text has to be read as bytes: then all that is left is read so. Before any
    /// byte was read, or after other blocks alone.
    virtual std::unique_ptr<const packed::BlockLines> next_lines() { return nullptr; }
    /// Bytes taken from the file so far, as stored.
    [[nodiscard]] virtual std::uint64_t stored_bytes() const = 0;
    /// Why reading ended too early, without the file's name; empty where it did not.
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  protected:
    void fail(std::string reason) { error_ = std::move(reason); }

  private:
    std::string error_;
};

struct OpenedStream {
    std::unique_ptr<ByteStream> stream;  ///< null where it cannot be opened
    std::string error;
};

/// "-" is stdin.
[[nodiscard]] OpenedStream open_stream(const std::string& path);

/// Why a path cannot be opened; empty where it can. Takes nothing from it.
[[nodiscard]] std::string why_unreadable(const std::string& path);

/// Size of a regular file; none for anything else (stdin, a pipe).
[[nodiscard]] std::optional<std::uint64_t> stored_size(const std::string& path);

}  // namespace proviso::simulator
