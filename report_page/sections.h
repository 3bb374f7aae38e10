// The parts of the page, in its order; each is empty where the report has nothing for it.
#pragma once

#include <string>

#include "simulator/report/report.h"

namespace proviso::report_page {

/// What the change does, in one line, with the few figures that decide.
[[nodiscard]] std::string verdict_section(const simulator::Report& report);
/// What is written differently in the two sets, whether calls reached it or not.
[[nodiscard]] std::string differences_section(const simulator::Report& report);
[[nodiscard]] std::string gate_section(const simulator::Report& report);
/// The table of outcomes, what moves, and because of what.
[[nodiscard]] std::string moves_section(const simulator::Report& report);
[[nodiscard]] std::string outcomes_section(const simulator::Report& report);
[[nodiscard]] std::string days_section(const simulator::Report& report);
[[nodiscard]] std::string rules_section(const simulator::Report& report);
/// Values of a knob, side by side.
[[nodiscard]] std::string sweep_section(const simulator::Report& report);
[[nodiscard]] std::string workflows_section(const simulator::Report& report);
[[nodiscard]] std::string approvers_section(const simulator::Report& report);
[[nodiscard]] std::string always_approved_section(const simulator::Report& report);
[[nodiscard]] std::string often_blocked_section(const simulator::Report& report);
[[nodiscard]] std::string caps_section(const simulator::Report& report);
[[nodiscard]] std::string facts_section(const simulator::Report& report);
[[nodiscard]] std::string memory_section(const simulator::Report& report);
/// What was recorded and what people said, against the policy.
[[nodiscard]] std::string recorded_section(const simulator::Report& report);
[[nodiscard]] std::string tools_section(const simulator::Report& report);
[[nodiscard]] std::string bad_lines_section(const simulator::Report& report);
/// What this run cannot know.
[[nodiscard]] std::string unknowns_section(const simulator::Report& report);
/// Of what policies and histories all this is, and where it is signed.
[[nodiscard]] std::string origin_section(const simulator::Report& report);

}  // namespace proviso::report_page
