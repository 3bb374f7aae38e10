// A report with something in each of its parts.
#pragma once

#include "simulator/report/report.h"

namespace proviso::simulator::testing {

[[nodiscard]] Report sample_report();

}  // namespace proviso::simulator::testing
