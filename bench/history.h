// A history as the replay benches read it, and the floor of reading it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace proviso::bench {

/// Receipts of calls over 50 tools, about 1 kB each.
void write_history(const std::filesystem::path& path, std::uint64_t lines);
/// simdjson reading the same fields, in blocks of whole lines, one document a line.
[[nodiscard]] std::uint64_t read_file_bare(const std::filesystem::path& path);

}  // namespace proviso::bench
