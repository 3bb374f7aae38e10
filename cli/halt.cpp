// `proviso halt --store FILE SCOPE`: from now on every call that the scope fits is a block, in all
// engines that share the store.
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/store_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct HaltCommand {
    std::string store;
    ScopeOptions scope;
    std::string reason;
};

ExitCode halt(Context& context, const HaltCommand& options) {
    const HaltScope scope = scope_of(options.scope);
    const StorePtr store = require_store(options.store);
    require_done(store->halt(scope, options.reason));
    context.out.line("halted " + visible(scope_text(scope)));
    return ExitCode::ok;
}

}  // namespace

void add_halt(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "halt", "Blocks calls of all engines that share a store",
                    "  proviso halt --store calls.db --everything --because 'incident 12'\n"
                    "  proviso halt --store calls.db --tool 'payments.*'\n"
                    "  proviso halt --store calls.db --agent bot-7");
    const auto options = std::make_shared<HaltCommand>();
    CLI::Option* store = add_store(command, options->store);
    add_scope(command, options->scope);
    add_value(command, "--because", options->reason, "TEXT", "the reason, shown in decisions");
    runs(command, context, {store}, [&context, options] { return halt(context, *options); });
}

}  // namespace proviso::cli
