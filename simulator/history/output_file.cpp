#include "simulator/history/output_file.h"

#include <cerrno>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace proviso::simulator {

OutputFile::OutputFile(const std::string& path, std::uint64_t keep) : path_(path) {
    if (path.empty()) return;
    file_.reset(std::fopen(path.c_str(), keep > 0 ? "r+b" : "wb"));
    if (file_ == nullptr) {
        fail();
    } else if (keep > 0) {
        cut_to(keep);
    }
}

// What stands behind was written after the checkpoint, and is written again.
void OutputFile::cut_to(std::uint64_t size) {
    const int descriptor = fileno(file_.get());
    const auto end = static_cast<off_t>(size);
    struct stat found {};
    if (fstat(descriptor, &found) == 0 && found.st_size < end) {
        error_ = "`" + path_ + "` is shorter than the run has written to it";
        file_.reset();
        return;
    }
    size_ = size;
    if (ftruncate(descriptor, end) != 0 || fseeko(file_.get(), end, SEEK_SET) != 0) fail();
}

void OutputFile::write(std::string_view text) {
    if (file_ == nullptr || text.empty()) return;
    size_ += text.size();
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
}

void OutputFile::close() {
    if (file_ != nullptr && std::fclose(file_.release()) != 0) fail();
}

void OutputFile::sync() {
    if (file_ == nullptr) return;
    // A pipe has no disk to be on.
    if (std::fflush(file_.get()) != 0 || (fsync(fileno(file_.get())) != 0 && errno != EINVAL)) {
        fail();
    }
}

void OutputFile::fail() {
    error_ = "`" + path_ + "` cannot be written: " + std::generic_category().message(errno);
    file_.reset();
}

}  // namespace proviso::simulator
