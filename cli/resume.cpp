// `proviso resume --store FILE SCOPE`: lifts a halt. The scope is the one that was halted.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/store_options.h"
#include "cli/text.h"
#include "simulator/text/words.h"

namespace proviso::cli {
namespace {

struct ResumeCommand {
    std::string store;
    ScopeOptions scope;
};

/// The name of a halt of the same kind; empty where none is near.
std::string nearest_halt(const HaltList& list, const HaltScope& scope) {
    std::vector<std::string_view> names;
    for (const Halt& halt : list.halts) {
        if (halt.scope.kind == scope.kind) names.emplace_back(halt.scope.name);
    }
    return std::string(simulator::nearest(scope.name, names));
}

ExitCode resume(Context& context, const ResumeCommand& options) {
    const HaltScope scope = scope_of(options.scope);
    const StorePtr store = require_store(options.store);
    const HaltList list = store->halts();
    if (!list.error.empty()) fail(list.error);
    const bool is_halted = std::any_of(list.halts.begin(), list.halts.end(),
                                       [&](const Halt& halt) { return halt.scope == scope; });
    // A scope that is misspelt would leave on what was to be lifted.
    if (!is_halted) {
        const std::string near = nearest_halt(list, scope);
        fail(scope_text(scope) + " is not halted",
             (near.empty() ? "" : "did you mean `" + near + "`? ") +
                 std::string("proviso status tells what is"));
    }
    require_done(store->resume(scope));
    context.out.line("resumed " + visible(scope_text(scope)));
    return ExitCode::ok;
}

}  // namespace

void add_resume(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "resume", "Lifts a halt",
                                    "  proviso resume --store calls.db --everything\n"
                                    "  proviso resume --store calls.db --tool 'payments.*'");
    const auto options = std::make_shared<ResumeCommand>();
    CLI::Option* store = add_store(command, options->store);
    add_scope(command, options->scope);
    runs(command, context, {store}, [&context, options] { return resume(context, *options); });
}

}  // namespace proviso::cli
