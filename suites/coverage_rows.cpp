#include "suites/coverage_rows.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace proviso::suites {
namespace {

using engine::CoverageReport;
using engine::CoveredCondition;
using engine::CoveredPart;
using engine::Share;

/// Of parts of one kind; a row only where the set has some.
void add_parts(std::vector<CoverageRow>& rows, const CoverageReport& report, CoveredPart::Kind kind,
               const std::string& label) {
    const Share share = report.of(kind);
    if (share.total == 0) return;
    const auto decided = std::count_if(
        report.parts.begin(), report.parts.end(),
        [&](const CoveredPart& part) { return part.kind == kind && part.decided > 0; });
    const bool can_decide = kind != CoveredPart::Kind::grant;
    rows.push_back({label, share, can_decide ? std::to_string(decided) + " decided" : ""});
}

std::string part_gap(const CoveredPart& part) {
    const std::string unsure = part.unsure > 0 ? ", but for calls of which it is not sure" : "";
    switch (part.kind) {
        case CoveredPart::Kind::rule:
            return std::string(name(part.effect)) + " " + part.name + " never took part" + unsure;
        case CoveredPart::Kind::cell: return "cell " + part.name + " was never met" + unsure;
        case CoveredPart::Kind::limit_step:
            return "step " + part.name + " was never passed" + unsure;
        case CoveredPart::Kind::fallback: return "the default never was the base";
        case CoveredPart::Kind::grant:
            return "role " + part.name + " never granted anything by this";
    }
    return {};
}

/// One blank for each run of blanks and line ends.
std::string in_one_line(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank) {
            result += c;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    return result;
}

std::string condition_gap(const CoveredCondition& one) {
    const std::string missing = one.yes == 0 && one.no == 0 ? "true or false"
                                : one.yes == 0              ? "true"
                                                            : "false";
    const std::string unknown = one.unknown > 0 ? ", but unknown" : "";
    return "never " + missing + unknown + ": " + in_one_line(one.text);
}

}  // namespace

std::vector<CoverageRow> coverage_rows(const CoverageReport& report) {
    std::vector<CoverageRow> rows;
    add_parts(rows, report, CoveredPart::Kind::rule, "rules");
    add_parts(rows, report, CoveredPart::Kind::cell, "matrix cells");
    add_parts(rows, report, CoveredPart::Kind::limit_step, "limit steps");
    add_parts(rows, report, CoveredPart::Kind::fallback, "default");
    add_parts(rows, report, CoveredPart::Kind::grant, "grants");
    const Share conditions = report.of_conditions();
    if (conditions.total > 0) {
        const std::size_t count = report.conditions.size();
        rows.push_back({"conditions", conditions,
                        std::to_string(count) + (count == 1 ? " condition" : " conditions") +
                            ", each true and false"});
    }
    rows.push_back({"all", report.all(), ""});
    return rows;
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

std::string percent_text(std::uint32_t hundredths) {
    const std::string decimals = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + (decimals.size() == 1 ? ".0" : ".") + decimals + " %";
}

}  // namespace proviso::suites
