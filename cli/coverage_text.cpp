// Covered by tests/cli/coverage_test.py.
#include "cli/coverage_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/text.h"
#include "suites/coverage_rows.h"

namespace proviso::cli {
namespace {

using engine::CoverageReport;
using engine::SourcePlace;
using suites::CoverageRow;

constexpr std::size_t kind_indent = 2;
constexpr std::size_t kind_cells = 13;  // "matrix cells" and a blank
constexpr std::uint32_t all_covered = 10'000;

std::string kind_line(const Output& out, const CoverageRow& row, std::size_t width) {
    const std::uint32_t percent = row.share.hundredths();
    std::string text =
        fmt::format("{:{}}{}{:>{}} of {:<{}}  ", "", kind_indent, pad(row.label, kind_cells),
                    count_text(row.share.covered), width, count_text(row.share.total), width);
    text += out.styled(percent == all_covered ? Style::green : Style::yellow,
                       fmt::format("{:>8}", suites::percent_text(percent)));
    if (!row.note.empty()) text += "   " + out.styled(Style::dim, row.note);
    return text + '\n';
}

std::string source_place(const CoverageReport& report, const SourcePlace& place) {
    return fmt::format("{}:{}:{}", visible(report.sources[place.source].name), place.line,
                       place.column);
}

std::string gaps_text(const Output& out, const CoverageReport& report) {
    const std::vector<suites::Gap> gaps = suites::gaps_of(report);
    if (gaps.empty()) return {};
    std::size_t width = 0;
    for (const suites::Gap& gap : gaps) {
        width = std::max(width, cells(source_place(report, gap.place)));
    }
    std::string text = "\n  not covered\n";
    for (const suites::Gap& gap : gaps) {
        const std::string place = pad(source_place(report, gap.place), width);
        text += fmt::format("    {}  {}\n", out.styled(Style::dim, place), visible(gap.text));
    }
    return text;
}

std::string set_text(const Output& out, const suites::SetCoverage& set) {
    const std::vector<CoverageRow> rows = suites::coverage_rows(set.report);
    std::size_t width = 1;
    for (const CoverageRow& row : rows) {
        width = std::max(width, count_text(row.share.total).size());
    }
    std::string text =
        fmt::format("\nCoverage of {}, {} {}: {} of {}", visible(set.path), visible(set.name),
                    visible(set.version), counted(set.calls, "call"), counted(set.cases, "case"));
    if (set.examples > 0) text += fmt::format(", and {} of it", counted(set.examples, "example"));
    text += "\n\n";
    for (const CoverageRow& row : rows) text += kind_line(out, row, width);
    return text + gaps_text(out, set.report);
}

}  // namespace

std::string coverage_text(const Output& out, const std::vector<suites::SetCoverage>& coverage) {
    std::string text;
    for (const suites::SetCoverage& set : coverage) text += set_text(out, set);
    return text;
}

}  // namespace proviso::cli
