// Comments that silence a finding where it stands:
//
//     # lint: off P1507, P1506: the tool reads nothing that is not public
//
// Above a statement it holds for all of it; within one, for the line below it, or for its own line
// where it stands behind something. Above `import tools` it holds for what is found in the list.
// Covered by tests/golden/lint/silence.
#pragma once

#include <string>
#include <vector>

#include "lint/subject.h"

namespace proviso::lint {

/// One code of one comment.
struct Silence {
    std::string code;
    std::string reason;
    Span span;               // of the code in the comment
    std::vector<Span> over;  // where a finding must begin
    bool used = false;
};

/// All of the set's own text; mistakes in them are reported.
[[nodiscard]] std::vector<Silence> silences(Subject& subject);

/// The silence of a finding, which is used from now on; null where none is of it.
[[nodiscard]] Silence* silence_of(std::vector<Silence>& all, const grammar::Diagnostic& finding);

/// Reports those that nothing used (P1704).
void report_unused(Subject& subject, const std::vector<Silence>& all);

/// Whether a finding of the code may be silenced: errors, and what silencings get wrong, may not.
[[nodiscard]] bool can_be_silenced(std::string_view code);

}  // namespace proviso::lint
