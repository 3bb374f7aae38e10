// A history packed with zstd, unpacked as it is read.
// Covered by tests/unit/simulator/history/bytes_test.cpp.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "simulator/history/bytes.h"

namespace proviso::simulator {

/// The first bytes of a frame; skippable frames begin otherwise and may not come first.
inline constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";

/// Bytes as they are stored.
struct PackedBytes {
    std::function<std::size_t(char* out, std::size_t capacity)> read;
    std::function<std::uint64_t()> bytes;  ///< read so far
    std::function<std::string()> error;    ///< empty where there is none
};

/// One frame after the other. A frame that wants more than 128 MiB of memory is an error.
[[nodiscard]] std::unique_ptr<ByteStream> make_zstd_stream(PackedBytes packed);

}  // namespace proviso::simulator
