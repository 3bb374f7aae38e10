// See wrong_use.h.
#include "cli/wrong_use.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "simulator/text/words.h"

namespace proviso::cli {
namespace {

struct Habit {
    std::string_view word;
    std::string_view help;
};

constexpr Habit subcommands[] = {
    {"validate", "proviso check tells what is wrong with rules"},
    {"verify", "proviso check tells what is wrong with rules"},
    {"run", "proviso decide decides calls, proviso simulate replays a history"},
    {"eval", "proviso decide decides calls"},
    {"evaluate", "proviso decide decides calls"},
    {"replay", "proviso simulate replays a history"},
    {"format", "proviso fmt formats rules"},
    {"init", "proviso new writes a first set"},
    {"create", "proviso new writes a first set"},
    {"build", "proviso compile writes a compiled set"},
    {"report", "proviso simulate --report FILE.html writes the report of a replay"},
    {"stop", "proviso halt blocks calls"},
    {"version", "write proviso --version"},
    {"help", "write proviso --help, or proviso SUBCOMMAND --help"},
};

/// Options of other programs, and what stands for them here where the subcommand has it.
struct Option {
    std::string_view word;
    std::string_view wanted;  ///< an option of the subcommand (--min-coverage: of test alone);
                              ///< empty: help holds for all
    std::string_view help;
};

constexpr Option options[] = {
    {"--json", "--format", "write --format json"},
    {"--html", "--report", "write --report FILE.html"},
    {"--html", "--format", "write --format html"},
    {"--csv", "--format", "write --format csv"},
    {"--junit", "--format", "write --format junit"},
    {"--markdown", "--format", "write --format md"},
    {"-f", "--format", "write --format"},
    {"-o", "--out", "write --out"},
    {"--out", "--output", "write --output"},
    {"--policy", "", "write its path alone, without an option"},
    {"-p", "", "write its path alone, without an option"},
    {"--param", "--min-coverage", "a suite has its own: `params: { NAME: VALUE }`"},
    {"--duty", "--min-coverage", "a suite has its own: `duties: [NAME]`"},
    {"--strict", "", "proviso lint ends with 1 where anything is found, warnings too"},
    {"--werror", "", "proviso lint ends with 1 where anything is found, warnings too"},
    {"--quiet", "", "send the output to /dev/null: the exit code tells"},
    {"-q", "", "send the output to /dev/null: the exit code tells"},
};

bool is_option(std::string_view word) {
    return word.size() > 1 && word.starts_with('-');
}

WrongUse no_command(const CLI::App& root, const std::string& word) {
    const std::string message = fmt::format("there is no subcommand `{}`", word);
    for (const Habit& habit : subcommands) {
        if (habit.word == word) return {message, std::string(habit.help)};
    }
    std::vector<std::string> names;
    for (const CLI::App* command : root.get_subcommands({})) names.push_back(command->get_name());
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view near = simulator::nearest(word, known);
    const std::string meant = near.empty() ? "" : fmt::format("did you mean `{}`? ", near);
    return {message, fmt::format("{}see proviso --help; the subcommands are {}", meant,
                                 fmt::join(names, ", "))};
}

bool has(const CLI::App& command, std::string_view option) {
    return command.get_option_no_throw(std::string(option)) != nullptr;
}

/// Of an option that the subcommand has not; empty where nothing is near.
std::string help_for_option(const CLI::App& command, std::string_view written) {
    const std::string_view word = written.substr(0, written.find('='));
    for (const Option& option : options) {
        if (option.word != word) continue;
        if (option.wanted.empty() || has(command, option.wanted)) return std::string(option.help);
    }
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view near = simulator::nearest(word, known);
    return near.empty() ? std::string() : fmt::format("did you mean `{}`?", near);
}

bool is_there(const std::string& path) {
    std::error_code fault;
    return std::filesystem::exists(path, fault);
}

/// Paths without the options that they belong behind, in the order in which they are thought of.
std::string help_for_paths(const CLI::App& command, const std::vector<std::string>& words) {
    const bool paths = std::all_of(words.begin(), words.end(), is_there);
    if (!paths) return {};
    std::string written;
    std::size_t at = 0;
    for (const char* name : {"--policy", "--history", "--call", "--store"}) {
        const CLI::Option* option = command.get_option_no_throw(name);
        if (option == nullptr || option->count() > 0 || at == words.size()) continue;
        written += fmt::format(" {} {}", name, words[at++]);
    }
    return written.empty() || at < words.size() ? std::string() : "write" + written;
}

/// Whether the word stands in front of the subcommand, where no option is taken.
bool stands_before(const CLI::App& command, const std::vector<std::string>& words,
                   const std::string& word) {
    const auto name = std::find(words.begin(), words.end(), command.get_name());
    return std::find(words.begin(), name, word) != name;
}

/// `left` is what of `words` was not taken.
WrongUse not_expected(const CLI::App& command, const std::vector<std::string>& left,
                      const std::vector<std::string>& words) {
    const char* const noun = left.size() == 1 ? "argument was" : "arguments were";
    WrongUse use{fmt::format("the following {} not expected: {}", noun, fmt::join(left, " ")), {}};
    const std::string see = fmt::format("see proviso {} --help", command.get_name());
    const auto option = std::find_if(left.begin(), left.end(), is_option);
    std::string help;
    if (option == left.end()) {
        help = help_for_paths(command, left);
    } else if (has(command, option->substr(0, option->find('='))) &&
               stands_before(command, words, *option)) {
        help = fmt::format("options stand behind the subcommand: proviso {} {}", command.get_name(),
                           fmt::join(left, " "));
    } else {
        help = help_for_option(command, *option);
    }
    use.help = help.empty() ? see : fmt::format("{}; {}", help, see);
    return use;
}

/// CLI11 gives what is left in an order of its own.
std::vector<std::string> in_order(std::vector<std::string> left,
                                  const std::vector<std::string>& words) {
    std::vector<std::string> ordered;
    for (const std::string& word : words) {
        const auto found = std::find(left.begin(), left.end(), word);
        if (found == left.end()) continue;
        ordered.push_back(word);
        left.erase(found);
    }
    ordered.insert(ordered.end(), left.begin(), left.end());
    return ordered;
}

}  // namespace

WrongUse wrong_use(const CLI::App& root, std::string message,
                   const std::vector<std::string>& words) {
    const std::vector<std::string> left = in_order(root.remaining(true), words);
    const auto named = root.get_subcommands();
    if (named.empty()) {
        if (!left.empty()) return no_command(root, left.front());
        return {std::move(message), "see proviso --help"};
    }
    if (words.front() == "help") {
        return {"there is no subcommand `help`",
                fmt::format("write proviso {} --help", named.front()->get_name())};
    }
    if (!left.empty()) return not_expected(*named.front(), left, words);
    return {std::move(message), fmt::format("see proviso {} --help", named.front()->get_name())};
}

}  // namespace proviso::cli
