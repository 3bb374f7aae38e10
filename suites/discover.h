// Which files are suites, and which set each is about.
// Covered by tests/cli/test_test.py.
#pragma once

#include <string>
#include <vector>

#include "suites/suite.h"

namespace proviso::suites {

struct FoundFile {
    std::string path;
    std::string root;  ///< the folder that was named, absolute; of a file that was named, its own
};

struct FoundFiles {
    std::vector<FoundFile> files;  ///< by path, each once
    std::string error;             ///< of a path that is not there or cannot be read
    /// Files below the folders that hold cases and are called nearly as a suite: `a.test.yml`. By
    /// path, each once.
    std::vector<std::string> misnamed;
};

/// Every `*.test.yaml` at or below the paths; a path may also be such a file. Folders whose names
/// begin with a dot are passed over.
[[nodiscard]] FoundFiles find_suites(const std::vector<std::string>& paths);

struct PolicyPath {
    std::string path;
    std::string error;
};

/// The set that a suite names, or the nearest folder at or above its file that holds rule files:
/// not above `root`, unless the working directory is.
[[nodiscard]] PolicyPath policy_of(const Suite& suite, const std::string& root);

}  // namespace proviso::suites
