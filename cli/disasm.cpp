// `proviso disasm POLICY`: the bytecode that decides, with the rules and source lines it is of.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/policy_options.h"

namespace proviso::cli {
namespace {

struct DisasmOptions {
    PolicyOptions policy;
    std::string tool;
};

/// A hint that fits in a line: the first few tools.
std::string some_tools(const Policy& policy) {
    constexpr std::size_t most_shown = 8;
    std::string names;
    for (std::size_t i = 0; i < policy.tools().size() && i < most_shown; ++i) {
        names += (i == 0 ? "`" : ", `") + policy.tools()[i].name + "`";
    }
    if (policy.tools().size() > most_shown) names += ", ...";
    return names;
}

void require_tool(const Policy& policy, const std::string& tool) {
    const auto& tools = policy.tools();
    const bool known = std::any_of(tools.begin(), tools.end(),
                                   [&](const ToolInfo& info) { return info.name == tool; });
    if (known) return;
    const std::string names = some_tools(policy);
    fail(fmt::format("the policy has no tool `{}`", tool), names.empty() ? "" : "it has " + names);
}

ExitCode disasm(Context& context, const DisasmOptions& options) {
    const PolicyPtr policy = require_policy(context, options.policy);
    if (!options.tool.empty()) require_tool(*policy, options.tool);
    context.out.write(policy->disassemble(options.tool));
    return ExitCode::ok;
}

}  // namespace

void add_disasm(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "disasm",
                                    "Prints the bytecode of a policy, or of one of its tools",
                                    "  proviso disasm policies/support\n"
                                    "  proviso disasm support.pvc --tool issue_refund");
    const auto options = std::make_shared<DisasmOptions>();
    CLI::Option* policy = add_value(command, "policy", options->policy.path, "POLICY",
                                    "a rule file, a folder of them or a .pvc");
    add_value(command, "--tool", options->tool, "TOOL", "of this tool alone");
    add_params(command, options->policy.params);
    runs(command, context, {policy}, [&context, options] { return disasm(context, *options); });
}

}  // namespace proviso::cli
