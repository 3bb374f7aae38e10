// `proviso confirm --store FILE --id ID`: the call was carried out.
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/store_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct ConfirmCommand {
    std::string store;
    std::string id;
};

ExitCode confirm(Context& context, const ConfirmCommand& options) {
    require_done(require_store(options.store)->confirm(options.id));
    context.out.line("confirmed " + visible(options.id));
    return ExitCode::ok;
}

}  // namespace

void add_confirm(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "confirm", "Reports that a call was carried out",
                                    "  proviso confirm --store calls.db --id call-1");
    const auto options = std::make_shared<ConfirmCommand>();
    CLI::Option* store = add_store(command, options->store);
    CLI::Option* id = add_value(command, "--id", options->id, "ID", "the call's id; required");
    runs(command, context, {store, id}, [&context, options] { return confirm(context, *options); });
}

}  // namespace proviso::cli
