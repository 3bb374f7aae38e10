// What came of suites as JUnit's XML, which build servers read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "suites/run.h"

namespace proviso::cli {

/// A `testsuite` for each suite of which cases were taken, a `testcase` for each case; a failure
/// has what the text report has. No times: two runs of the same write the same.
[[nodiscard]] std::string junit_xml(const std::vector<suites::Bench>& benches,
                                    const std::vector<suites::CaseResult>& results);

/// Text of an element or attribute: nothing in it ends one, and no character is left that XML does
/// not have.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace proviso::cli
