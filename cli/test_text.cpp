// A failure has what was expected and what came, the call as it was sent, and the explanation that
// `proviso explain` gives of it. Covered by tests/cli/test_test.py.
#include "cli/test_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/decision_text.h"
#include "cli/explanation_text.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

using suites::Bench;
using suites::CaseResult;

constexpr std::size_t failure_indent = 2;
constexpr std::size_t asked_cells = 13;  // "obligations" and two blanks
constexpr std::size_t side_cells = 10;   // "expected" and two blanks

struct Counts {
    std::size_t cases = 0;
    std::size_t failed = 0;
};

std::string cases_text(const Output& out, Counts counts) {
    const std::string passed = counts.failed == 0 ? out.styled(Style::green, "passed") : "";
    const std::string failed =
        out.styled(Style::red, fmt::format("{} failed", count_text(counts.failed)));
    return fmt::format("{}, {}", counted(counts.cases, "case"),
                       counts.failed == 0 ? passed : failed);
}

std::vector<Counts> counts_of(std::size_t benches, const std::vector<CaseResult>& results) {
    std::vector<Counts> counts(benches);
    for (const CaseResult& one : results) {
        ++counts[one.suite].cases;
        if (one.failure) ++counts[one.suite].failed;
    }
    return counts;
}

std::string suite_lines(const Output& out, const std::vector<Bench>& benches,
                        const std::vector<Counts>& counts) {
    std::size_t width = 0;
    for (const Bench& bench : benches) width = std::max(width, cells(visible(bench.suite.path)));
    std::string text;
    for (std::size_t i = 0; i < benches.size(); ++i) {
        if (counts[i].cases == 0) continue;
        text += fmt::format("{}  {}\n", pad(visible(benches[i].suite.path), width),
                            cases_text(out, counts[i]));
    }
    return text;
}

std::string side(const Output& out, std::string_view asked, std::string_view word, Style style,
                 const std::vector<std::string>& lines) {
    const std::size_t indent = failure_indent + asked_cells + side_cells;
    std::string text;
    for (const std::string& line : lines) text += paragraph(out, line, indent);
    const std::string label = fmt::format("{:{}}{}{}", "", failure_indent, pad(asked, asked_cells),
                                          out.styled(style, pad(word, side_cells)));
    return text.replace(0, indent, label);
}

std::string difference_text(const Output& out, const suites::Difference& one) {
    return side(out, one.asked, "expected", Style::green, one.expected) +
           side(out, "", "got", Style::red, one.got);
}

std::string where(const Bench& bench, const suites::Failure& failure) {
    std::string text = fmt::format("{}:{}", visible(bench.suite.path), failure.mark.line);
    if (failure.steps > 1) {
        text += fmt::format(", step {} of {}", failure.step + 1, failure.steps);
    }
    if (failure.time != 0) text += fmt::format(", time {}", failure.time);
    return text;
}

std::string indented(const std::string& text) {
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        if (text[begin] != '\n') result.append(failure_indent, ' ');
        result.append(text, begin, end - begin);
        begin = end;
    }
    return result;
}

std::string call_text(const Output& out, const std::string& call) {
    constexpr std::string_view label = "  call  ";
    return paragraph(out, call, label.size()).replace(0, label.size(), label);
}

/// Cases that pass because of who asks alone, and would whatever the rules said.
std::string no_grant_note(const std::vector<Bench>& benches,
                          const std::vector<CaseResult>& results) {
    constexpr std::size_t most_named = 3;
    std::vector<std::string> names;
    for (const CaseResult& one : results) {
        if (one.failure || !one.by_no_grant) continue;
        const suites::Suite& suite = benches[one.suite].suite;
        names.push_back(visible(suites::full_name(suite, suite.cases[one.number])));
    }
    if (names.empty()) return {};
    std::string text = fmt::format(
        "\nnote: {} a block that comes of `no_grant` and shows nothing of the rules:\n",
        names.size() == 1 ? "1 case expects" : counted(names.size(), "case") + " expect");
    for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) {
        text += fmt::format("  {}\n", names[i]);
    }
    if (names.size() > most_named)
        text += fmt::format("  and {} more\n", names.size() - most_named);
    return text + "  Give them a principal who may call the tool, or write `reason: no_grant`.\n";
}

}  // namespace

std::string failure_text(const Output& out, const Bench& bench, const CaseResult& result) {
    const suites::Failure& failure = *result.failure;
    std::string text =
        fmt::format("\n{}  {}\n", out.styled(Style::red, "FAILED"),
                    out.styled(Style::bold, visible(bench.suite.cases[result.number].name)));
    text += fmt::format("        {}\n\n", out.styled(Style::dim, where(bench, failure)));
    if (!failure.error.empty()) return text + paragraph(out, failure.error, failure_indent);
    for (const suites::Difference& one : failure.differences) text += difference_text(out, one);
    text += '\n' + call_text(out, failure.call);
    if (failure.explanation) text += '\n' + indented(explanation_text(out, *failure.explanation));
    return text;
}

std::string test_text(const Output& out, const std::vector<Bench>& benches,
                      const std::vector<CaseResult>& results) {
    const std::vector<Counts> counts = counts_of(benches.size(), results);
    std::string text = suite_lines(out, benches, counts);
    Counts all;
    std::size_t suites = 0;
    for (const Counts& one : counts) {
        all.cases += one.cases;
        all.failed += one.failed;
        suites += one.cases > 0 ? 1 : 0;
    }
    for (const CaseResult& one : results) {
        if (one.failure) text += failure_text(out, benches[one.suite], one);
    }
    return text + no_grant_note(benches, results) +
           fmt::format("\n{} in {}\n", cases_text(out, all), counted(suites, "suite"));
}

}  // namespace proviso::cli
