// A checked set to a program. Covered by tests/golden/compile and, through decisions, by
// tests/golden/decide.
#pragma once

#include "engine/bytecode/program.h"
#include "engine/check/policy_set.h"
#include "grammar/source.h"

namespace proviso::compile {

/// Never fails: what cannot be compiled is refused by the checker. The set is used up; the sources
/// go along, for messages, explanations and listings.
[[nodiscard]] bytecode::Program compile(check::PolicySet set, const grammar::SourceMap& sources);

}  // namespace proviso::compile
