// Covered by tests/cli/output_paths_test.py.
#include "cli/output_paths.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "cli/exit_code.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

/// Of files that are written by hand, and never by an option that says where a report goes.
constexpr std::array<std::string_view, 4> written_by_hand{".proviso", ".pvc", ".yaml", ".yml"};

/// Whether both lead to one file, be it there already or not.
bool is_same_file(const std::string& a, const std::string& b) {
    std::error_code error;
    if (fs::exists(a, error) && fs::exists(b, error)) return fs::equivalent(a, b, error);
    const fs::path first = fs::weakly_canonical(fs::absolute(a, error), error);
    return first == fs::weakly_canonical(fs::absolute(b, error), error);
}

bool is_by_hand(const std::string& path) {
    return std::any_of(written_by_hand.begin(), written_by_hand.end(),
                       [&](std::string_view ending) { return path.ends_with(ending); });
}

[[noreturn]] void refuse(const OptionPath& output, const std::string& what) {
    fail(fmt::format("{} would write over `{}`, {}", output.option, output.path, what),
         "name another file");
}

void check_output(const OptionPath& output, const std::vector<OptionPath>& inputs) {
    for (const OptionPath& input : inputs) {
        if (input.path.empty() || input.path == "-") continue;
        if (is_same_file(output.path, input.path)) {
            refuse(output, fmt::format("which {} reads", input.option));
        }
    }
    if (is_by_hand(output.path)) refuse(output, "which is no report");
}

}  // namespace

void keep_apart(const std::vector<OptionPath>& outputs, const std::vector<OptionPath>& inputs) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        std::error_code error;
        const std::string& path = outputs[i].path;
        const bool is_device = fs::exists(path, error) && !fs::is_regular_file(path, error);
        if (path.empty() || is_device) continue;
        for (std::size_t j = 0; j < i; ++j) {
            if (!outputs[j].path.empty() && is_same_file(outputs[j].path, path)) {
                refuse(outputs[i], fmt::format("which {} writes", outputs[j].option));
            }
        }
        if (fs::exists(path, error)) check_output(outputs[i], inputs);
    }
}

}  // namespace proviso::cli
