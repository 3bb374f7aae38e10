// Covered by tests/cli: each exit code, --help of each subcommand.
#include "cli/command.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "cli/text.h"

namespace proviso::cli {
namespace {

/// Begins the name of the validator that holds an option to words.
constexpr std::string_view words_mark = "words: ";

/// For when memory or the streams themselves may be the trouble: no allocation, no exception.
void last_words(const char* message) noexcept {
    std::fputs("proviso: ", stderr);
    std::fputs(message, stderr);
    std::fputs("\n", stderr);
}

int code(ExitCode value) noexcept {
    return static_cast<int>(value);
}

int run_and_flush(Context& context, const std::function<ExitCode()>& program) {
    try {
        const ExitCode result = program();
        context.out.flush();
        return code(result);
    } catch (const Failure& failure) {
        // What was decided so far still arrives.
        context.out.flush();
        report(context, failure);
        return code(failure.code);
    }
}

}  // namespace

void takes_words(CLI::Option* option, const std::vector<std::string>& words) {
    const std::string name = fmt::format("{}{}", words_mark, fmt::join(words, " "));
    option->check(CLI::IsMember(words).description("").name(name));
}

std::vector<std::string> words_of(const CLI::Option* option) {
    std::vector<std::string> words;
    try {
        // CLI11 has no look at a validator that promises to leave it as it is.
        std::istringstream name(const_cast<CLI::Option*>(option)->get_validator("")->get_name());
        std::string word;
        if (!(name >> word) || word != words_mark.substr(0, word.size())) return words;
        while (name >> word) words.push_back(word);
    } catch (const CLI::OptionNotFound&) {  // none
    }
    return words;
}

CLI::App& add_command(CLI::App& root, Context& context, const std::string& name,
                      const std::string& description, const std::string& examples) {
    CLI::App& command = *root.add_subcommand(name, description);
    add_word<ColourChoice>(command, "--color", context.colour, "WHEN",
                           "auto (on a terminal), always or never",
                           {{"auto", ColourChoice::automatic},
                            {"always", ColourChoice::always},
                            {"never", ColourChoice::never}});
    command.footer("Examples:\n" + examples + "\n\nThe exit codes are in: proviso --help");
    return command;
}

void runs(CLI::App& command, Context& context, std::vector<CLI::Option*> required,
          std::function<ExitCode()> run) {
    command.callback([&context, required = std::move(required), run = std::move(run)] {
        context.required = required;
        context.run = run;
    });
}

void check_required(const Context& context) {
    for (const CLI::Option* option : context.required) {
        if (option->count() > 0) continue;
        const std::string shown =
            option->get_positional() ? option->get_option_text() : option->get_name();
        fail(shown + " is required");
    }
}

void add_format(CLI::App& command, Format& format) {
    add_word<Format>(command, "--format", format, "FORMAT", "text (the default) or json",
                     {{"text", Format::text}, {"json", Format::json}});
}

void report(Context& context, const Failure& failure) {
    Output& err = context.err;
    err.line(
        fmt::format("{} {}", err.styled(Style::red, "proviso:"), visible(failure.message, true)));
    if (!failure.help.empty()) {
        err.line(fmt::format("{} {}", err.styled(Style::cyan, "help:"), visible(failure.help)));
    }
    err.flush();
}

int guarded(Context& context, const std::function<ExitCode()>& program) noexcept {
    try {
        return run_and_flush(context, program);
    } catch (const ClosedPipe&) {
        return code(ExitCode::closed_pipe);
    } catch (const Failure& failure) {
        last_words(failure.message.c_str());
        return code(failure.code);
    } catch (const std::bad_alloc&) {
        last_words("out of memory");
    } catch (const std::exception& exception) {
        last_words(exception.what());
    } catch (...) {
        last_words("an unexpected fault");
    }
    return code(ExitCode::internal);
}

void install_last_resort() {
    std::set_terminate([] {
        last_words("an unexpected fault");
        std::_Exit(code(ExitCode::internal));
    });
}

}  // namespace proviso::cli
