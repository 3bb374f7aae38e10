// What came of suites, as a person reads it: a line a suite, then each failure in full.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "suites/run.h"

namespace proviso::cli {

/// Lines ended by '\n'. The same whatever the number of threads.
[[nodiscard]] std::string test_text(const Output& out, const std::vector<suites::Bench>& benches,
                                    const std::vector<suites::CaseResult>& results);

/// Of a case that failed, an empty line first.
[[nodiscard]] std::string failure_text(const Output& out, const suites::Bench& bench,
                                       const suites::CaseResult& result);

}  // namespace proviso::cli
