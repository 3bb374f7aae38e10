// What one thread counts towards the figures, and how the threads' counts come together: days,
// workflows, what people said of each rule's calls.
//
// Sums and bounded tables, so that no order of calls shows; what hangs on their order is in
// figure_stream.h. Covered by tests/unit/simulator/figures/figure_tally_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/observed.h"
#include "simulator/figures/caps.h"
#include "simulator/figures/durations.h"
#include "simulator/figures/money.h"
#include "simulator/figures/requests.h"
#include "simulator/figures/smallest_keys.h"
#include "simulator/report/figures.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Report;

inline constexpr std::int64_t day_us = 86'400'000'000;
/// Since 1970-01-01, of a time in µs; the day and the week begin at 00:00 UTC, weeks on Monday.
[[nodiscard]] std::int64_t day_of(std::int64_t time_us);
[[nodiscard]] std::int64_t week_of(std::int64_t time_us);
/// 0 for Monday, 00:00 to 00:59.
[[nodiscard]] std::size_t hour_of_week(std::int64_t time_us);
/// Of a span in µs; a fraction counts as a whole second.
[[nodiscard]] std::int64_t whole_seconds(std::int64_t span_us);
[[nodiscard]] std::string day_text(std::int64_t day);
[[nodiscard]] std::string monday_text(std::int64_t week);

struct DayTally {
    Counts policy;
    Counts baseline;

    [[nodiscard]] std::uint64_t calls() const { return policy.calls(); }
    void merge(const DayTally& other);
};

/// Currencies that are told apart in one place: an agent may write any three letters.
inline constexpr std::size_t most_currencies = 32;

/// Amounts of one currency, by outcome.
struct OutcomeSums {
    std::array<ExactSum, outcome_count> sums;
    std::array<std::uint64_t, outcome_count> counts{};

    [[nodiscard]] std::uint64_t calls() const;
    void merge(const OutcomeSums& other);
};
/// By packed currency.
using MoneyByOutcome = SmallestKeys<std::uint32_t, OutcomeSums>;
void add_money(MoneyByOutcome& money, const AmountSum& sum, Outcome outcome);

struct WorkflowTally {
    Counts policy;
    Counts baseline;
    VerdictCounts verdicts;
    std::uint64_t escalated = 0;
    std::uint64_t escalation_told = 0;
    DurationTally cycle;
    MoneyByOutcome money{most_currencies};

    [[nodiscard]] std::uint64_t calls() const { return policy.calls(); }
    void merge(const WorkflowTally& other);
};

/// Bytes of a name that are kept.
inline constexpr std::size_t name_bytes = 200;

/// By a hash, so that which names are kept does not hang on the alphabet; then by name.
using HashedName = std::pair<std::uint64_t, std::string>;
[[nodiscard]] HashedName hashed(std::string_view name);

/// What people said of the calls that a gate decides at one tool.
struct GateTally {
    std::uint64_t calls = 0;
    VerdictCounts verdicts;
    DurationTally turnaround;
    MoneyByOutcome money{most_currencies};

    void merge(const GateTally& other);
};

/// A rule by its index, and a tool by its number; one past the last: names outside the catalogue.
using RuleAtTool = std::pair<std::uint32_t, std::size_t>;

/// What the history tells of how people answered.
struct HandlingTally {
    std::uint64_t answered = 0;
    std::uint64_t timed = 0;
    std::uint64_t backwards = 0;
    std::uint64_t work_told = 0;
    std::uint64_t late = 0;
    std::uint64_t late_known = 0;
    DurationTally turnaround;

    void merge(const HandlingTally& other);
};

struct FigureTally {
    SmallestKeys<std::int64_t, DayTally> days{most_days};
    std::uint64_t untimed = 0;
    SmallestKeys<HashedName, WorkflowTally> workflows{most_workflows};
    std::map<RuleAtTool, GateTally> gates;
    HandlingTally handling;
    RequestTally requests;
    CapTally caps;

    void merge(const FigureTally& other);
};

[[nodiscard]] DayTable day_table(const FigureTally& tally);
[[nodiscard]] WorkflowTable workflow_table(const FigureTally& tally);
/// Gates that people always opened, at least `least_verdicts` times; most calls first.
[[nodiscard]] std::vector<AlwaysApproved> always_approved(const FigureTally& tally,
                                                          const Policy& policy);

}  // namespace proviso::simulator
