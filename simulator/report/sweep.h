// Sweeps: what each value of a knob would have made of a history, all values in one pass.
//
// A candidate is the policy with other values of one or two of its params; two make a grid. Each
// line is read once for all candidates, and counted once where all of them decide it alike.
// Covered by tests/unit/simulator/sweep_test.cpp and tests/cli/sweep_test.py.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/report/counts.h"
#include <proviso/policy.h>

namespace proviso::simulator {

/// Knobs of one sweep, and what they may come to together.
inline constexpr std::size_t most_knobs = 2;
inline constexpr std::size_t most_candidates = 400;

struct SweepKnob {
    std::string param;
    std::string in_force;             ///< the policy's own value, as rule text
    std::vector<std::string> values;  ///< as rule text
};

struct SweepCandidate {
    PolicyPtr policy;
    std::vector<std::string> values;  ///< by knob
};

/// What is to be tried. Without candidates there is no sweep.
struct SweepOptions {
    std::vector<SweepKnob> knobs;
    std::vector<SweepCandidate> candidates;  ///< the last knob's values change first
};

/// Money of one currency that goes ahead without a person: of calls allowed or notified.
struct SweepMoney {
    std::string currency;  ///< empty for numbers without one
    std::string sum;       ///< an exact decimal
    std::uint64_t calls = 0;
};

/// What one way of deciding made of all calls.
struct SweepCounts {
    Counts counts;
    /// [verdict][now]: what people said, as recorded.
    std::array<std::array<std::uint64_t, outcome_count>, verdict_count> verdicts{};
    // against the baseline, or without one the policy as it is
    std::uint64_t tighter = 0;
    std::uint64_t looser = 0;
    std::uint64_t newly_allowed = 0;  ///< from gate or block to allow or notify
    std::uint64_t newly_blocked = 0;
    std::vector<SweepMoney> money;  ///< by currency

    /// Of the calls that people rejected, those that it holds or blocks, and those that it lets go.
    [[nodiscard]] std::uint64_t caught() const noexcept;
    [[nodiscard]] std::uint64_t missed() const noexcept;
};

struct SweepRow {
    std::vector<std::string> values;  ///< by knob
    std::string hash;                 ///< of the candidate
    bool in_force = false;            ///< it is the policy as it is
    SweepCounts recorded;
    /// Where limits or counters are: the closed loop with all open gates approved, all rejected.
    std::optional<std::array<SweepCounts, 2>> closed;
};

struct SweepReport {
    std::vector<SweepKnob> knobs;
    std::vector<SweepRow> rows;  ///< as the candidates
    bool against_baseline = false;
    std::uint64_t rejected = 0;  ///< calls that people rejected
    std::int64_t seconds = 0;    ///< from the first call to the last, by their times
    std::uint64_t untimed = 0;   ///< calls without a time

    /// None where the history is shorter than a day.
    [[nodiscard]] std::optional<double> a_week(std::uint64_t calls) const noexcept;
};

}  // namespace proviso::simulator
