// A report in every form: for people at a terminal, as JSON, and for other programs: a comment on a
// pull request, a test report, code annotations. report_page/ makes the page of it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "simulator/report/report.h"

namespace proviso::simulator {

struct RenderOptions {
    bool colour = false;     ///< terminal colours
    std::size_t width = 80;  ///< columns; clamped to 60 .. 120
    bool unicode = true;     ///< block characters and typographic marks; otherwise ASCII alone
    /// Every section. Without it a comparison is told on one screen: what changes, what decides it,
    /// and what is not known.
    bool full = false;
    bool figures = false;  ///< the tables of `Report::figures` as well
};

/// The report as people read it, lines ended by '\n'.
[[nodiscard]] std::string render_text(const Report& report, const RenderOptions& options);

/// The report as docs/simulate.schema.json describes it; indented, with a line end.
[[nodiscard]] std::string to_json(const Report& report);

/// Markdown as GitHub and GitLab read it: the gate, what changes, what is not known. What agents
/// wrote cannot break out of its cell.
[[nodiscard]] std::string to_markdown(const Report& report);

/// A sweep as comma-separated values (RFC 4180), a row of names and one a candidate.
[[nodiscard]] std::string to_csv(const SweepReport& sweep);

/// JUnit XML: a test case a bound of the gate; what lacks evidence is an error. Without a gate the
/// one case is that the run covers all of the history.
[[nodiscard]] std::string to_junit(const Report& report);

/// SARIF 2.1.0: a result for each rule that changes are put down to and each rule that a gate pins
/// in vain, at the rule's line: of the policy, or of the baseline where its rule no longer holds.
[[nodiscard]] std::string to_sarif(const Report& report,
                                   const std::vector<RuleInfo>& baseline_rules);

}  // namespace proviso::simulator
