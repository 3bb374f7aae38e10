// Gates and approvals of a decision, for the people who approve.
#pragma once

#include <string>

#include "cli/terminal.h"
#include <proviso/decision.h>

namespace proviso::cli {

/// Who may open each closed gate, by when, and what they approve; what does not count and why.
/// Empty where there is nothing to say.
[[nodiscard]] std::string approval_text(const Output& out, const Decision& decision);

/// "Hold it until 2 of support_lead or legal approve."
[[nodiscard]] std::string gate_sentence(const Decision& decision);

}  // namespace proviso::cli
