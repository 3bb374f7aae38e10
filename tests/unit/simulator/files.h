// A folder of a test's own, and files in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::simulator::testing {

/// Removed with all in it when it goes.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] std::string path(std::string_view name) const;
    /// Writes a file and returns its path.
    std::string write(std::string_view name, std::string_view bytes) const;

  private:
    std::filesystem::path folder_;
};

[[nodiscard]] std::string read_file(const std::string& path);

/// One gzip member.
[[nodiscard]] std::string gzipped(std::string_view text);

/// One zstd frame.
[[nodiscard]] std::string packed_by_zstd(std::string_view text);

}  // namespace proviso::simulator::testing
