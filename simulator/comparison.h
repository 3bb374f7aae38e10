// The policy against the baseline: what is counted of each call, and how counts come together.
//
// Everything is a sum or a set, as in tally.h. Covered by tests/unit/simulator/comparison_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/simulate.h"
#include <proviso/engine.h>

namespace proviso::simulator {

[[nodiscard]] std::size_t class_of(const Verdict& verdict);
[[nodiscard]] std::string_view class_name(std::size_t of_call);
[[nodiscard]] Change change_of(const Verdict& before, const Verdict& after);
[[nodiscard]] std::string_view name(Change change);

/// A rule that a change is put down to, by its index in Policy::rules() of the baseline for looser
/// calls and of the policy for tighter ones.
using ChangeCause = std::pair<Change, std::uint32_t>;

struct ComparisonTally {
    Comparison sums;  ///< without names, rows and samples
    std::map<ChangeCause, std::uint64_t> causes;
};

/// Counts a call. `parts` are those of the policy that holds it more: of `after` where it is
/// tighter, of `before` where it is looser. `effects` are that policy's.
void add(ComparisonTally& tally, const Verdict& before, const Verdict& after);
void add_causes(ComparisonTally& tally, Change change, const Verdict& holds,
                const std::vector<Session::Part>& parts, const std::vector<Outcome>& effects);
void add_fidelity(ComparisonTally& tally, Outcome recorded, const Verdict& before);

void merge(ComparisonTally& tally, const ComparisonTally& other);

/// Rows of a report, ordered.
[[nodiscard]] std::vector<ChangeRow> change_rows(const ComparisonTally& tally,
                                                 const std::vector<RuleInfo>& baseline,
                                                 const std::vector<RuleInfo>& policy);

}  // namespace proviso::simulator
