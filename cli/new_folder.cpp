// Everything is written into a folder beside the place, which is on the same disk, and then put in
// place by rename. Covered by tests/cli/new_test.py.
#include "cli/new_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "cli/exit_code.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_make(const fs::path& path, int error) {
    fail(fmt::format("cannot write `{}`: {}", path.string(),
                     std::generic_category().message(error)));
}

/// Gone again at the end, with what was not put in place.
class Staging {
  public:
    explicit Staging(const fs::path& base) : path_((base / ".proviso-new-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr) cannot_make(base, errno);
    }
    ~Staging() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    [[nodiscard]] fs::path path() const { return path_; }

  private:
    std::string path_;
};

/// `shown` is where the file is to be in the end.
void write_one(const fs::path& path, const std::string& bytes, const fs::path& shown) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) cannot_make(shown, error.value());
    errno = 0;
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) cannot_make(shown, errno == 0 ? EIO : errno);
}

void put_in_place(const fs::path& staging, const fs::path& base) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(staging)) entries.push_back(entry.path());
    std::vector<fs::path> moved;
    for (const fs::path& entry : entries) {
        const fs::path place = base / entry.filename();
        std::error_code error;
        fs::rename(entry, place, error);
        if (error) {
            std::error_code ignored;
            for (const fs::path& path : moved) fs::remove_all(path, ignored);
            cannot_make(place, error.value());
        }
        moved.push_back(place);
    }
}

fs::path nearest_that_exists(fs::path path) {
    std::error_code error;
    while (!fs::exists(fs::symlink_status(path, error)) && path.has_relative_path()) {
        path = path.parent_path();
    }
    return path;
}

}  // namespace

void require_no_files(const std::string& folder) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(folder, error))) return;
    if (!fs::is_directory(folder, error)) {
        fail(fmt::format("`{}` is there, and is no folder", folder));
    }
    const fs::directory_iterator entries(folder, error);
    if (error) cannot_make(folder, error.value());
    if (entries != fs::directory_iterator()) {
        fail(fmt::format("the folder `{}` is not empty", folder),
             "name one that is empty, or not there yet");
    }
}

void write_new_folder(const std::string& folder, std::span<const NewFile> files) {
    require_no_files(folder);
    // "x/" and "x" are the same place.
    fs::path target = fs::absolute(folder).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    const fs::path base = nearest_that_exists(target);
    const Staging staging(base);
    const fs::path inner = staging.path() / target.lexically_relative(base);
    for (const NewFile& file : files) {
        write_one(inner / file.path, file.bytes, fs::path(folder) / file.path);
    }
    put_in_place(staging.path(), base);
}

}  // namespace proviso::cli
