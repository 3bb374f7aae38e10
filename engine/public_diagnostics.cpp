#include "engine/public_diagnostics.h"

namespace proviso::engine {

Diagnostic to_public(const grammar::SourceMap& sources, const grammar::Diagnostic& from) {
    const grammar::ResolvedDiagnostic resolved = grammar::resolve(sources, from);
    Diagnostic result;
    result.code = resolved.code;
    result.severity =
        resolved.severity == grammar::Severity::error ? Severity::error : Severity::warning;
    result.file = resolved.place.file;
    result.line = resolved.place.begin.line;
    result.column = resolved.place.begin.column;
    result.end_line = resolved.place.end.line;
    result.end_column = resolved.place.end.column;
    result.message = resolved.message;
    result.help = resolved.help;
    return result;
}

Diagnostic internal_error(const std::string& message) {
    Diagnostic result;
    result.code = "P9000";  // has no place in a source, so no row in diagnostics.def
    result.message = message;
    result.help = "this is a fault of the engine; please report it with the set";
    return result;
}

}  // namespace proviso::engine
