// Which files a `--history` names: a file, stdin, a folder of histories, or a pattern.
// Covered by tests/unit/simulator/histories_test.cpp.
#pragma once

#include <string>
#include <vector>

namespace proviso::simulator {

struct Histories {
    std::vector<std::string> paths;
    std::string error;  ///< one line a path that names nothing, or a file that is named already
};

/// In the order given; of a folder all histories in it and in its folders (`.jsonl` or `.ndjson`,
/// plain, `.gz` or `.zst`, or `.pvh`; hidden ones left out), of a pattern (`*`, `?`, `[…]` in any
/// part) all files that match: each by path, bytewise. A pattern that is the name of a file is that
/// file.
[[nodiscard]] Histories find_histories(const std::vector<std::string>& named);

}  // namespace proviso::simulator
