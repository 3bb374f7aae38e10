// What came of suites, for programs and for a browser.
// Covered by tests/cli/test_reports_test.py.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "suites/run.h"

namespace proviso::suites {

/// docs/test.schema.json describes it. Ended by '\n'; the same whatever the number of threads.
[[nodiscard]] std::string to_json(const std::vector<Bench>& benches, const RunResult& result);

/// One page that needs nothing else: each set's table, and its sources with what is covered.
[[nodiscard]] std::string coverage_html(const std::vector<SetCoverage>& coverage);

/// "rule", "cell", "limit_step", "default", "grant".
[[nodiscard]] std::string_view name(engine::CoveredPart::Kind kind) noexcept;

}  // namespace proviso::suites
