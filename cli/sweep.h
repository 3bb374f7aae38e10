// `--sweep`: candidates to try, compiled from one policy with other values of its params.
#pragma once

#include <string>
#include <vector>

#include "cli/policy_options.h"
#include "simulator/report/sweep.h"

namespace proviso::cli {

/// Nothing where `texts` is empty. Failure for a knob that is none, and for a value that the set
/// does not compile with, whose errors go to stderr.
[[nodiscard]] simulator::SweepOptions sweep_options(Context& context, const PolicyOptions& options,
                                                    const PolicyPtr& policy,
                                                    const std::vector<std::string>& texts);

}  // namespace proviso::cli
