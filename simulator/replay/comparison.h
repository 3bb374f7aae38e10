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

#include "engine/observed.h"
#include "simulator/figures/money.h"
#include "simulator/replay/intents.h"
#include "simulator/report/report.h"
#include <proviso/engine.h>

namespace proviso::simulator {

[[nodiscard]] std::size_t class_of(const Verdict& verdict);
[[nodiscard]] Change change_of(const Verdict& before, const Verdict& after);

/// A rule that a change is put down to, by its index in Policy::rules() of the baseline for looser
/// calls and of the policy for tighter ones.
using ChangeCause = std::pair<Change, std::uint32_t>;

/// Calls of a tool that has an amount.
struct AmountTally {
    std::uint64_t calls = 0;
    std::uint64_t without = 0;
};

struct ComparisonTally {
    Comparison sums;  ///< without names, rows and samples
    std::map<ChangeCause, std::uint64_t> causes;
    IntentSet intents;
    std::uint64_t unkeyed = 0;
    MoneyTally money;
    std::map<std::size_t, AmountTally> amounts;  ///< by tool of the policy
    /// Calls by the baseline's rule that took part, on trial too; the last ones may be left out.
    std::vector<std::uint64_t> baseline_hits;
};

// Of so many calls that have all of it alike:
void add(ComparisonTally& tally, const Verdict& before, const Verdict& after,
         std::uint64_t calls = 1);
/// Rules, by index, that hold a call where they do: of the policy where it is tighter, of the
/// baseline where it is looser. `effects`, at the call's stage, and `parts`
/// are that policy's.
[[nodiscard]] std::vector<std::uint32_t> deciding_rules(const Verdict& holds,
                                                        const std::vector<Session::Part>& parts,
                                                        const std::vector<Outcome>& effects);
void add_causes(ComparisonTally& tally, Change change, const std::vector<std::uint32_t>& rules,
                std::uint64_t calls = 1);
void add_amounts(ComparisonTally& tally, const AmountSum& sum, const Verdict& before,
                 const Verdict& after);
void add_baseline_parts(ComparisonTally& tally, const std::vector<Session::Part>& parts,
                        std::uint64_t calls = 1);
void add_fidelity(ComparisonTally& tally, Outcome recorded, const Verdict& before,
                  std::uint64_t calls = 1);

/// `policy_hits` by index into the rules of `policy`.
void add_differences(Comparison& made, const ComparisonTally& tally, const Policy& baseline,
                     const Policy& policy, const std::vector<std::uint64_t>& policy_hits);

void merge(ComparisonTally& tally, const ComparisonTally& other);

/// Rows of a report, ordered.
[[nodiscard]] std::vector<ChangeRow> change_rows(const ComparisonTally& tally,
                                                 const std::vector<RuleInfo>& baseline,
                                                 const std::vector<RuleInfo>& policy);

}  // namespace proviso::simulator
