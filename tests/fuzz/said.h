// What a session says of a call, and what must hold of it whatever the call was.
#pragma once

#include <string>

#include <proviso/proviso.h>

namespace proviso::fuzz {

/// Everything that is said of the call decided last: the decision and the agent's view as JSON, the
/// parts. Holds the record against the verdict, and the texts against JSON's grammar.
[[nodiscard]] std::string said(Session& session, const Verdict& verdict);

/// Whether `text` is one JSON value in UTF-8, by another reader than the product's.
[[nodiscard]] bool is_json(const std::string& text);

}  // namespace proviso::fuzz
