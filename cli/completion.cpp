// `proviso completion SHELL`: the script that lets a shell complete subcommands and options.
//
// Each is made from CLI11's tables when it is asked for. Covered by tests/cli/completion_test.py,
// which runs bash's.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/command_table.h"

namespace proviso::cli {
namespace {

using Commands = std::vector<CommandEntry>;

/// In single quotes, for bash and zsh.
std::string shell_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
    return out + "'";
}

/// In single quotes, for fish: there the backslash escapes.
std::string fish_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

/// A backslash before what parts the fields of zsh's specifications.
std::string zsh_field(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string options_of(const CommandEntry& command) {
    std::string words;
    for (const OptionEntry& option : command.options) {
        for (const std::string& name : spellings(option)) words += " " + name;
    }
    return words.substr(words.empty() ? 0 : 1);
}

std::string names_of(const Commands& commands) {
    std::string names;
    for (const CommandEntry& command : commands) names += command.name + " ";
    return names;
}

/// "--format" and "decide --format" are two: a case for each option of each subcommand that takes
/// words, and for subcommands that do.
std::string bash_values(const Commands& commands) {
    std::string cases;
    for (const CommandEntry& command : commands) {
        for (const OptionEntry& option : command.options) {
            if (option.words.empty()) continue;
            std::string names;
            for (const std::string& name : spellings(option)) {
                names += (names.empty() ? "" : "|") + shell_text(command.name + " " + name);
            }
            cases += fmt::format("        {}) values={} ;;\n", names,
                                 shell_text(fmt::format("{}", fmt::join(option.words, " "))));
        }
    }
    return cases;
}

std::string bash_arguments(const Commands& commands) {
    std::string cases;
    for (const CommandEntry& command : commands) {
        for (const OptionEntry& positional : command.positionals) {
            if (positional.words.empty()) continue;
            cases += fmt::format("        {}) values={} ;;\n", command.name,
                                 shell_text(fmt::format("{}", fmt::join(positional.words, " "))));
        }
    }
    return cases;
}

/// Files are left to bash itself (-o default): COMPREPLY stays empty for them.
std::string bash_script(const CommandEntry& program, const Commands& commands) {
    std::string cases;
    for (const CommandEntry& command : commands) {
        cases +=
            fmt::format("        {}) words={} ;;\n", command.name, shell_text(options_of(command)));
    }
    return fmt::format(R"(# Completes `proviso` in bash.
_proviso() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
    local command='' words='' values='' i
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${{COMP_WORDS[i]}} != -* ]]; then
            command=${{COMP_WORDS[i]}}
            break
        fi
    done
    case $command in
        '') words={} ;;
{}    esac
    case $command in
{}    esac
    case "$command $before" in
{}    esac
    COMPREPLY=()
    if [[ -n $values && $word != -* ]]; then
        COMPREPLY=($(compgen -W "$values" -- "$word"))
    elif [[ -z $command || $word == -* ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$word"))
    fi
}}
complete -o default -F _proviso proviso
)",
                       shell_text(names_of(commands) + options_of(program)), cases,
                       bash_arguments(commands), bash_values(commands));
}

std::string zsh_arguments(const CommandEntry& command) {
    std::string text = "            _arguments -s";
    for (const OptionEntry& option : command.options) {
        for (const std::string& name : spellings(option)) {
            const std::string values = option.words.empty()
                                           ? "_default"
                                           : fmt::format("({})", fmt::join(option.words, " "));
            const std::string value =
                option.value.empty() ? "" : ":" + zsh_field(option.value) + ":" + values;
            text += " \\\n                " +
                    shell_text(fmt::format("*{}[{}]{}", name, zsh_field(option.help), value));
        }
    }
    return text + " \\\n                '*: :_files'\n            ;;\n";
}

std::string zsh_script(const CommandEntry& program, const Commands& commands) {
    std::string names;
    std::string cases;
    for (const CommandEntry& command : commands) {
        names += "        " +
                 shell_text(fmt::format("{}:{}", command.name, zsh_field(command.help))) + "\n";
        cases += fmt::format("        {})\n{}", command.name, zsh_arguments(command));
    }
    return fmt::format(R"(#compdef proviso
_proviso() {{
    local -a commands
    commands=(
{})
    if (( CURRENT == 2 )); then
        _describe command commands
        compadd -- {}
        return
    fi
    shift words
    (( CURRENT-- ))
    case $words[1] in
{}    esac
}}
if [[ $funcstack[1] == _proviso ]]; then _proviso "$@"; else compdef _proviso proviso; fi
)",
                       names, options_of(program), cases);
}

std::string fish_option(const std::string& condition, const OptionEntry& option) {
    std::string line = fmt::format("complete -c proviso -n {}", fish_text(condition));
    for (const std::string& name : option.short_names) line += " -s " + name;
    for (const std::string& name : option.long_names) line += " -l " + name;
    if (!option.value.empty()) line += " -r";
    if (!option.words.empty()) {
        line += " -f -a " + fish_text(fmt::format("{}", fmt::join(option.words, " ")));
    }
    return line + " -d " + fish_text(option.help) + "\n";
}

std::string fish_script(const CommandEntry& program, const Commands& commands) {
    const std::string none = "__fish_use_subcommand";
    std::string text = "# Completes `proviso` in fish.\n";
    for (const OptionEntry& option : program.options) text += fish_option(none, option);
    for (const CommandEntry& command : commands) {
        text += fmt::format("complete -c proviso -n {} -f -a {} -d {}\n", none, command.name,
                            fish_text(command.help));
    }
    for (const CommandEntry& command : commands) {
        const std::string named = "__fish_seen_subcommand_from " + command.name;
        for (const OptionEntry& option : command.options) text += fish_option(named, option);
    }
    return text;
}

using Script = std::string (*)(const CommandEntry&, const Commands&);

}  // namespace

void add_completion(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "completion", "Prints the completion script of a shell",
                    "  proviso completion bash > /etc/bash_completion.d/proviso\n"
                    "  source <(proviso completion bash)\n"
                    "  proviso completion fish > ~/.config/fish/completions/proviso.fish");
    const auto script = std::make_shared<Script>(nullptr);
    CLI::Option* shell = command.add_option_function<std::string>(
        "shell",
        [script](const std::string& word) {
            *script = word == "bash" ? bash_script : word == "zsh" ? zsh_script : fish_script;
        },
        "bash, zsh or fish");
    takes_words(shell->option_text("SHELL"), {"bash", "zsh", "fish"});
    runs(command, context, {shell}, [&root, &context, script] {
        context.out.write((*script)(program_entry(root), command_entries(root)));
        return ExitCode::ok;
    });
}

}  // namespace proviso::cli
