// Putting new bytes in the place of a file's.
#pragma once

#include <string>

namespace proviso::cli {

/// Replaces the bytes of a file that is there in one step: at every moment it holds the old ones or
/// the new ones. Its permissions and owner stay (the owner where this user may set it); a symlink
/// is followed. Failure where it cannot be written, and then it is as it was.
void replace_file(const std::string& path, const std::string& bytes);

}  // namespace proviso::cli
