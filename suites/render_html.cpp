// One page without a script and without anything from elsewhere. What is covered is a tint behind
// the very text of the rule; what is not is listed as well, with links, for those who cannot see
// tints or hover.
#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>

#include "simulator/text/markup.h"
#include "suites/coverage_rows.h"
#include "suites/render.h"

namespace proviso::suites {
namespace {

using engine::CoverageReport;
using engine::CoveredCondition;
using engine::CoveredPart;
using simulator::markup_text;

constexpr std::string_view head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Coverage</title>
<style>
:root { color-scheme: light dark; --ground: #fff; --ink: #1d1f23; --soft: #5d636e; --line: #d9dce2;
  --full: #d7f2dc; --half: #fdeec2; --none: #fbd6d4; --full-edge: #2f8f4a; --half-edge: #b98900;
  --none-edge: #c2392f; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181c; --ink: #e4e6ea; --soft: #9aa1ad; --line: #333841; --full: #1e3d28;
    --half: #4a3d10; --none: #582522; --full-edge: #58c078; --half-edge: #e0b23c;
    --none-edge: #ef7a70; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 70rem; background: var(--ground); color:
  var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; }
p, small { color: var(--soft); }
table { border-collapse: collapse; }
td { padding: .15rem 1rem .15rem 0; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.gaps { padding-left: 1.2rem; } .gaps li { overflow-wrap: anywhere; }
a { color: inherit; }
.source { border: 1px solid var(--line); border-radius: .4rem; overflow: hidden;
  font: 13px/1.5 ui-monospace, monospace; }
.row { display: flex; border-left: .3rem solid transparent; }
.row:target { outline: 2px solid var(--half-edge); outline-offset: -2px; }
.row.full { border-left-color: var(--full-edge); } .row.half { border-left-color: var(--half-edge);
  }
.row.none { border-left-color: var(--none-edge); }
.row b { flex: 0 0 3.5rem; padding-right: .8rem; text-align: right; font-weight: normal;
  color: var(--soft); user-select: none; }
.row code { flex: 1; min-width: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
code .full, .key .full { background: var(--full); }
code .half, .key .half { background: var(--half); } code .none, .key .none { background:
  var(--none); }
code span, .key span { border-radius: .2rem; }
code .none { text-decoration: underline wavy var(--none-edge) 1px; text-underline-offset: .2em; }
.key span { padding: .1rem .4rem; margin-right: .5rem; color: var(--ink); }
@media (max-width: 40rem) { body { padding: .6rem; } .row b { flex-basis: 2.2rem;
  padding-right: .4rem; } td { padding-right: .5rem; } td:nth-child(4) { display: none; } }
</style>
</head>
<body>
)";

/// In order, so that a line has the worst of its marks.
enum class Shown : std::uint8_t { nothing, full, half, none };

std::string_view class_of(Shown mark) {
    switch (mark) {
        case Shown::nothing: return "";
        case Shown::full: return "full";
        case Shown::half: return "half";
        case Shown::none: return "none";
    }
    return "";
}

/// A stretch of a source with what is said of it.
struct Stretch {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    Shown mark = Shown::nothing;
    std::string said;
};

Stretch stretch_of(const CoveredPart& part) {
    const std::string times = std::to_string(part.took_part);
    std::string said =
        part.kind == CoveredPart::Kind::grant
            ? "granted " + times + " times"
            : "took part " + times + " times, decided " + std::to_string(part.decided) + " times";
    if (part.unsure > 0) said += ", not sure " + std::to_string(part.unsure) + " times";
    const Shown mark = part.covered() ? Shown::full : Shown::none;
    return {part.place.begin, part.place.end, mark, std::move(said)};
}

Stretch stretch_of(const CoveredCondition& one) {
    const bool both = one.yes > 0 && one.no > 0;
    const bool neither = one.yes == 0 && one.no == 0;
    return {one.place.begin, one.place.end,
            both      ? Shown::full
            : neither ? Shown::none
                      : Shown::half,
            "true " + std::to_string(one.yes) + " times, false " + std::to_string(one.no) +
                " times, unknown " + std::to_string(one.unknown) + " times"};
}

std::vector<Stretch> stretches_of(const CoverageReport& report, std::uint32_t source) {
    std::vector<Stretch> stretches;
    const auto add = [&](const auto& items) {
        for (const auto& one : items) {
            if (one.place.source == source) stretches.push_back(stretch_of(one));
        }
    };
    add(report.parts);
    add(report.conditions);
    std::stable_sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return std::tuple(a.begin, ~a.end) < std::tuple(b.begin, ~b.end);
    });
    return stretches;
}

/// A source as rows of a number and a line; stretches are closed at a line's end, and go on in the
/// next one.
class SourcePage {
  public:
    SourcePage(std::string_view text, const std::vector<Stretch>& stretches, std::string anchor)
        : text_(text),
          stretches_(stretches),
          anchor_(std::move(anchor)) {}

