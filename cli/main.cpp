// The `proviso` program. Each subcommand is a file of its own; here is one line for each.
//
// Covered by tests/cli, which runs the program and every example of docs/cli.md.
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/wrong_use.h"

#define PROVISO_COMMANDS(COMMAND) \
    COMMAND(new)                  \
    COMMAND(check)                \
    COMMAND(lint)                 \
    COMMAND(fmt)                  \
    COMMAND(compile)              \
    COMMAND(import_tools)         \
    COMMAND(decide)               \
    COMMAND(explain)              \
    COMMAND(disasm)               \
    COMMAND(docs)                 \
    COMMAND(keygen)               \
    COMMAND(approve)              \
    COMMAND(simulate)             \
    COMMAND(mappings)             \
    COMMAND(history)              \
    COMMAND(test)                 \
    COMMAND(halt)                 \
    COMMAND(resume)               \
    COMMAND(status)               \
    COMMAND(confirm)              \
    COMMAND(cancel)               \
    COMMAND(completion)           \
    COMMAND(man)

namespace proviso::cli {

#define DECLARE(name) void add_##name(CLI::App& root, Context& context);
PROVISO_COMMANDS(DECLARE)
#undef DECLARE

namespace {

constexpr const char* footer = R"(Examples:
  proviso new my-agent
  proviso check policies/support
  proviso fmt --check policies
  proviso lint policies/support
  proviso decide --policy policies/support --call call.json --args args.json
  proviso explain --policy policies/support --receipt receipt.json
  proviso simulate --policy policies/support --history calls.jsonl.gz
  proviso test policies/support
  proviso docs policies/support --output support.md
  proviso halt --store calls.db --everything --because 'incident 12'

Exit codes:
    0  done; of decide: allow or notify
    1  a check failed: a case of test, a file of fmt --check, a finding of lint
    2  the policy has errors
    3  wrong use, or a file that cannot be read or written, or a broken call
    4  too many lines of a history cannot be read
   10  of decide: gate, hold the call until people approve
   11  of decide: block
   12  of decide: a repeat, the call was let through before
   70  a fault of the program, or no memory left
  130  Ctrl-C; a replay reports what it had by then
  141  nobody reads the output any more)";

/// Positional arguments by the words that their descriptions use: PATH..., not [path...].
class HelpFormatter : public CLI::Formatter {
  public:
    HelpFormatter() { column_width(22); }

    std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
        return is_positional ? option->get_option_text()
                             : CLI::Formatter::make_option_name(option, is_positional);
    }
    std::string make_option_opts(const CLI::Option* option) const override {
        return option->get_positional() ? "" : CLI::Formatter::make_option_opts(option);
    }
    std::string make_option_usage(const CLI::Option* option) const override {
        return option->get_option_text();
    }
};

std::string see_help(const CLI::App& root) {
    const auto named = root.get_subcommands();
    return "see proviso " + (named.empty() ? "" : named.front()->get_name() + " ") + "--help";
}

/// Help and version are what was asked for; anything else that CLI11 throws is wrong use.
ExitCode parse_failed(CLI::App& root, const CLI::ParseError& error, Context& context,
                      const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream err;
    if (root.exit(error, out, err) == 0) {
        context.out.write(out.str());
        return ExitCode::ok;
    }
    std::string message = error.what();
    if (message[0] >= 'A' && message[0] <= 'Z') message[0] += 'a' - 'A';
    WrongUse use = wrong_use(root, std::move(message), words);
    fail(use.message, use.help);
}

void check_options(const CLI::App& root, const Context& context) {
    try {
        check_required(context);
    } catch (Failure& failure) {
        failure.help = see_help(root);
        throw;
    }
}

ExitCode run(int argc, char** argv, Context& context) {
    CLI::App root("Decides the tool calls of AI agents by rules that people can read.", "proviso");
    root.set_version_flag("--version", "proviso " PROVISO_VERSION);
    root.require_subcommand(1);
    root.footer(footer);
    root.formatter(std::make_shared<HelpFormatter>());
#define ADD(name) add_##name(root, context);
    PROVISO_COMMANDS(ADD)
#undef ADD
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parse_failed(root, error, context, {argv + 1, argv + argc});
    }
    check_options(root, context);
    context.out.choose_colour(context.colour);
    context.err.choose_colour(context.colour);
    return context.run();
}

}  // namespace
}  // namespace proviso::cli

int main(int argc, char** argv) {
    proviso::cli::install_last_resort();
    proviso::cli::ignore_closed_pipes();
    proviso::cli::Context context;
    return proviso::cli::guarded(context, [&] { return proviso::cli::run(argc, argv, context); });
}
