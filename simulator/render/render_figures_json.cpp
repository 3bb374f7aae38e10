// The figures as JSON; docs/simulate.schema.json describes them.
// Covered by tests/unit/simulator/render/render_json_test.cpp.

#include <string>

#include "simulator/render/render_json.h"

namespace proviso::simulator {
namespace {

std::string word(std::size_t outcome) {
    return std::string{name(static_cast<Outcome>(outcome))};
}

Json interval_json(const Interval& interval) {
    return {{"low", interval.low}, {"high", interval.high}};
}

Json durations_json(const Durations& durations) {
    Json json{{"count", durations.count}};
    if (durations.count == 0) return json;
    json["p50"] = durations.p50;
    json["p95"] = durations.p95;
    json["longest"] = durations.longest;
    return json;
}

Json verdict_counts_json(const VerdictCounts& counts) {
    Json json = Json::object();
    for (std::size_t i = 0; i < verdict_count; ++i) {
        json[std::string{name(static_cast<HumanVerdict>(i))}] = counts.verdicts[i];
    }
    return json;
}

Json days_json(const DayTable& table, bool compares) {
    Json rows = Json::array();
    for (const DayRow& day : table.days) {
        Json row{{"day", day.day}, {"policy", counts_json(day.policy)}};
        if (compares) row["baseline"] = counts_json(day.baseline);
        rows.push_back(std::move(row));
    }
    return {{"zone", "UTC"},
            {"rows", std::move(rows)},
            {"later", table.later},
            {"untimed", table.untimed}};
}

Json workflow_money_json(const std::vector<WorkflowMoney>& money) {
    Json list = Json::array();
    for (const WorkflowMoney& one : money) {
        Json sums = Json::object();
        Json calls = Json::object();
        for (std::size_t i = 0; i < outcome_count; ++i) {
            sums[word(i)] = one.sums[i];
            calls[word(i)] = one.calls[i];
        }
        list.push_back(
            {{"currency", one.currency}, {"sums", std::move(sums)}, {"calls", std::move(calls)}});
    }
    return list;
}

Json workflows_json(const WorkflowTable& table, bool compares) {
    Json rows = Json::array();
    for (const WorkflowRow& one : table.workflows) {
        Json row{{"name", one.name}, {"policy", counts_json(one.policy)}};
        if (compares) row["baseline"] = counts_json(one.baseline);
        row["verdicts"] = verdict_counts_json(one.verdicts);
        row["escalated"] = one.escalated;
        row["escalation_told"] = one.escalation_told;
        row["cycle_seconds"] = durations_json(one.cycle);
        row["money"] = workflow_money_json(one.money);
        rows.push_back(std::move(row));
    }
    return {{"rows", std::move(rows)}, {"other_calls", table.other_calls}};
}

Json forecast_json(const Forecast& forecast) {
    return {{"people", forecast.people},
            {"requests", forecast.requests},
            {"answered", forecast.answered},
            {"wait_seconds", durations_json(forecast.wait)},
            {"answer_seconds", durations_json(forecast.answer)},
            {"late", forecast.late},
            {"escalated", forecast.escalated},
            {"busy", forecast.busy},
            {"late_calls", forecast.late_calls}};
}

Json roles_json(const Workload& workload, bool compares) {
    Json list = Json::array();
    for (const RoleLoad& load : workload.roles) {
        Json weeks = Json::array();
        for (const WeekLoad& week : load.weeks) {
            weeks.push_back({{"monday", week.monday}, {"requests", week.requests}});
        }
        Json row{{"role", load.role}, {"requests", load.requests}, {"shared", load.shared}};
        if (compares) row["baseline_requests"] = load.baseline_requests;
        row["untimed"] = load.untimed;
        row["hours"] = load.hours;
        row["weeks"] = std::move(weeks);
        row["busiest_calls"] = load.busiest_calls;
        if (load.forecast) row["forecast"] = forecast_json(*load.forecast);
        list.push_back(std::move(row));
    }
    return list;
}

Json workload_json(const Workload& workload, bool compares) {
    const Handling& handling = workload.handling;
    return {{"gated", workload.gated},
            {"roles", roles_json(workload, compares)},
            {"handling",
             {{"answered", handling.answered},
              {"timed", handling.timed},
              {"backwards", handling.backwards},
              {"turnaround_seconds", durations_json(handling.turnaround)},
              {"work_seconds", durations_json(handling.work)},
              {"work_told", handling.work_told},
              {"late", handling.late},
              {"late_known", handling.late_known}}},
            {"nobody", workload.nobody},
            {"requests_beyond", workload.requests_beyond},
            {"weeks_beyond", workload.weeks_beyond},
            {"assumptions", workload.assumptions},
            {"doubts", workload.doubts}};
}

Json always_approved_json(const std::vector<AlwaysApproved>& rows) {
    Json list = Json::array();
    for (const AlwaysApproved& one : rows) {
        Json money = Json::array();
        for (const Sum& sum : one.money) {
            money.push_back(
                {{"currency", sum.currency}, {"total", sum.total}, {"calls", sum.calls}});
        }
        list.push_back({{"rule", one.rule},
                        {"tool", one.tool},
                        {"calls", one.calls},
                        {"approved", one.approved},
                        {"approval", interval_json(one.approval)},
                        {"turnaround_seconds", durations_json(one.turnaround)},
                        {"rubber_stamp", one.rubber_stamp},
                        {"money", std::move(money)}});
    }
    return list;
}

Json often_blocked_json(const BlockedTable& table) {
    Json rows = Json::array();
    for (const BlockedIntent& one : table.intents) {
        Json row{{"intent", one.intent}, {"tool", one.tool}, {"rule", one.rule},
                 {"calls", one.calls},   {"file", one.file}, {"line", one.line}};
        if (one.call > 0) row["call"] = one.call;
        rows.push_back(std::move(row));
    }
    return {{"rows", std::move(rows)}, {"beyond", table.beyond}};
}

Json caps_json(const std::vector<CapRow>& rows) {
    Json list = Json::array();
    for (const CapRow& one : rows) {
        list.push_back({{"limit", one.limit},
                        {"rule", one.rule},
                        {"effect", name(one.effect)},
                        {"file", one.file},
                        {"line", one.line},
                        {"calls", one.calls},
                        {"keys", one.keys},
                        {"beyond", one.beyond},
                        {"p50", one.p50},
                        {"p95", one.p95},
                        {"highest", one.highest},
                        {"over", one.over}});
    }
    return list;
}

}  // namespace

Json figures_json(const Figures& figures, bool compares) {
    return {{"days", days_json(figures.days, compares)},
            {"workflows", workflows_json(figures.workflows, compares)},
            {"workload", workload_json(figures.workload, compares)},
            {"always_approved", always_approved_json(figures.always_approved)},
            {"often_blocked", often_blocked_json(figures.often_blocked)},
            {"caps", caps_json(figures.caps)}};
}

Json rule_figures_json(const RuleRow& rule) {
    Json json{{"dead", rule.is_dead()},
              {"sole", rule.sole},
              {"verdicts", verdict_counts_json(rule.verdicts)}};
    if (rule.effect < Outcome::gate || rule.verdicts.calls() == 0) return json;
    const std::uint64_t rejected = rule.verdicts.of(HumanVerdict::rejected);
    json["precision"] = interval_json(wilson(rejected, rule.verdicts.calls()));
    json["precision"]["share"] =
        static_cast<double>(rejected) / static_cast<double>(rule.verdicts.calls());
    json["precision"]["of"] = rule.verdicts.calls();
    return json;
}

}  // namespace proviso::simulator
