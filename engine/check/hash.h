// The hash of a set: what it says, not how it is laid out.
#pragma once

#include <string>

#include "engine/check/context.h"

namespace proviso::check {

/// SHA-256 over the canonical bytes of all statements, by kind and name. Comments, docs, spans, the
/// order of files, statements and clauses, and which file a statement stands in leave it as it is;
/// params count with the values in force.
[[nodiscard]] std::string hash_of(const Context& context);

}  // namespace proviso::check
