// Rule text to AST.
#pragma once

#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "proviso/limits.h"

namespace proviso::grammar {

/// Parses one file of `sources`. All errors of the file go to `sink`; statements that could be
/// parsed are in the result whatever the others look like. Never throws, whatever the bytes.
[[nodiscard]] ast::File parse(const SourceMap& sources, SourceId source, const Limits& limits,
                              DiagnosticSink& sink);

/// Whether the text is a well-formed file, by the same PEG without actions: what parsing costs at
/// the least. For the bench.
[[nodiscard]] bool recognise(const SourceMap& sources, SourceId source);

}  // namespace proviso::grammar
