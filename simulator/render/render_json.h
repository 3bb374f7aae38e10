// The report and its parts as JSON values.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "simulator/report/report.h"

namespace proviso::simulator {

using Json = nlohmann::ordered_json;

/// The whole report, as docs/simulate.schema.json describes it.
[[nodiscard]] Json report_json(const Report& report);
/// `Report::cells` by class before and now, without those that hold nothing: no part of the report.
[[nodiscard]] Json cell_calls_json(const Report& report);

[[nodiscard]] Json counts_json(const Counts& counts);
[[nodiscard]] Json sample_json(const Sample& sample);
[[nodiscard]] Json comparison_json(const Comparison& made);
[[nodiscard]] Json memory_json(const MemoryReplay& memory, bool compares);
[[nodiscard]] Json figures_json(const Figures& figures, bool compares);
/// What a rule's row has beside its hits.
[[nodiscard]] Json rule_figures_json(const RuleRow& rule);
[[nodiscard]] Json facts_json(const std::vector<FactRow>& facts);
[[nodiscard]] Json unread_json(const UnreadReport& unread);
[[nodiscard]] Json doubts_json(const Doubts& doubts);

}  // namespace proviso::simulator
