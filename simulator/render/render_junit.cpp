// The gate as JUnit XML, and doubts about what was read. Covered by
// tests/cli/simulate_outputs_test.py.

#include "simulator/render/doubts.h"
#include "simulator/render/render.h"
#include "simulator/text/markup.h"
#include "simulator/text/text_table.h"

namespace proviso::simulator {
namespace {

/// For text and attributes: what XML 1.0 has no place for is gone.
std::string escaped(std::string_view text) {
    return markup_text(Look{false, true, 100}.clean(text));
}

std::string case_of(const GateCheck& check) {
    std::string out =
        "    <testcase classname=\"proviso.gate\" name=\"" + escaped(check.name) + "\"";
    if (check.state == GateState::kept) return out + "/>\n";
    const std::string kind = check.state == GateState::broken ? "failure" : "error";
    out += ">\n      <" + kind + " type=\"" + std::string{name(check.state)} + "\" message=\"" +
           escaped(check.bound + ", found " + check.found) + "\">";
    for (const std::string& call : check.calls) out += escaped(call) + '\n';
    return out + "</" + kind + ">\n    </testcase>\n";
}

}  // namespace

std::string to_junit(const Report& report) {
    std::vector<GateCheck> checks;
    if (report.gate) checks = report.gate->checks;
    if (!report.gate || !report.partial.empty()) {
        const bool whole = report.partial.empty();
        checks.push_back({"whole history",
                          "all of it",
                          whole ? "all of it" : report.partial,
                          whole ? GateState::kept : GateState::no_evidence,
                          {}});
    }
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::string cases;
    for (const GateCheck& check : checks) {
        if (check.state == GateState::broken) ++failures;
        if (check.state == GateState::no_evidence) ++errors;
        cases += case_of(check);
    }
    const std::string counts = " tests=\"" + std::to_string(checks.size()) + "\" failures=\"" +
                               std::to_string(failures) + "\" errors=\"" + std::to_string(errors) +
                               "\"";
    std::string doubts;
    for (const std::string& doubt : doubts_of(report)) doubts += escaped(doubt) + '\n';
    if (!doubts.empty()) {
        doubts = "    <system-out>" + std::string{doubts_title} + '\n' + doubts + "</system-out>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts +
           ">\n  <testsuite name=\"" +
           escaped("proviso simulate " + report.policy_name + ' ' + report.policy_version) + "\"" +
           counts + ">\n" + cases + doubts + "  </testsuite>\n</testsuites>\n";
}

}  // namespace proviso::simulator
