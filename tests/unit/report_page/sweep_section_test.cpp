// The sweep's part of the page.
#include <catch2/catch.hpp>

#include "report_page/sections.h"

namespace proviso::report_page {
namespace {

simulator::Report swept_report() {
    simulator::Report report;
    simulator::SweepReport& sweep = report.sweep.emplace();
    sweep.knobs.push_back({"cap", "100 USD", {"<b>50</b>", "100 USD"}});
    sweep.seconds = 7 * 86'400;
    for (const std::string& value : sweep.knobs[0].values) {
        simulator::SweepRow& row = sweep.rows.emplace_back();
        row.values = {value};
        row.in_force = value == "100 USD";
        row.recorded.counts.outcomes = {5, 1, 1'234, 0};
        row.recorded.money = {{"USD", "1234.5", 6}};
    }
    return report;
}

TEST_CASE("a sweep is a section of the page, and a run without one has none") {
    const std::string html = sweep_section(swept_report());
    CHECK(html.find("<section id=\"sweep\"") != std::string::npos);
    CHECK(html.find("Sweep of cap (now 100 USD), 2 candidates") != std::string::npos);
    CHECK(html.find("1,234.0") != std::string::npos);
    CHECK(html.find("1,234.5") != std::string::npos);
    CHECK(html.find("100 USD *") != std::string::npos);
    CHECK(html.find("<b>50") == std::string::npos);
    CHECK(html.find("&lt;b&gt;50") != std::string::npos);
    CHECK(sweep_section({}).empty());
}

}  // namespace
}  // namespace proviso::report_page
