// Rule files that a reader takes for a part of a set, and that are none.
// Covered by tests/cli/check_test.py.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "proviso/limits.h"

namespace proviso::lint {

/// The name on a file's `policy` line, which files of one set share; empty where its first 16 KiB
/// have none.
[[nodiscard]] std::string policy_name(const std::filesystem::path& path, const Limits& limits);

/// A file in the set's folder, or below it, that has the set's policy line and no part in the set.
struct FileApart {
    std::string path;
    bool misnamed = false;  ///< its name does not end in .proviso; else nothing imports it
};

/// By path, at most 20, of the first 10,000 files and folders; none where `path` is a file or
/// cannot be read. Hidden folders are passed over.
[[nodiscard]] std::vector<FileApart> files_apart(const std::string& path, const Limits& limits);

}  // namespace proviso::lint
