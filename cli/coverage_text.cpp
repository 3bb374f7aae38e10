// Covered by tests/cli/coverage_test.py.
#include "cli/coverage_text.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "cli/text.h"

namespace proviso::cli {
namespace {

using engine::CoverageReport;
using engine::CoveredCondition;
using engine::CoveredPart;
using engine::Share;
using engine::SourcePlace;

constexpr std::size_t kind_indent = 2;
constexpr std::size_t kind_cells = 13;  // "limit steps" and two blanks
constexpr std::uint32_t all_covered = 10'000;

struct KindRow {
    std::string label;
    Share share;
    std::string note;
};

/// Of parts of one kind; a row only where the set has some.
void add_parts(std::vector<KindRow>& rows, const CoverageReport& report, CoveredPart::Kind kind,
               const std::string& label) {
    const Share share = report.of(kind);
    if (share.total == 0) return;
    const auto decided = std::count_if(
        report.parts.begin(), report.parts.end(),
        [&](const CoveredPart& part) { return part.kind == kind && part.decided > 0; });
    const bool can_decide = kind != CoveredPart::Kind::grant;
    rows.push_back({label, share, can_decide ? fmt::format("{} decided", decided) : ""});
}

std::vector<KindRow> kinds_of(const CoverageReport& report) {
    std::vector<KindRow> rows;
    add_parts(rows, report, CoveredPart::Kind::rule, "rules");
    add_parts(rows, report, CoveredPart::Kind::cell, "matrix cells");
    add_parts(rows, report, CoveredPart::Kind::limit_step, "limit steps");
    add_parts(rows, report, CoveredPart::Kind::fallback, "default");
    add_parts(rows, report, CoveredPart::Kind::grant, "grants");
    const Share conditions = report.of_conditions();
    if (conditions.total > 0) {
        rows.push_back({"conditions", conditions,
                        fmt::format("{}, each true and false",
                                    counted(report.conditions.size(), "condition"))});
    }
    rows.push_back({"all", report.all(), ""});
    return rows;
}

std::string kind_line(const Output& out, const KindRow& row, std::size_t width) {
    const std::uint32_t percent = row.share.hundredths();
    const std::string line =
        fmt::format("{:{}}{}{:>{}} of {:<{}}  ", "", kind_indent, pad(row.label, kind_cells),
                    count_text(row.share.covered), width, count_text(row.share.total), width);
    std::string text = line + out.styled(percent == all_covered ? Style::green : Style::yellow,
                                         fmt::format("{:>8}", percent_text(percent)));
    if (!row.note.empty()) text += "   " + out.styled(Style::dim, row.note);
    return text + '\n';
}

std::string place_of(const CoverageReport& report, const SourcePlace& place) {
    return fmt::format("{}:{}:{}", visible(report.sources[place.source].name), place.line,
                       place.column);
}

/// What is missing, in the order of the sources.
struct Gap {
    SourcePlace place;
    std::string text;
};

std::string part_gap(const CoveredPart& part) {
    const std::string_view unsure =
        part.unsure > 0 ? ", but for calls of which it is not sure" : "";
    switch (part.kind) {
        case CoveredPart::Kind::rule:
            return fmt::format("{} {} never took part{}", name(part.effect), part.name, unsure);
        case CoveredPart::Kind::cell:
            return fmt::format("cell {} was never met{}", part.name, unsure);
        case CoveredPart::Kind::limit_step:
            return fmt::format("step {} was never passed{}", part.name, unsure);
        case CoveredPart::Kind::fallback: return "the default never was the base";
        case CoveredPart::Kind::grant:
            return fmt::format("role {} never granted anything by this", part.name);
    }
    return {};
}

std::string condition_gap(const CoveredCondition& one) {
    const std::string_view missing = one.yes == 0 && one.no == 0 ? "true or false"
                                     : one.yes == 0              ? "true"
                                                                 : "false";
    const std::string unknown = one.unknown > 0 ? ", but unknown" : "";
    return fmt::format("never {}{}: {}", missing, unknown, one.text);
}

std::vector<Gap> gaps_of(const CoverageReport& report) {
    std::vector<Gap> gaps;
    for (const CoveredPart& part : report.parts) {
        if (!part.covered()) gaps.push_back({part.place, part_gap(part)});
    }
    for (const CoveredCondition& one : report.conditions) {
        if (one.yes == 0 || one.no == 0) gaps.push_back({one.place, condition_gap(one)});
    }
    std::stable_sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) {
        return std::tuple(a.place.source, a.place.begin) <
               std::tuple(b.place.source, b.place.begin);
    });
    return gaps;
}

std::string gaps_text(const Output& out, const CoverageReport& report) {
    const std::vector<Gap> gaps = gaps_of(report);
    if (gaps.empty()) return {};
    std::size_t width = 0;
    for (const Gap& gap : gaps) width = std::max(width, cells(place_of(report, gap.place)));
    std::string text = "\n  not covered\n";
    for (const Gap& gap : gaps) {
        text += fmt::format("    {}  {}\n",
                            out.styled(Style::dim, pad(place_of(report, gap.place), width)),
                            visible(gap.text));
    }
    return text;
}

std::string set_text(const Output& out, const suites::SetCoverage& set) {
    const std::vector<KindRow> rows = kinds_of(set.report);
    std::size_t width = 1;
    for (const KindRow& row : rows) width = std::max(width, count_text(row.share.total).size());
    std::string text =
        fmt::format("\nCoverage of {}, {} {}: {} of {}", visible(set.path), visible(set.name),
                    visible(set.version), counted(set.calls, "call"), counted(set.cases, "case"));
    if (set.examples > 0) text += fmt::format(", and {} of it", counted(set.examples, "example"));
    text += "\n\n";
    for (const KindRow& row : rows) text += kind_line(out, row, width);
    return text + gaps_text(out, set.report);
}

}  // namespace

std::string percent_text(std::uint32_t hundredths) {
    return fmt::format("{}.{:02} %", hundredths / 100, hundredths % 100);
}

std::string coverage_text(const Output& out, const std::vector<suites::SetCoverage>& coverage) {
    std::string text;
    for (const suites::SetCoverage& set : coverage) text += set_text(out, set);
    return text;
}

}  // namespace proviso::cli
