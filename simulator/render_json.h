// Parts of the report as JSON, for render_json.cpp.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "simulator/simulate.h"

namespace proviso::simulator {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json counts_json(const Counts& counts);
[[nodiscard]] Json sample_json(const Sample& sample);
[[nodiscard]] Json comparison_json(const Comparison& made);
[[nodiscard]] Json memory_json(const MemoryReplay& memory, bool compares);
[[nodiscard]] Json figures_json(const Figures& figures, bool compares);
/// What a rule's row has beside its hits.
[[nodiscard]] Json rule_figures_json(const RuleRow& rule);
[[nodiscard]] Json facts_json(const std::vector<FactRow>& facts);

}  // namespace proviso::simulator
