// An MCP `tools/list` document as tools of the language.
//
// The document is hostile, and so is what it says of itself: its names are taken where people can
// read them, its descriptions are cleaned, and its hints (`readOnlyHint` and the like) set no tier.
// They only suggest one, to a person, on the tighter side.
//
// Covered by tests/golden/check/tools_lists and tests/cli/import_tools_test.py.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "grammar/document.h"
#include "grammar/source.h"
#include "proviso/limits.h"

namespace proviso::schema {

struct ToolsList {
    grammar::ast::File file;  // nothing but tools; spans are places in the document
    /// For each tool the tier that the server's hints come to; empty where it gives none.
    std::vector<std::string_view> hinted_tiers;
};

/// Takes `{"tools": [ … ]}`, a JSON-RPC response with that as its result, and a list alone.
[[nodiscard]] ToolsList read_tools(const grammar::SourceMap& sources, grammar::SourceId source,
                                   const grammar::Document& document, const Limits& limits,
                                   grammar::DiagnosticSink& sink);

}  // namespace proviso::schema
