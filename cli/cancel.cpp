// `proviso cancel --store FILE --id ID`: the call was not carried out, and no longer counts.
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/store_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct CancelCommand {
    std::string store;
    std::string id;
};

ExitCode cancel(Context& context, const CancelCommand& options) {
    require_done(require_store(options.store)->cancel(options.id));
    context.out.line("cancelled " + visible(options.id));
    return ExitCode::ok;
}

}  // namespace

void add_cancel(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "cancel", "Reports that a call was not carried out",
                    "  proviso cancel --store calls.db --id call-1");
    const auto options = std::make_shared<CancelCommand>();
    CLI::Option* store = add_store(command, options->store);
    CLI::Option* id = add_value(command, "--id", options->id, "ID", "the call's id; required");
    runs(command, context, {store, id}, [&context, options] { return cancel(context, *options); });
}

}  // namespace proviso::cli
