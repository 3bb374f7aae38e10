// What is written beside a report. Nothing is written after a failure.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace proviso::simulator {

class OutputFile {
  public:
    /// An empty path: writes nothing. `keep`: goes on behind so many bytes of the file that is
    /// there, instead of a new one.
    explicit OutputFile(const std::string& path, std::uint64_t keep = 0);
    void write(std::string_view text);
    void close();
    /// All that was written so far is on the disk then.
    void sync();
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    void cut_to(std::uint64_t size);
    void fail();
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string path_;
    std::uint64_t size_ = 0;
    std::unique_ptr<std::FILE, Closer> file_;
    std::string error_;
};

}  // namespace proviso::simulator
