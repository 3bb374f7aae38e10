// What there is to say to authors, in the public words.
#pragma once

#include "grammar/diagnostic.h"
#include "proviso/policy.h"

namespace proviso::engine {

[[nodiscard]] Diagnostic to_public(const grammar::SourceMap& sources,
                                   const grammar::Diagnostic& from);

/// The engine refuses what it made itself: not the author's mistake, but never to be hidden.
[[nodiscard]] Diagnostic internal_error(const std::string& message);

/// Sorts what is in the sink and puts it into a CompileResult or FormatResult.
template <typename Result>
void hand_over(const grammar::SourceMap& sources, grammar::DiagnosticSink& sink, Result& result) {
    sink.sort();
    for (const grammar::Diagnostic& one : sink.all()) {
        result.diagnostics.push_back(to_public(sources, one));
    }
    result.text = grammar::render_text(sources, sink.all(), {.colour = false});
    result.coloured_text = grammar::render_text(sources, sink.all(), {.colour = true});
}

/// Adds a diagnostic that has no place in a source.
template <typename Result>
void add_placeless(Diagnostic diagnostic, Result& result) {
    const std::string line = "error[" + diagnostic.code + "]: " + diagnostic.message + "\n";
    result.text += line;
    result.coloured_text += line;
    result.diagnostics.push_back(std::move(diagnostic));
}

}  // namespace proviso::engine
