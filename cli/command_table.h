// What the command line has, read from CLI11's own tables: for completions and the man page, which
// so need no keeping in step.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace proviso::cli {

struct OptionEntry {
    std::vector<std::string> short_names;  ///< without dashes
    std::vector<std::string> long_names;   ///< without dashes
    std::string value;                     ///< as --help shows it; empty: a flag
    std::string help;
    std::vector<std::string> words;  ///< that it takes; empty: anything
};

struct CommandEntry {
    std::string name;  ///< empty: the program itself
    std::string help;
    std::string footer;
    std::vector<OptionEntry> options;
    std::vector<OptionEntry> positionals;  ///< by `value` and `help`
};

[[nodiscard]] CommandEntry program_entry(const CLI::App& root);

/// In the order of --help.
[[nodiscard]] std::vector<CommandEntry> command_entries(const CLI::App& root);

/// "-p" and "--policy": all that an option is called.
[[nodiscard]] std::vector<std::string> spellings(const OptionEntry& option);

}  // namespace proviso::cli
