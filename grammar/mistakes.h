// From where a parse stopped to what the author should read. The grammar knows what it wanted;
// here the text at that place is looked at again for the mistakes that people make, each with a
// message of its own. Runs on errors alone, so it may be slow and the grammar stays plain.
//
// Covered by tests/golden/grammar.
#pragma once

#include <cstdint>
#include <string_view>

#include "grammar/diagnostic.h"
#include "grammar/failure.h"

namespace proviso::grammar {

/// A parse that stopped, with what is known about the statement it stopped in.
struct Stop {
    SourceId source{};
    std::string_view text;    // of the whole file
    std::uint32_t where = 0;  // where the parse stopped
    Slot slot = Slot::none;
    std::string_view wanted;
    std::uint32_t statement_begin = 0;
    std::string_view statement_word;  // "gate"; empty where the statement is unknown
    std::size_t deepest = 0;          // the limit of nesting
};

/// What a report means for going on.
struct Explained {
    std::uint32_t at = 0;          // where the report points to
    bool inside_statement = true;  // false: lines in column one still belong to the mistake
};

Explained explain(const Stop& stop, DiagnosticSink& sink);

}  // namespace proviso::grammar
