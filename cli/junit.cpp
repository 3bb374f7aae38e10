// Covered by tests/cli/test_reports_test.py.
#include "cli/junit.h"

#include <string_view>

#include <fmt/format.h>

#include "cli/terminal.h"
#include "cli/test_text.h"
#include "cli/text.h"
#include "simulator/text/markup.h"

namespace proviso::cli {
namespace {

std::string in_short(const suites::Failure& failure) {
    if (!failure.error.empty()) return failure.error;
    std::string text;
    for (const suites::Difference& one : failure.differences) {
        if (!text.empty()) text += "; ";
        text += fmt::format("{}: expected {}, got {}", one.asked, fmt::join(one.expected, " | "),
                            fmt::join(one.got, " | "));
    }
    return text;
}

std::string case_element(const suites::Bench& bench, const suites::CaseResult& result) {
    const suites::Case& of = bench.suite.cases[result.number];
    const std::string path = xml_escaped(bench.suite.path);
    const std::string head =
        fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", path,
                    xml_escaped(of.name), path, of.mark.line);
    if (!result.failure && result.by_no_grant) {
        return head +
               ">\n      <system-out>the block came of `no_grant`: it shows nothing of the "
               "rules</system-out>\n    </testcase>\n";
    }
    if (!result.failure) return head + "/>\n";
    const Output plain(stdout);  // without colours
    return head + fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                              xml_escaped(in_short(*result.failure)),
                              xml_escaped(failure_text(plain, bench, result)));
}

struct Element {
    std::string cases;
    std::size_t tests = 0;
    std::size_t failures = 0;
};

}  // namespace

std::string xml_escaped(std::string_view text) {
    std::string result;
    for (const char c : simulator::markup_text(visible(text, true))) {
        if (c == '\n') {
            result += "&#10;";
        } else {
            result += c;
        }
    }
    return result;
}

std::string junit_xml(const std::vector<suites::Bench>& benches,
                      const std::vector<suites::CaseResult>& results) {
    std::vector<Element> elements(benches.size());
    std::size_t failures = 0;
    for (const suites::CaseResult& one : results) {
        Element& element = elements[one.suite];
        element.cases += case_element(benches[one.suite], one);
        ++element.tests;
        if (!one.failure) continue;
        ++element.failures;
        ++failures;
    }
    std::string xml = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"proviso test\" tests=\"{}\" failures=\"{}\">\n",
        results.size(), failures);
    for (std::size_t i = 0; i < benches.size(); ++i) {
        const Element& one = elements[i];
        if (one.tests == 0) continue;
        xml += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{}"
            "  </testsuite>\n",
            xml_escaped(benches[i].suite.path), one.tests, one.failures, one.cases);
    }
    return xml + "</testsuites>\n";
}

}  // namespace proviso::cli
