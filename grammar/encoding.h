// The check of a file's bytes before it is parsed: valid UTF-8, no control characters, no marks
// that make text read differently than it runs.
//
// Covered by tests/unit/grammar/encoding_test.cpp.
#pragma once

#include <cstddef>
#include <string_view>

#include "grammar/diagnostic.h"

namespace proviso::grammar {

/// Length of `text`'s longest valid UTF-8 prefix.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

/// Reports what is wrong; true when the text can be parsed.
[[nodiscard]] bool check_encoding(const SourceMap& sources, SourceId source, DiagnosticSink& sink);

/// The same verdict without reports.
[[nodiscard]] bool is_well_encoded(std::string_view text);

}  // namespace proviso::grammar
