// The files that `proviso new` writes: the starter set and the packs of policies/, as they were
// when the program was built. cli/packs.cmake puts them in.
#pragma once

#include <string_view>
#include <vector>

namespace proviso::cli {

/// The pack whose files are the set of `proviso new` without --pack.
constexpr std::string_view starter_pack = "starter";

struct PackFile {
    std::string_view pack;
    std::string_view path;   ///< within the pack, parts joined by `/`
    std::string_view bytes;  ///< lives as long as the program
};

/// By pack, then by path.
[[nodiscard]] std::vector<PackFile> pack_files();

}  // namespace proviso::cli
