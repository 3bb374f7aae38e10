// The tools of an MCP server as rule text: what `import tools "x.json"` does, written out.
//
// Nothing here prints or throws (memory that cannot be had excepted); there is no global state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proviso/limits.h"
#include "proviso/policy.h"

namespace proviso {

struct ToolsResult {
    /// `tool` statements in their canonical form, without a `policy` line; absent where the list
    /// cannot be read. A set with them and a set that imports the list decide alike, and have one
    /// hash.
    std::optional<std::string> rules;
    std::size_t tools = 0;
    std::vector<Diagnostic> diagnostics;  ///< by place in the list
    /// The diagnostics as people read them, with the line and the span underlined.
    std::string text;
    /// The same with terminal colours.
    std::string coloured_text;
};

/// `json`: the answer to `tools/list`, as it came from the server, its result, or the list of tools
/// alone. `name`: for messages.
[[nodiscard]] ToolsResult tools_to_rules(std::string_view json,
                                         std::string_view name = "tools.json",
                                         const Limits& limits = {});

}  // namespace proviso
