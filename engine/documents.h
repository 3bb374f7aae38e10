// YAML and JSON to a tree (grammar/document.h), strictly: no anchors, aliases, tags, second
// documents, tabs before a line. Covered by tests/golden/check/data.
#pragma once

#include "grammar/diagnostic.h"
#include "grammar/document.h"
#include "grammar/source.h"
#include "proviso/limits.h"

namespace proviso::engine {

/// A mistake is reported at its place in the file, and the document is empty then. A name that ends
/// in `.json` is read as JSON, any other as YAML.
[[nodiscard]] grammar::Document read_document(const grammar::SourceMap& sources,
                                              grammar::SourceId source, const Limits& limits,
                                              grammar::DiagnosticSink& sink);

/// The same, as JSON whatever its name.
[[nodiscard]] grammar::Document read_json_document(const grammar::SourceMap& sources,
                                                   grammar::SourceId source, const Limits& limits,
                                                   grammar::DiagnosticSink& sink);

}  // namespace proviso::engine
