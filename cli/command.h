// What the subcommands share: the outputs, the way one registers, the last line of defence.
//
// A subcommand is one file. Its `add_NAME` makes its CLI::App with `add_command`, gives it options
// that live in a shared struct, and sets what to run. main.cpp lists it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/exit_code.h"
#include "cli/terminal.h"

namespace proviso::cli {

struct Context {
    Output out{stdout};
    Output err{stderr};
    ColourChoice colour = ColourChoice::automatic;
    std::vector<CLI::Option*> required;  ///< of the subcommand that was named
    std::function<ExitCode()> run;       ///< set by it
};

enum class Format : std::uint8_t { text, json };

/// A subcommand with --color and its examples in --help.
CLI::App& add_command(CLI::App& root, Context& context, const std::string& name,
                      const std::string& description, const std::string& examples);

/// Says what the subcommand does once all options are read, and which of them it cannot do without.
void runs(CLI::App& command, Context& context, std::vector<CLI::Option*> required,
          std::function<ExitCode()> run);

/// CLI11's own check of required options would come before that of unknown ones, and so answer a
/// mistyped `--polcy` with "--policy is required".
void check_required(const Context& context);

void add_format(CLI::App& command, Format& format);

/// An option with the word that --help shows for its value.
template <typename T>
CLI::Option* add_value(CLI::App& command, const std::string& name, T& value,
                       const std::string& shown, const std::string& description) {
    return command.add_option(name, value, description)->option_text(shown);
}

/// Of the words that an option takes no other is taken; completions offer them (`words_of`).
void takes_words(CLI::Option* option, const std::vector<std::string>& words);
/// What `takes_words` said of it; empty where it takes anything.
[[nodiscard]] std::vector<std::string> words_of(const CLI::Option* option);

/// An option whose value is one of a few words.
template <typename T>
void add_word(CLI::App& command, const std::string& name, T& value, const std::string& shown,
              const std::string& description, const std::map<std::string, T>& words) {
    std::vector<std::string> names;
    names.reserve(words.size());
    for (const auto& [word, meaning] : words) names.push_back(word);
    CLI::Option* option = command.add_option_function<std::string>(
        name, [&value, words](const std::string& word) { value = words.at(word); }, description);
    takes_words(option->option_text(shown), names);
}

/// "proviso: message" on stderr, and the help in a line of its own.
void report(Context& context, const Failure& failure);

/// Runs `program` and turns whatever it throws into an exit code; nothing leaves it.
int guarded(Context& context, const std::function<ExitCode()>& program) noexcept;

/// Makes `std::terminate`, wherever it is called, end with one line and ExitCode::internal.
void install_last_resort();

}  // namespace proviso::cli
