#include "simulator/history/histories.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <glob.h>
#include <sys/stat.h>

namespace proviso::simulator {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> endings{
    ".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst", ".pvh"};

bool is_history(const fs::path& path) {
    const std::string name = path.filename().string();
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

bool is_hidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

/// Nothing where the folder cannot be read.
std::optional<std::vector<std::string>> files_of(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, error);
    const fs::recursive_directory_iterator end;
    while (!error && at != end) {
        if (is_hidden(at->path())) {
            at.disable_recursion_pending();
        } else if (is_history(at->path()) && !at->is_directory(error)) {
            files.push_back(at->path().string());
        }
        at.increment(error);
    }
    if (error) return std::nullopt;
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> matches_of(const std::string& pattern) {
    std::vector<std::string> files;
    glob_t found{};
    // Sorted below: glob's own order is the locale's.
    if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
    }
    globfree(&found);
    std::sort(files.begin(), files.end());
    return files;
}

void add_error(Histories& result, const std::string& text) {
    result.error += (result.error.empty() ? "" : "\n") + text;
}

void add(Histories& result, const std::string& path) {
    std::error_code error;
    if (path == "-" || !fs::is_directory(path, error)) {
        result.paths.push_back(path);
        return;
    }
    const auto files = files_of(path);
    if (!files) return add_error(result, path + ": the folder cannot be read");
    if (files->empty()) {
        return add_error(result, path +
                                     ": there is no history in the folder: no .jsonl or "
                                     ".ndjson, plain, .gz or .zst, and no .pvh");
    }
    result.paths.insert(result.paths.end(), files->begin(), files->end());
}

/// A file that stands there again, under whatever name, would count each of its calls twice.
void refuse_twice(Histories& result) {
    std::map<std::pair<dev_t, ino_t>, std::string_view> known;
    for (const std::string& path : result.paths) {
        struct stat file {};
        if (stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode)) continue;
        const auto [at, fresh] = known.try_emplace({file.st_dev, file.st_ino}, path);
        if (fresh) continue;
        const bool same_name = at->second == path;
        add_error(result, path +
                              (same_name ? " is given twice"
                                         : " is the file " + std::string(at->second) + " again") +
                              ": its calls would count twice");
    }
}

}  // namespace

Histories find_histories(const std::vector<std::string>& named) {
    Histories result;
    for (const std::string& path : named) {
        std::error_code error;
        const bool is_pattern =
            path.find_first_of("*?[") != std::string::npos && !fs::exists(path, error);
        if (!is_pattern) {
            add(result, path);
            continue;
        }
        const std::vector<std::string> files = matches_of(path);
        if (files.empty()) add_error(result, path + ": no file is named so");
        for (const std::string& file : files) add(result, file);
    }
    refuse_twice(result);
    return result;
}

}  // namespace proviso::simulator
