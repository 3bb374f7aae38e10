// The sections that a report has only where its history tells enough.
#include <string>

#include <catch2/catch.hpp>

#include "report_page/sections.h"

using namespace proviso;               // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;    // NOLINT(google-build-using-namespace)
using namespace proviso::report_page;  // NOLINT(google-build-using-namespace)

namespace {

bool holds(const std::string& html, const std::string& words) {
    INFO(html);
    return html.find(words) != std::string::npos;
}

RoleLoad lead_load() {
    RoleLoad load;
    load.role = "lead";
    load.requests = 1'234;
    load.hours[0] = 8;
    load.hours[25] = 1;
    load.weeks = {{"2026-03-02", 3}, {"2026-03-09", 9}};
    return load;
}

}  // namespace

TEST_CASE("a report without figures has none of their sections") {
    const Report report;
    for (const auto section :
         {&days_section, &workflows_section, &approvers_section, &always_approved_section,
          &often_blocked_section, &caps_section, &memory_section, &gate_section}) {
        CHECK(section(report).empty());
    }
}

TEST_CASE("days have both policies only where there are two") {
    Report report;
    report.figures.days.days = {{"2026-03-02", {{5, 0, 1, 0}, {}}, {{6, 0, 0, 0}, {}}}};
    report.figures.days.untimed = 1;
    CHECK(holds(days_section(report), "<time datetime=\"2026-03-02\">2 Mar 2026</time>"));
    CHECK(holds(days_section(report), "1 call has no time"));
    CHECK_FALSE(holds(days_section(report), "in force: allow"));
    report.comparison.emplace();
    CHECK(holds(days_section(report), "in force: allow"));
}

TEST_CASE("what people said of a workflow is a share of those who said something") {
    Report report;
    WorkflowRow row;
    row.name = "refunds <b>";
    row.policy.outcomes = {1, 0, 3, 0};
    row.verdicts.verdicts = {3, 0, 1};
    row.money = {{"USD", {"10", "0", "1234.5", "0"}, {1, 0, 3, 0}}};
    report.figures.workflows.workflows = {row, {}};
    const std::string html = workflows_section(report);
    CHECK(holds(html, "refunds &lt;b&gt;"));
    CHECK(holds(html, "25.0 %"));
    CHECK(holds(html, "not told"));
    CHECK(holds(html, "1,234.5"));
    CHECK(holds(html, "(none named)"));
}

TEST_CASE("requests are told by role, week and hour, and forecast where that was asked for") {
    Report report;
    report.figures.workload.roles = {lead_load()};
    std::string html = approvers_section(report);
    CHECK(holds(html, "9, from 9 Mar 2026"));
    CHECK(holds(html, "<td class=\"tighter depth4\">8</td>"));
    CHECK(holds(html, "<td class=\"tighter depth1\">1</td>"));
    CHECK(holds(html, "No forecast"));
    Forecast& forecast = report.figures.workload.roles[0].forecast.emplace();
    forecast.people = 2;
    forecast.requests = 100;
    forecast.late = 7;
    forecast.wait = {100, 60, 7'200, 9'000};
    html = approvers_section(report);
    CHECK(holds(html, "7 (7.0 %)"));
    CHECK(holds(html, "2 h 30 min"));
    CHECK_FALSE(holds(html, "No forecast"));
}

TEST_CASE("candidates, what is blocked and caps") {
    Report report;
    AlwaysApproved gate{"large", "refund", 40, 30, {0.885, 1.0}, {}, true, {{"USD", "9000", 40}}};
    report.figures.always_approved = {gate};
    CHECK(holds(always_approved_section(report), "88.5 to 100.0 %"));
    CHECK(holds(always_approved_section(report), "answered within seconds"));
    CHECK(holds(always_approved_section(report), "9,000 USD"));
    report.figures.often_blocked = {{{"i-7", "drop", "", 12, "h.jsonl", 3}}, 2};
    CHECK(holds(often_blocked_section(report), "form or authority"));
    CHECK(holds(often_blocked_section(report), "2 blocked calls are"));
    CapRow cap;
    cap.limit = "daily";
    report.figures.caps = {cap};
    CHECK_FALSE(holds(caps_section(report), "0 %"));
    report.figures.caps[0].keys = 1;
    report.figures.caps[0].highest = 1'250'000;
    CHECK(holds(caps_section(report), "125 %"));
}
