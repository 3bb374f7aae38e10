// Histories packed into one file, and what such a file holds.
// Covered by tests/unit/simulator/history/pack_history_test.cpp and tests/cli/history_test.py.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/progress.h"

namespace proviso::simulator {

struct PackOptions {
    std::vector<std::string> histories;  ///< as find_histories gives them
    std::string output;
    std::function<void(const Progress&)> progress;  ///< may be empty
    const std::atomic<bool>* cancel = nullptr;      ///< looked at between blocks
};

struct PackResult {
    std::uint64_t lines = 0;
    std::uint64_t text_bytes = 0;    ///< as read: unpacked
    std::uint64_t stored_bytes = 0;  ///< of the histories
    std::uint64_t packed_bytes = 0;
    std::string error;  ///< for people; empty where it was done
    bool cancelled = false;
};

/// Packs histories, in order, as one. The output appears, or takes the place of what is there, only
/// when all was written, and each block was read back and found to be the text that went into it.
[[nodiscard]] PackResult pack_history(const PackOptions& options);

/// Writes the text of any history, piece by piece; why it could not to its end, for people, or
/// nothing.
[[nodiscard]] std::string unpack_history(const std::string& path,
                                         const std::function<void(std::string_view)>& write);

struct PackColumn {
    std::string name;  ///< "args.amount"; "the line" for lines that are kept as a whole
    std::string kind;  ///< constant, dictionary, number, time, text; several: "number, text"
    std::uint64_t values = 0;
    std::uint64_t bytes = 0;  ///< before compression
};

/// What a packed history holds, read through to its end.
struct PackContents {
    std::uint64_t lines = 0;
    std::uint64_t text_bytes = 0;
    std::uint64_t packed_bytes = 0;
    std::uint64_t blocks = 0;
    std::vector<PackColumn> columns;  ///< of all shapes and blocks, by name; at most 4,096
    std::string error;
};
[[nodiscard]] PackContents packed_contents(const std::string& path);

}  // namespace proviso::simulator
