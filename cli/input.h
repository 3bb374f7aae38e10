// Bytes from files and from stdin, within bounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <istream>
#include <string>

namespace proviso::cli {

/// How messages call a source of bytes: its path, or "standard input" for "-".
[[nodiscard]] std::string shown_name(const std::string& path);

/// Of a file or a folder; Failure says why not.
void require_readable(const std::string& path);

/// The whole of a file, or of stdin for "-". Failure where it cannot be read or has more bytes than
/// `most_bytes`.
[[nodiscard]] std::string read_all(const std::string& path, std::size_t most_bytes);

/// Writes beside the file and puts it in place in one step: no reader sees half of it.
void write_file(const std::string& path, const std::string& bytes);

/// Lines as they arrive, so that a program that feeds them one by one gets answers one by one.
class LineReader {
  public:
    explicit LineReader(const std::string& path, std::size_t most_bytes);

    /// The next line that is not blank; false at the end.
    bool next(std::string& line);
    /// What is left, line ends included.
    [[nodiscard]] std::string rest();
    /// Of the last line, from 1, blank ones counted.
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

  private:
    bool read_line(std::string& line);

    std::string path_;
    std::size_t most_bytes_;
    std::ifstream file_;
    std::istream* in_;
    std::uint64_t number_ = 0;
};

}  // namespace proviso::cli
