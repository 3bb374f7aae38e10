// Reading the files of a set: folders, imports, limits.
#pragma once

#include <string>
#include <vector>

#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "grammar/source.h"
#include "proviso/policy.h"

namespace proviso::engine {

/// A set's texts and syntax. Mistakes are in the sink.
struct ParsedSet {
    grammar::SourceMap sources;
    std::vector<grammar::ast::File> files;
    std::vector<std::string> offered;  // names of imported modules that nothing names
};

/// Parses the given texts; a `data` statement reads one of `data_files`; an `import "file"` names
/// one of them.
void parse_sources(std::vector<SourceText> texts, const Limits& limits, ParsedSet& set,
                   grammar::DiagnosticSink& sink, const std::vector<SourceText>& data_files = {});

/// Parses a file and what it imports, or the `*.proviso` files of a folder and what they import.
/// `problem` says what is wrong with the path itself; empty where nothing is.
void parse_path(const std::string& path, const Limits& limits, ParsedSet& set,
                grammar::DiagnosticSink& sink, std::string& problem);

}  // namespace proviso::engine
