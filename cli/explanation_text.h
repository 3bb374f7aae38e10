// Why a call was decided so, as an indented tree with the value of every sub-expression.
//
//     gate large_refund  matched  support.proviso:69
//       true     args.amount > refund_cap
//                  args.amount = 600 USD
//                  refund_cap = 500 USD
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include <proviso/decision.h>

namespace proviso::cli {

/// Lines ended by '\n': the decision, the rules that took part, the near misses, what is not known.
/// `notes` are about the call as it came.
[[nodiscard]] std::string explanation_text(const Output& out, const Explanation& explanation,
                                           const std::vector<std::string>& notes = {});

}  // namespace proviso::cli
