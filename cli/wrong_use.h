// What to say of arguments that a subcommand does not take, or of a subcommand that is none: words
// of other programs, options that are misspelt, paths without their option.
//
// Covered by tests/cli/help_test.py.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace proviso::cli {

struct WrongUse {
    std::string message;
    std::string help;
};

/// Of a command line that CLI11 refused with `message`. `words` are the program's arguments, in
/// their order, without its name.
[[nodiscard]] WrongUse wrong_use(const CLI::App& root, std::string message,
                                 const std::vector<std::string>& words);

}  // namespace proviso::cli
