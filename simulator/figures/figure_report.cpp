#include "simulator/figures/figure_report.h"

#include "simulator/figures/caps.h"
#include "simulator/figures/forecast.h"
#include "simulator/figures/requests.h"

namespace proviso::simulator {
namespace {

Handling handling_of(const HandlingTally& tally) {
    Handling handling;
    handling.answered = tally.answered;
    handling.timed = tally.timed;
    handling.backwards = tally.backwards;
    handling.turnaround = tally.turnaround.durations();
    handling.work_told = tally.work_told;
    handling.late = tally.late;
    handling.late_known = tally.late_known;
    return handling;
}

Workload workload_of(const FigureSources& from) {
    Workload workload;
    workload.gated = from.tally.requests.gated;
    workload.roles = role_loads(from.tally.requests);
    workload.handling = handling_of(from.tally.handling);
    workload.weeks_beyond = from.tally.requests.weeks.beyond();
    const observed::RoleNames roles = observed::role_names(from.policy);
    add_forecast({from.events, from.tally.requests, roles, from.staff, from.files}, workload);
    return workload;
}

std::vector<std::string> rule_names(const Policy& policy) {
    std::vector<std::string> names;
    names.reserve(policy.rules().size());
    for (const RuleInfo& rule : policy.rules()) names.push_back(rule.name);
    return names;
}

}  // namespace

Figures make_figures(const FigureSources& from) {
    Figures figures;
    figures.days = day_table(from.tally);
    figures.workflows = workflow_table(from.tally);
    figures.workload = workload_of(from);
    figures.always_approved = always_approved(from.tally, from.policy);
    figures.often_blocked = blocked_table(from.events.blocked, from.files, rule_names(from.policy));
    figures.caps = cap_rows(from.tally.caps, from.policy);
    return figures;
}

}  // namespace proviso::simulator
