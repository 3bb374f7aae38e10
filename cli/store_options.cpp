// Covered by tests/cli/store_test.py.
#include "cli/store_options.h"

#include <vector>

#include "cli/input.h"

namespace proviso::cli {

CLI::Option* add_store(CLI::App& command, std::string& path) {
    return add_value(command, "--store", path, "FILE", "what engines remember; required");
}

// A new file that nobody else has would be halted to no effect.
StorePtr require_store(const std::string& path, bool may_be_new) {
    if (!may_be_new) require_readable(path);
    OpenResult opened = open_store(path);
    if (opened.store == nullptr) fail("cannot open the store " + opened.error);
    return opened.store;
}

void add_scope(CLI::App& command, ScopeOptions& options) {
    command.add_flag("--everything", options.everything, "every call");
    add_value(command, "--tool", options.tool, "NAME", "of this tool; * stands for any text");
    add_value(command, "--agent", options.agent, "ID", "by this agent");
    add_value(command, "--workflow", options.workflow, "NAME", "of this workflow");
    add_value(command, "--principal", options.principal, "ID", "for this principal");
}

HaltScope scope_of(const ScopeOptions& options) {
    using Kind = HaltScope::Kind;
    std::vector<HaltScope> given;
    if (options.everything) given.push_back({Kind::everything, {}});
    if (!options.tool.empty()) given.push_back({Kind::tool, options.tool});
    if (!options.agent.empty()) given.push_back({Kind::agent, options.agent});
    if (!options.workflow.empty()) given.push_back({Kind::workflow, options.workflow});
    if (!options.principal.empty()) given.push_back({Kind::principal, options.principal});
    if (given.size() == 1) return given.front();
    fail("say one of --everything, --tool, --agent, --workflow, --principal");
}

std::string_view scope_word(HaltScope::Kind kind) {
    switch (kind) {
        case HaltScope::Kind::everything: return "everything";
        case HaltScope::Kind::tool: return "tool";
        case HaltScope::Kind::agent: return "agent";
        case HaltScope::Kind::workflow: return "workflow";
        case HaltScope::Kind::principal: return "principal";
    }
    return "";
}

std::string scope_text(const HaltScope& scope) {
    std::string text(scope_word(scope.kind));
    return scope.name.empty() ? text : text + " " + scope.name;
}

void require_done(const StoreResult& result) {
    if (!result) fail(result.error);
}

}  // namespace proviso::cli
