// `proviso halt --store FILE SCOPE`: from now on every call that the scope fits is a block, in all
// engines that share the store. With a policy at hand the name is held against it first, since a
// misspelt halt stops nothing.
//
// Covered by tests/cli/store_test.py.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/policy_options.h"
#include "cli/store_options.h"
#include "cli/text.h"
#include "simulator/text/words.h"
#include <proviso/engine.h>

namespace proviso::cli {
namespace {

struct HaltCommand {
    std::string store;
    ScopeOptions scope;
    std::string reason;
    std::string policy;
};

/// `*` stands for any text.
bool fits(std::string_view glob, std::string_view name) {
    const std::size_t star = glob.find('*');
    if (star == std::string_view::npos) return glob == name;
    if (name.substr(0, star) != glob.substr(0, star)) return false;
    const std::string_view rest = glob.substr(star + 1);
    for (std::size_t at = star; at <= name.size(); ++at) {
        if (fits(rest, name.substr(at))) return true;
    }
    return false;
}

/// Whether the set takes a call of this name: it is in the catalogue, or the catalogue is open.
bool is_taken(const PolicyPtr& policy, const std::string& tool) {
    const Engine engine(policy);
    Session session(engine);
    return session.preview(Call(tool)).reason != Reason::unknown_tool;
}

void require_tool(const PolicyPtr& policy, const std::string& tool) {
    std::vector<std::string_view> names;
    for (const ToolInfo& info : policy->tools()) names.emplace_back(info.name);
    const auto fitting = [&](std::string_view name) { return fits(tool, name); };
    if (std::any_of(names.begin(), names.end(), fitting)) return;
    const bool glob = tool.find('*') != std::string::npos;
    if (is_taken(policy, glob ? "no.such.tool.at.all" : tool)) return;
    if (glob) fail(fmt::format("no tool of {} fits `{}`: nothing is halted", policy->name(), tool));
    const std::string_view near = simulator::nearest(tool, names);
    fail(fmt::format("{} has no tool `{}`: nothing is halted", policy->name(), tool),
         near.empty() ? "" : fmt::format("did you mean `{}`?", near));
}

/// What is to be said of the name beside that it is halted; Failure where it is surely none.
std::string checked(Context& context, const HaltCommand& options, const HaltScope& scope) {
    using Kind = HaltScope::Kind;
    if (scope.kind == Kind::everything) return {};
    if (scope.kind == Kind::tool && !options.policy.empty()) {
        require_tool(require_policy(context, {options.policy, {}}), scope.name);
        return {};
    }
    if (scope.kind == Kind::tool) {
        return "not checked that there is such a tool: --policy PATH checks it";
    }
    const std::string_view word = scope_word(scope.kind);
    if (scope.name.find('*') != std::string::npos) {
        return fmt::format("`*` is a part of this name: it stands for any text in --tool alone");
    }
    return fmt::format("not checked that there is such {} {}: no policy lists them",
                       scope.kind == Kind::agent ? "an" : "a", word);
}

ExitCode halt(Context& context, const HaltCommand& options) {
    const HaltScope scope = scope_of(options.scope);
    const StorePtr store = require_store(options.store);
    const std::string note = checked(context, options, scope);
    require_done(store->halt(scope, options.reason));
    context.out.line("halted " + visible(scope_text(scope)));
    if (!note.empty()) context.out.line("note: " + note);
    return ExitCode::ok;
}

}  // namespace

void add_halt(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "halt", "Blocks calls of all engines that share a store",
                    "  proviso halt --store calls.db --everything --because 'incident 12'\n"
                    "  proviso halt --store calls.db --policy support --tool 'payments.*'\n"
                    "  proviso halt --store calls.db --agent bot-7");
    const auto options = std::make_shared<HaltCommand>();
    CLI::Option* store = add_store(command, options->store);
    add_scope(command, options->scope);
    add_value(command, "--because", options->reason, "TEXT", "the reason, shown in decisions");
    add_value(command, "-p,--policy", options->policy, "PATH",
              "the rules: a tool that they have not is refused");
    runs(command, context, {store}, [&context, options] { return halt(context, *options); });
}

}  // namespace proviso::cli