    std::string html() {
        for (std::uint32_t at = 0; at < text_.size(); ++at) {
            while (!open_.empty() && open_.back()->end <= at) close();
            open_at(at);
            if (text_[at] == '\n') {
                end_line();
            } else {
                line_ += markup_text(text_.substr(at, 1));
            }
        }
        while (!open_.empty()) close();
        if (!line_.empty()) end_line();
        return std::move(page_);
    }

  private:
    void open_at(std::uint32_t at) {
        for (; next_ < stretches_.size() && stretches_[next_].begin <= at; ++next_) {
            const Stretch& one = stretches_[next_];
            // One that does not lie within what is open would cross it.
            if (one.end <= at || (!open_.empty() && one.end > open_.back()->end)) continue;
            worst_ = std::max(worst_, one.mark);
            open_.push_back(&one);
            line_ += tag(one);
        }
    }

    static std::string tag(const Stretch& one) {
        return "<span class=\"" + std::string(class_of(one.mark)) + "\" title=\"" +
               markup_text(one.said) + "\">";
    }

    void close() {
        line_ += "</span>";
        open_.pop_back();
    }

    void end_line() {
        ++number_;
        for (std::size_t i = 0; i < open_.size(); ++i) line_ += "</span>";
        const std::string number = std::to_string(number_);
        page_ += "<div class=\"row " + std::string(class_of(worst_)) + "\" id=\"" + anchor_ + "-" +
                 number + "\"><b>" + number + "</b><code>" + line_ + "</code></div>\n";
        line_.clear();
        worst_ = Shown::nothing;
        for (const Stretch* one : open_) line_ += tag(*one);
    }

    std::string_view text_;
    const std::vector<Stretch>& stretches_;
    std::string anchor_;
    std::size_t next_ = 0;
    std::vector<const Stretch*> open_;
    std::string line_;
    std::string page_;
    Shown worst_ = Shown::nothing;
    std::uint32_t number_ = 0;
};

std::string table_html(const CoverageReport& report) {
    std::string html = "<table>\n";
    for (const CoverageRow& row : coverage_rows(report)) {
        html += "<tr><td>" + row.label + "</td><td class=\"number\">" +
                std::to_string(row.share.covered) + " of " + std::to_string(row.share.total) +
                "</td><td class=\"number\">" + percent_text(row.share.hundredths()) +
                "</td><td><small>" + row.note + "</small></td></tr>\n";
    }
    return html + "</table>\n";
}

std::string gaps_html(const CoverageReport& report, const std::string& anchor) {
    const std::vector<Gap> gaps = gaps_of(report);
    if (gaps.empty()) return {};
    std::string html = "<h3>Not covered</h3>\n<ul class=\"gaps\">\n";
    for (const Gap& gap : gaps) {
        const std::string line = std::to_string(gap.place.line);
        html += "<li><a href=\"#" + anchor + "-" + std::to_string(gap.place.source) + "-" + line +
                "\">" + markup_text(report.sources[gap.place.source].name) + ":" + line + "</a> " +
                markup_text(gap.text) + "</li>\n";
    }
    return html + "</ul>\n";
}

std::string set_html(const SetCoverage& set, const std::string& anchor) {
    std::string html = "<h2>" + markup_text(set.path) + "</h2>\n<p>" + markup_text(set.name) + " " +
                       markup_text(set.version) + ": calls " + std::to_string(set.calls) +
                       ", cases " + std::to_string(set.cases) + ", examples of the set " +
                       std::to_string(set.examples) + "</p>\n";
    html += table_html(set.report) + gaps_html(set.report, anchor);
    for (std::uint32_t i = 0; i < set.report.sources.size(); ++i) {
        const CoverageReport::Source& source = set.report.sources[i];
        const std::vector<Stretch> stretches = stretches_of(set.report, i);
        if (stretches.empty()) continue;
        html += "<h3>" + markup_text(source.name) + "</h3>\n<div class=\"source\">\n" +
                SourcePage(source.text, stretches, anchor + "-" + std::to_string(i)).html() +
                "</div>\n";
    }
    return html;
}

}  // namespace

std::string coverage_html(const std::vector<SetCoverage>& coverage) {
    std::string html(head);
    html +=
        "<h1>Coverage</h1>\n<p class=\"key\"><span class=\"full\">covered</span>"
        "<span class=\"half\">seen only true or only false</span>"
        "<span class=\"none\">not covered</span></p>\n";
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        html += set_html(coverage[i], "s" + std::to_string(i));
    }
    return html + "</body>\n</html>\n";
}

}  // namespace proviso::suites
