// `proviso man`: the manual page of the program, made from CLI11's tables when it is asked for.
//
// Covered by tests/cli/completion_test.py.
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/command_table.h"

namespace proviso::cli {
namespace {

/// A line that begins with `.` or `'` would be a request; a bare `-` may be set as a hyphen, which
/// nobody can copy into a shell.
std::string roff(std::string_view text) {
    std::string out;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
        line_begins = c == '\n';
    }
    return out;
}

std::string option_text(const OptionEntry& option) {
    std::string names;
    for (const std::string& name : spellings(option)) {
        names += (names.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
    }
    const std::string value = option.value.empty() ? "" : " \\fI" + roff(option.value) + "\\fR";
    return fmt::format(".TP\n{}{}\n{}\n", names, value, roff(option.help));
}

std::string options_text(const CommandEntry& command) {
    std::string text;
    for (const OptionEntry& positional : command.positionals) {
        text += fmt::format(".TP\n\\fI{}\\fR\n{}\n", roff(positional.value), roff(positional.help));
    }
    for (const OptionEntry& option : command.options) text += option_text(option);
    return text;
}

/// Examples and tables stand as they are written.
std::string as_written(std::string_view text) {
    return fmt::format(".PP\n.nf\n{}\n.fi\n", roff(text));
}

std::string section_of(const CommandEntry& command) {
    std::string synopsis = "\\fBproviso " + roff(command.name) + "\\fR [\\fIoptions\\fR]";
    for (const OptionEntry& one : command.positionals) {
        synopsis += " \\fI" + roff(one.value) + "\\fR";
    }
    return fmt::format(".SS {}\n{}\n.PP\n{}.\n{}{}", roff(command.name), synopsis,
                       roff(command.help), options_text(command), as_written(command.footer));
}

std::string page(const CLI::App& root) {
    const CommandEntry program = program_entry(root);
    std::string text = fmt::format(
        ".TH PROVISO 1 \"\" \"proviso {}\" \"User Commands\"\n.SH NAME\n"
        "proviso \\- decides the tool calls of AI agents by rules\n.SH SYNOPSIS\n"
        "\\fBproviso\\fR \\fIsubcommand\\fR [\\fIoptions\\fR]\n.SH DESCRIPTION\n{}\n"
        ".SH OPTIONS\n{}.SH SUBCOMMANDS\n",
        roff(PROVISO_VERSION), roff(program.help), options_text(program));
    for (const CommandEntry& command : command_entries(root)) text += section_of(command);
    return text + ".SH EXAMPLES AND EXIT STATUS\n" + as_written(program.footer);
}

}  // namespace

void add_man(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "man", "Prints the manual page, for man(1)",
                                    "  proviso man > proviso.1\n"
                                    "  proviso man | man -l -");
    runs(command, context, {}, [&root, &context] {
        context.out.write(page(root));
        return ExitCode::ok;
    });
}

}  // namespace proviso::cli
