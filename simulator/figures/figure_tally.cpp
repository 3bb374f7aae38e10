#include "simulator/figures/figure_tally.h"

#include <algorithm>
#include <tuple>

#include "simulator/history/digest.h"
#include "simulator/report/report.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::int64_t days_a_week = 7;
constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t hour_us = 3'600'000'000;
constexpr std::int64_t first_monday = -3;  // 1969-12-29

std::int64_t floored(std::int64_t number, std::int64_t by) {
    const std::int64_t down = number / by;
    return number % by < 0 ? down - 1 : down;
}

std::string tool_name(const Policy& policy, std::size_t tool) {
    return tool < policy.tools().size() ? policy.tools()[tool].name : std::string{};
}

/// What stands for currencies past the bound: their calls alone.
constexpr const char* other_currencies = "others";

std::vector<Sum> sums_of(const MoneyByOutcome& money) {
    std::vector<Sum> sums;
    sums.reserve(money.rows().size() + 1);
    for (const auto& [currency, one] : money.rows()) {
        ExactSum all;
        for (const ExactSum& sum : one.sums) all.add(sum);
        sums.push_back({observed::currency_name(currency), all.text(), one.calls()});
    }
    if (money.beyond() > 0) sums.push_back({other_currencies, "0", money.beyond()});
    return sums;
}

std::vector<WorkflowMoney> money_of(const WorkflowTally& tally) {
    std::vector<WorkflowMoney> money;
    for (const auto& [currency, sums] : tally.money.rows()) {
        WorkflowMoney& one = money.emplace_back();
        one.currency = observed::currency_name(currency);
        one.calls = sums.counts;
        for (std::size_t i = 0; i < outcome_count; ++i) one.sums[i] = sums.sums[i].text();
    }
    return money;
}

}  // namespace

std::int64_t day_of(std::int64_t time_us) {
    return floored(time_us, day_us);
}

std::int64_t week_of(std::int64_t time_us) {
    return floored(day_of(time_us) - first_monday, days_a_week);
}

std::size_t hour_of_week(std::int64_t time_us) {
    const std::int64_t monday = week_of(time_us) * days_a_week + first_monday;
    return static_cast<std::size_t>((time_us - monday * day_us) / hour_us);
}

std::int64_t whole_seconds(std::int64_t span_us) {
    return (span_us + second_us - 1) / second_us;
}

std::string day_text(std::int64_t day) {
    return observed::time_text(day * day_us).substr(0, sizeof "2026-03-02" - 1);
}

std::string monday_text(std::int64_t week) {
    return day_text(week * days_a_week + first_monday);
}

void DayTally::merge(const DayTally& other) {
    simulator::merge(policy, other.policy);
    simulator::merge(baseline, other.baseline);
}

std::uint64_t OutcomeSums::calls() const {
    std::uint64_t all = 0;
    for (const std::uint64_t count : counts) all += count;
    return all;
}

void OutcomeSums::merge(const OutcomeSums& other) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
        sums[i].add(other.sums[i]);
        counts[i] += other.counts[i];
    }
}

void add_money(MoneyByOutcome& money, const AmountSum& sum, Outcome outcome) {
    OutcomeSums* const row = money.find(sum.currency);
    if (row == nullptr) return money.count_beyond(sum.calls);
    const auto place = static_cast<std::size_t>(outcome);
    row->sums[place].add(sum.coefficients, sum.scale);
    row->counts[place] += sum.calls;
}

void WorkflowTally::merge(const WorkflowTally& other) {
    simulator::merge(policy, other.policy);
    simulator::merge(baseline, other.baseline);
    simulator::merge(verdicts, other.verdicts);
    escalated += other.escalated;
    escalation_told += other.escalation_told;
    cycle.merge(other.cycle);
    money.merge(other.money);
}

HashedName hashed(std::string_view name) {
    return {spread(hash_text(name)), cut_text(name, name_bytes)};
}

void GateTally::merge(const GateTally& other) {
    calls += other.calls;
    simulator::merge(verdicts, other.verdicts);
    turnaround.merge(other.turnaround);
    money.merge(other.money);
}

void HandlingTally::merge(const HandlingTally& other) {
    answered += other.answered;
    timed += other.timed;
    backwards += other.backwards;
    work_told += other.work_told;
    late += other.late;
    late_known += other.late_known;
    turnaround.merge(other.turnaround);
}

void FigureTally::merge(const FigureTally& other) {
    days.merge(other.days);
    untimed += other.untimed;
    workflows.merge(other.workflows);
    for (const auto& [place, gate] : other.gates) gates[place].merge(gate);
    handling.merge(other.handling);
    requests.merge(other.requests);
    caps.merge(other.caps);
}

DayTable day_table(const FigureTally& tally) {
    DayTable table;
    for (const auto& [day, row] : tally.days.rows()) {
        table.days.push_back({day_text(day), row.policy, row.baseline});
    }
    table.later = tally.days.beyond();
    table.untimed = tally.untimed;
    return table;
}

WorkflowTable workflow_table(const FigureTally& tally) {
    WorkflowTable table;
    for (const auto& [name, row] : tally.workflows.rows()) {
        table.workflows.push_back({name.second, row.policy, row.baseline, row.verdicts,
                                   row.escalated, row.escalation_told, row.cycle.durations(),
                                   money_of(row)});
    }
    std::sort(table.workflows.begin(), table.workflows.end(),
              [](const WorkflowRow& a, const WorkflowRow& b) {
                  const std::uint64_t calls_of_a = a.policy.calls();
                  const std::uint64_t calls_of_b = b.policy.calls();
                  return std::tie(calls_of_b, a.name) < std::tie(calls_of_a, b.name);
              });
    table.other_calls = tally.workflows.beyond();
    return table;
}

std::vector<AlwaysApproved> always_approved(const FigureTally& tally, const Policy& policy) {
    std::vector<AlwaysApproved> rows;
    for (const auto& [place, gate] : tally.gates) {
        const std::uint64_t approved = gate.verdicts.of(HumanVerdict::approved);
        if (approved < least_verdicts || approved != gate.verdicts.calls()) continue;
        AlwaysApproved& row = rows.emplace_back();
        row.rule = policy.rules()[place.first].name;
        row.tool = tool_name(policy, place.second);
        row.calls = gate.calls;
        row.approved = approved;
        row.approval = wilson(approved, approved);
        row.turnaround = gate.turnaround.durations();
        row.rubber_stamp = row.turnaround.count > 0 && row.turnaround.p50 < rubber_stamp_seconds;
        row.money = sums_of(gate.money);
    }
    std::sort(rows.begin(), rows.end(), [](const AlwaysApproved& a, const AlwaysApproved& b) {
        return std::tie(b.calls, a.rule, a.tool) < std::tie(a.calls, b.rule, b.tool);
    });
    return rows;
}

}  // namespace proviso::simulator
