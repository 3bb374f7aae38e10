// A folder of new files, whole or not at all.
#pragma once

#include <span>
#include <string>

namespace proviso::cli {

struct NewFile {
    std::string path;  ///< within the folder
    std::string bytes;
};

/// Failure where the folder is there and holds anything, hidden files included.
void require_no_files(const std::string& folder);

/// Makes the folder, and those above it that are missing, or fills an empty one. Failure where not
/// everything can be written; then nothing is, and no folder was made.
void write_new_folder(const std::string& folder, std::span<const NewFile> files);

}  // namespace proviso::cli
