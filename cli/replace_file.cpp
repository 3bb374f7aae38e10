// The bytes go to a file beside it, onto the disk, and then into its place by rename. Covered by
// tests/cli/fmt_test.py.
#include "cli/replace_file.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/exit_code.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const std::string& path, int error) {
    fail(fmt::format("cannot write `{}`: {}", path, std::generic_category().message(error)));
}

/// A file that is gone again unless it has been put in place.
class Beside {
  public:
    explicit Beside(const fs::path& target)
        : name_((target.parent_path() / (".proviso-fmt-XXXXXX")).string()),
          file_(mkstemp(name_.data())) {}
    ~Beside() {
        if (file_ < 0) return;
        close(file_);
        if (!in_place_) unlink(name_.c_str());
    }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;

    [[nodiscard]] bool is_open() const { return file_ >= 0; }

    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(file_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return fsync(file_) == 0;
    }

    bool take_after(const struct stat& old) {
        // Only root may give a file away; for anybody else it is theirs already, or becomes so.
        const bool is_given = fchown(file_, old.st_uid, old.st_gid) == 0 || errno == EPERM;
        return is_given && fchmod(file_, old.st_mode & 07777U) == 0;
    }

    bool put_in_place(const fs::path& target) {
        in_place_ = rename(name_.c_str(), target.c_str()) == 0;
        return in_place_;
    }

  private:
    std::string name_;
    int file_ = -1;
    bool in_place_ = false;
};

}  // namespace

void replace_file(const std::string& path, const std::string& bytes) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    if (error) cannot_write(path, error.value());
    struct stat old {};
    if (stat(target.c_str(), &old) != 0) cannot_write(path, errno);
    if (!S_ISREG(old.st_mode)) fail(fmt::format("cannot write `{}`: it is no regular file", path));
    if (access(target.c_str(), W_OK) != 0) cannot_write(path, errno);
    Beside beside(target);
    if (!beside.is_open()) cannot_write(path, errno);
    if (!beside.write(bytes) || !beside.take_after(old) || !beside.put_in_place(target)) {
        cannot_write(path, errno);
    }
}

}  // namespace proviso::cli
