// What a session says of a call, and what must hold of it whatever the call was.
#pragma once

#include <string>

#include <proviso/proviso.h>

namespace proviso::fuzz {

/// What is said of the call decided last: the decision and the agent's view as JSON. Holds the
/// record against the verdict.
[[nodiscard]] std::string said(Session& session, const Verdict& verdict);

/// Holds the explanation of the call decided last against what was said, and all texts against
/// JSON's grammar. Takes ten times as long.
void hold_explained(Session& session);

/// Whether `text` is one JSON value in UTF-8, by another reader than the product's.
[[nodiscard]] bool is_json(const std::string& text);

}  // namespace proviso::fuzz
