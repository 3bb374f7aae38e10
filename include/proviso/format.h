// The canonical form of rule text: one layout for each statement, whoever wrote it. See
// docs/formatting.md.
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

struct FormatResult {
    /// The text in its canonical form; absent where it has syntax errors. It says what the text
    /// said, comments included, and is its own canonical form. Lines end with a line feed.
    std::optional<std::string> formatted;
    std::vector<Diagnostic> diagnostics;  ///< by place
    /// The diagnostics as people read them, with the line and the span underlined.
    std::string text;
    /// The same with terminal colours.
    std::string coloured_text;
};

/// Formats one file of a set. Only its syntax matters: names and types are not looked at.
[[nodiscard]] FormatResult format_text(std::string_view text,
                                       std::string_view name = "policy.proviso",
                                       const Limits& limits = {});

}  // namespace proviso
