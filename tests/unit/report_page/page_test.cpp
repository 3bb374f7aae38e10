#include <string>

#include <catch2/catch.hpp>

#include "report_page/assets.h"
#include "report_page/report_page.h"

using namespace proviso;               // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;    // NOLINT(google-build-using-namespace)
using namespace proviso::report_page;  // NOLINT(google-build-using-namespace)

namespace {

Report hostile_report() {
    Report report;
    report.policy_name = "refunds";
    report.policy_version = "2";
    report.digest = "d1";
    report.counts.outcomes = {0, 0, 0, 1};
    Sample sample;
    sample.tool = "</script><!--";
    sample.args = "{\"a\": \"\xe2\x80\xa8&\"}";
    report.cells[unknown_class][3].push_back({"", "", {}, sample});
    return report;
}

std::size_t count_of(const std::string& text, std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("what a history holds cannot end the data that it lies in") {
    const std::string html = to_html(hostile_report());
    CHECK(count_of(html, "</script>") == 3);
    CHECK(count_of(html, "<!--") == 0);
    CHECK(html.find("\\u003c/script\\u003e\\u003c!--") != std::string::npos);
    CHECK(html.find("\xe2\x80\xa8") == std::string::npos);
}

TEST_CASE("when, how fast and on how many threads does not show") {
    Report report = hostile_report();
    const std::string html = to_html(report);
    report.threads = 7;
    report.seconds = 12.5;
    CHECK(to_html(report) == html);
}

TEST_CASE("a page names its own scripts and style, and keeps the library's notice") {
    const std::string html = to_html(Report{});
    CHECK(count_of(html, "'sha256-") == 3);
    CHECK(count_of(html, std::string(page_script().text)) == 1);
    CHECK(chart_library().text.find("Copyright 2010-2022 Mike Bostock") != std::string::npos);
    CHECK(chart_library().text.find("THIS SOFTWARE IS PROVIDED") != std::string::npos);
    for (const Asset& asset : {page_style(), page_script(), chart_library()}) {
        CHECK(asset.text.find("</s") == std::string::npos);
    }
}
