// A JSON Schema as a type of the language.
//
// What a schema says and the language can say is held to. What it says beyond that is told: a type
// that is wider than its schema is a warning that names the keyword, a schema that no type fits is
// `json`, which takes any value, and a warning as well. No type is narrower than its schema, but
// where docs/language.md says so (whole numbers past 64 bits, formats of dates and times).
//
// Covered by tests/golden/check/tools_lists.
#pragma once

#include <string>
#include <string_view>

#include "engine/schema/json.h"
#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "proviso/limits.h"

namespace proviso::schema {

/// A document, and the syntax tree that is made of it.
struct Making {
    const Document& document;
    const Limits& limits;
    grammar::ast::File& file;
    grammar::DiagnosticSink& sink;
    std::size_t types = 0;    // that were made so far, with the words of enums
    bool told_types = false;  // that there are too many
    NameIndex names;          // of what references lead through

    [[nodiscard]] const DocumentNode& node(std::uint32_t at) const { return document.nodes[at]; }
    std::string_view keep(std::string text) { return file.decoded.emplace_back(std::move(text)); }
};

/// The args of one tool.
struct ListedArgs {
    std::vector<grammar::ast::FieldDecl> fields;
    bool open = true;
};

/// Why a text cannot name a tool or an arg; empty where it can.
[[nodiscard]] std::string why_no_name(std::string_view text, const Limits& limits);

/// `at`: the `inputSchema`, a map. `tool`: its name, for messages.
[[nodiscard]] ListedArgs args_of(Making& making, std::string_view tool, std::uint32_t at);

}  // namespace proviso::schema
