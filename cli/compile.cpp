// `proviso compile PATH -o set.pvc`: rule text in, a compiled set out, that loads without it.
#include <memory>
#include <string>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/policy_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct CompileCommand {
    PolicyOptions policy;
    std::string output;
};

ExitCode compile(Context& context, const CompileCommand& options) {
    if (!is_compiled(options.output)) {
        fail(fmt::format("the output `{}` does not end in .pvc", options.output),
             "compiled sets are known by that ending");
    }
    if (is_compiled(options.policy.path)) {
        fail(fmt::format("`{}` is compiled already", options.policy.path));
    }
    const PolicyPtr policy = require_policy(context, options.policy);
    const std::string bytes = policy->save();
    write_file(options.output, bytes);
    context.out.line(fmt::format("{}: {} {}, {} bytes, hash {}", visible(options.output),
                                 visible(policy->name()), visible(policy->version()),
                                 count_text(bytes.size()), policy->hash()));
    return ExitCode::ok;
}

}  // namespace

void add_compile(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "compile",
                                    "Compiles rule files into one file that loads at once",
                                    "  proviso compile policies/support -o support.pvc\n"
                                    "  proviso compile support.proviso -o tight.pvc "
                                    "--param 'refund_cap=300 USD'");
    const auto options = std::make_shared<CompileCommand>();
    CLI::Option* path =
        add_value(command, "path", options->policy.path, "PATH", "a rule file or a folder of them");
    CLI::Option* output =
        add_value(command, "-o,--output", options->output, "FILE", "the .pvc to write; required");
    add_params(command, options->policy.params);
    runs(command, context, {path, output},
         [&context, options] { return compile(context, *options); });
}

}  // namespace proviso::cli
