// The figures that people sign who answer for a policy: what it would have cost, whom it would have
// kept busy, which of its rules earn their keep. Part of a Report; plain data.
//
// All are counted while a history is replayed, in bounded memory: the bounds stand beside what they
// bound, and where one was reached the figures say of how many they are. Days, weeks and hours are
// UTC, by the time of the call. What a history does not tell is counted as not told, never guessed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/report/counts.h"

namespace proviso::simulator {

/// Of a share that was found among a sample: where it lies, with 95 % confidence (Wilson's score
/// interval). 0 .. 1 where there is no sample.
struct Interval {
    double low = 0;
    double high = 1;
};
[[nodiscard]] Interval wilson(std::uint64_t hits, std::uint64_t of);

/// Durations in seconds. Percentiles are by nearest rank, from a histogram: exact below 64 s, above
/// at most 1/32 too high. `longest` is exact.
struct Durations {
    std::uint64_t count = 0;  ///< 0: nothing told, and the others mean nothing
    std::int64_t p50 = 0;
    std::int64_t p95 = 0;
    std::int64_t longest = 0;
};

/// Money of one currency.
struct Sum {
    std::string currency;  ///< ISO 4217; empty for numbers without one
    std::string total;     ///< an exact decimal
    std::uint64_t calls = 0;
};

// ------------------------------------------------------------ days

/// Days that are told apart: the earliest. Calls of later ones are counted together.
inline constexpr std::size_t most_days = 4096;

struct DayRow {
    std::string day;  ///< "2026-03-02"
    Counts policy;
    Counts baseline;  ///< none without one
};

struct DayTable {
    std::vector<DayRow> days;   ///< ascending; those with a call
    std::uint64_t later = 0;    ///< calls of days past the bound
    std::uint64_t untimed = 0;  ///< calls without a time
};

// ------------------------------------------------------------ workflows

/// Workflows that are told apart. An agent may make names up; see tally.h for which are kept.
inline constexpr std::size_t most_workflows = 1024;

struct WorkflowMoney {
    std::string currency;
    std::array<std::string, outcome_count> sums;  ///< by outcome of the policy; exact decimals
    std::array<std::uint64_t, outcome_count> calls{};
};

struct WorkflowRow {
    std::string name;  ///< empty: calls that name none
    Counts policy;
    Counts baseline;         ///< none without one
    VerdictCounts verdicts;  ///< what people said, as recorded
    std::uint64_t escalated = 0;
    std::uint64_t escalation_told = 0;  ///< calls whose record says whether they were
    Durations cycle;                    ///< from the request to the last answer, as recorded
    std::vector<WorkflowMoney> money;   ///< by currency
};

struct WorkflowTable {
    std::vector<WorkflowRow> workflows;  ///< most calls first
    std::uint64_t other_calls = 0;       ///< of workflows past the bound
};

// ------------------------------------------------------------ approvers

/// Requests and answers that a forecast looks at: the first ones of the history.
inline constexpr std::size_t most_requests = 1u << 18;
/// Where no forecast is asked for, those that the busiest calls and the time spent are told from:
/// few, so that memory stays as it is however long the history.
inline constexpr std::size_t most_requests_unforecast = 1u << 12;
/// Weeks that are told apart: the earliest.
inline constexpr std::size_t most_weeks = 1024;
inline constexpr std::size_t hours_of_week = 168;

/// How many people of a role answer requests.
struct Approvers {
    std::string role;
    unsigned people = 1;
};

/// When they do: from minute `from` of a day to minute `to` (exclusive), UTC, on the days given.
struct OfficeHours {
    unsigned from_minute = 0;
    unsigned to_minute = 24 * 60;
    std::array<bool, 7> days{true, true, true, true, true, true, true};  ///< Monday first
};

/// What a forecast assumes, as the user says it. Without approvers there is none.
struct Staff {
    std::vector<Approvers> approvers;
    std::optional<OfficeHours> hours;  ///< none: at all times
    /// Seconds that a person needs for one answer; none: as recorded.
    std::optional<std::int64_t> handling_seconds;
};

struct WeekLoad {
    std::string monday;  ///< "2026-03-02"
    std::uint64_t requests = 0;
};

/// What would come of the requests, were so many people there: a queue, replayed.
struct Forecast {
    unsigned people = 0;
    std::uint64_t requests = 0;   ///< that went through the queue and that this role may answer
    std::uint64_t answered = 0;   ///< of these, by a person of this role
    Durations wait;               ///< from the request until somebody takes it up
    Durations answer;             ///< from the request to the answer
    std::uint64_t late = 0;       ///< answered after the gate's `within`
    std::uint64_t escalated = 0;  ///< not taken up when somebody else was added
    double busy = 0;  ///< share of their time, from the first request to the last answer
    std::vector<std::string> late_calls;  ///< the first 20: "file:line, id"
};

/// A role that gates ask. One call asks for as many people as its gates have places; a person whom
/// two gates of a call ask counts once.
struct RoleLoad {
    std::string role;            ///< "principal": the person that the call is asked for confirms
    std::uint64_t requests = 0;  ///< people of it that calls ask for
    std::uint64_t shared = 0;    ///< of these, that another role may answer as well
    std::uint64_t baseline_requests = 0;  ///< the same by the baseline
    std::uint64_t untimed = 0;            ///< of calls without a time: in no hour and no week
    std::array<std::uint64_t, hours_of_week> hours{};  ///< from Monday, 00:00 UTC
    std::vector<WeekLoad> weeks;                       ///< ascending; those with a request
    std::vector<std::string> busiest_calls;  ///< the last 20 of the busiest week: likewise
    std::optional<Forecast> forecast;
};

/// What the history tells of how people answered.
struct Handling {
    std::uint64_t answered = 0;   ///< calls with a human verdict
    std::uint64_t timed = 0;      ///< of these, with the time of request and of answer
    std::uint64_t backwards = 0;  ///< answered before it was asked: not timed
    Durations turnaround;         ///< from the request to the last answer
    /// Work on one answer: as told, or else from the request, or that person's answer before it if
    /// that was later, to the answer. Waiting outside office hours is part of it.
    Durations work;
    std::uint64_t work_told = 0;   ///< of `work`, those that the history tells itself
    std::uint64_t late = 0;        ///< timed ones past the `within` of the gate that they meet now
    std::uint64_t late_known = 0;  ///< timed ones that meet a gate now
};

struct Workload {
    std::uint64_t gated = 0;      ///< calls that the policy gates
    std::uint64_t nobody = 0;     ///< people asked for whom no approver was told: in no forecast
    std::vector<RoleLoad> roles;  ///< most requests first
    Handling handling;
    std::uint64_t requests_beyond = 0;     ///< gated calls past the bound
    std::uint64_t weeks_beyond = 0;        ///< requests of weeks past the bound
    std::vector<std::string> assumptions;  ///< of the forecasts, a sentence each
    /// Why the times that all of this rests on may not be those of the calls, a sentence each.
    std::vector<std::string> doubts;
};

// ------------------------------------------------------------ what could be lighter

/// Human verdicts that it takes before anything is said of a rule.
inline constexpr std::uint64_t least_verdicts = 20;
/// A median of less says that people answer without looking.
inline constexpr std::int64_t rubber_stamp_seconds = 10;

/// A gate that people always opened, at one tool: a candidate for a lighter outcome.
struct AlwaysApproved {
    std::string rule;
    std::string tool;
    std::uint64_t calls = 0;     ///< that the rule decides
    std::uint64_t approved = 0;  ///< of these with a human verdict, all of which approve
    Interval approval;
    Durations turnaround;
    bool rubber_stamp = false;  ///< answers take seconds: approval may mean nothing
    std::vector<Sum> money;     ///< at stake: of `calls`
};

// ------------------------------------------------------------ what is often blocked

/// Blocked intents that are told apart: the first ones of the history.
inline constexpr std::size_t most_blocked_intents = 1u << 16;
inline constexpr std::size_t blocked_shown = 20;

struct BlockedIntent {
    std::string intent;  ///< as the history names it; empty where it does not
    std::string tool;
    std::string rule;  ///< that decided most of them; empty: form or authority
    std::uint64_t calls = 0;
    std::string file;  ///< of the first one
    std::uint64_t line = 0;
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call
};

struct BlockedTable {
    std::vector<BlockedIntent> intents;  ///< those blocked more than once, most calls first
    std::uint64_t beyond = 0;            ///< blocked calls of intents past the bound
};

// ------------------------------------------------------------ caps

/// Keys of a limit that are told apart: the first ones of the history.
inline constexpr std::size_t most_cap_keys = 1u << 16;

/// A share in millionths, of what may be more than the whole.
using Millionths = std::uint64_t;

/// How far the keys of a limit's step come towards its cap: of each key the largest total, with the
/// call at hand, that was held against the cap.
struct CapRow {
    std::string limit;
    std::string rule;  ///< the step, as in the rules: "refund_count[> 6]"
    Outcome effect = Outcome::block;
    std::string file;
    std::uint32_t line = 0;
    std::uint64_t calls = 0;
    std::uint64_t keys = 0;
    std::uint64_t beyond = 0;  ///< calls of keys past the bound
    Millionths p50 = 0;
    Millionths p95 = 0;
    Millionths highest = 0;
    std::uint64_t over = 0;  ///< keys that passed the cap
};

struct Figures {
    DayTable days;
    WorkflowTable workflows;
    Workload workload;
    std::vector<AlwaysApproved> always_approved;  ///< most calls first
    BlockedTable often_blocked;
    std::vector<CapRow> caps;  ///< by name; where calls are counted
};

}  // namespace proviso::simulator
