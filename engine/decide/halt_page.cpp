#include "engine/decide/halt_page.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace proviso::decide {

namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::uint64_t page_magic = 0x31746C6168767270;  // "prvhalt1"

std::string system_error(const std::string& path) {
    return "`" + path + "`: " + std::strerror(errno);
}

/// As large as a page, and as readable as the store.
bool prepare(int file, const std::string& like) {
    struct stat found {};
    if (::fstat(file, &found) != 0) return false;
    if (!S_ISREG(found.st_mode)) {
        errno = EINVAL;
        return false;
    }
    if (found.st_size >= static_cast<off_t>(page_bytes)) return true;
    // With its room on the disk: a page without would fail when it is written.
    if (const int error = ::posix_fallocate(file, 0, page_bytes); error != 0) {
        errno = error;
        return false;
    }
    struct stat store {};
    constexpr mode_t permissions = 0777;
    if (::stat(like.c_str(), &store) == 0) {
        // Where it is another's file, it keeps the mode that it has.
        [[maybe_unused]] const int done = ::fchmod(file, store.st_mode & permissions);
    }
    return true;
}

}  // namespace

HaltPage::~HaltPage() {
    if (page_ != nullptr) ::munmap(page_, page_bytes);
}

std::string HaltPage::open(const std::string& path, const std::string& like) {
    constexpr mode_t mode = 0644;
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file < 0) return system_error(path);
    void* mapped = MAP_FAILED;
    if (prepare(file, like)) {
        mapped = ::mmap(nullptr, page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    }
    std::string error = mapped == MAP_FAILED ? system_error(path) : std::string();
    ::close(file);
    if (!error.empty()) return error;
    page_ = static_cast<Page*>(mapped);
    std::uint64_t blank = 0;
    if (page_->magic.compare_exchange_strong(blank, page_magic) || blank == page_magic) {
        if (epoch().load() == 0) raise();
        return {};
    }
    return "`" + path + "` is not a store's";
}

}  // namespace proviso::decide
