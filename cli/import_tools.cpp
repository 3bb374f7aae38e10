// `proviso import-tools LIST`: the tools of an MCP server as `tool` statements, to go on from.
//
// It says what `import tools "LIST"` does, once, where a person can read and change it. The
// server's hints about its tools stand in comments: they are its own word.
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/policy_line.h"
#include "cli/text.h"
#include "proviso/format.h"
#include "proviso/tools.h"

namespace proviso::cli {
namespace {

struct ImportToolsCommand {
    std::string list;
    std::string output;
    std::string policy;
    std::string version = "1";
    bool bare = false;
};

/// "tools" of "dir/tools.json".
std::string name_of(const std::string& list) {
    const std::string name = list == "-" ? "tools" : std::filesystem::path(list).stem().string();
    return policy_name_from(name, "tools_");
}

std::string head_of(const ImportToolsCommand& options) {
    const std::string name = options.policy.empty() ? name_of(options.list) : options.policy;
    if (const auto written = written_policy_name(name)) {
        const FormatResult line = format_text(
            fmt::format("policy {} version {}\n", *written, in_quotes(options.version)));
        if (line.formatted) return *line.formatted + "\n";
    }
    fail(fmt::format("`{}` and `{}` make no policy line", visible(name), visible(options.version)));
}

void tell(Context& context, const ToolsResult& result) {
    context.err.write(context.err.colour() ? result.coloured_text : result.text);
    context.err.flush();
}

ExitCode import_tools(Context& context, const ImportToolsCommand& options) {
    const Limits limits;
    const std::string json = read_all(options.list, limits.data_bytes);
    const ToolsResult result = tools_to_rules(json, shown_name(options.list), limits);
    tell(context, result);
    if (!result.rules) return ExitCode::invalid_policy;
    const std::string text = (options.bare ? "" : head_of(options)) + *result.rules;
    if (options.output.empty()) {
        context.out.write(text);
        return ExitCode::ok;
    }
    write_file(options.output, text);
    context.out.line(fmt::format("{}: {}", visible(options.output), counted(result.tools, "tool")));
    return ExitCode::ok;
}

}  // namespace

void add_import_tools(CLI::App& root, Context& context) {
    CLI::App& command = add_command(
        root, context, "import-tools", "Writes the tools of an MCP server as rule text",
        "  proviso import-tools github.tools.json\n"
        "  proviso import-tools github.tools.json -o tools.proviso --policy acme.support\n"
        "  proviso import-tools github.tools.json --bare");
    const auto options = std::make_shared<ImportToolsCommand>();
    CLI::Option* list = add_value(command, "list", options->list, "LIST",
                                  "the server's answer to tools/list, as JSON; - is stdin");
    add_value(command, "-o,--output", options->output, "FILE",
              "the rule file to write; left out: stdout");
    add_value(command, "--policy", options->policy, "NAME",
              "of the policy line; left out: the list's own name");
    add_value(command, "--version", options->version, "V", "of the policy line; left out: 1");
    command.add_flag("--bare", options->bare, "leaves the policy line out");
    runs(command, context, {list}, [&context, options] { return import_tools(context, *options); });
}

}  // namespace proviso::cli
