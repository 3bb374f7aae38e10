// What would come of the approvals that a policy asks for, were so many people there to give them:
// a queue, replayed in the time of the history.
//
// Requests are taken in the order of time. Each person that a request asks for is the one of those
// who may answer who can begin first; a role that is added later may begin from then on. People
// work on one request at a time, as long as was recorded of the call, or else the median of all.
// Covered by tests/cli/figures_test.py, which replays it in its own way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulator/figures/durations.h"
#include "simulator/figures/figure_stream.h"
#include "simulator/figures/requests.h"

namespace proviso::simulator {

/// Calls that a bound is broken by and that are told.
inline constexpr std::size_t calls_told = 20;

/// Work on each of `events.answers`, in seconds: as told, or from the request, or that person's
/// answer before it if that was later; -1 where neither is known.
[[nodiscard]] std::vector<std::int64_t> work_seconds(const FigureEvents& events);

struct ForecastInput {
    const FigureEvents& events;
    const RequestTally& tally;
    const observed::RoleNames& roles;
    const Staff& staff;
    const std::vector<std::string>& files;
};

/// Fills in the forecasts of `loads`, the calls of their busiest weeks, the work in `handling` and
/// the assumptions.
void add_forecast(const ForecastInput& input, Workload& workload);

/// Why the staff cannot be: a role that the policy lacks, nobody, hours that never are. Empty: it
/// can.
[[nodiscard]] std::string staff_fault(const Staff& staff, const Policy& policy);

}  // namespace proviso::simulator
