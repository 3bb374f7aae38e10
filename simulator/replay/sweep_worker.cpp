#include "simulator/replay/sweep_worker.h"

#include <algorithm>
#include <utility>

#include "simulator/history/digest.h"
#include "simulator/replay/comparison.h"
#include "simulator/replay/tally.h"
#include "simulator/replay/worker.h"

namespace proviso::simulator {
namespace {

bool goes_alone(const Verdict& verdict) {
    return verdict.outcome <= Outcome::notify;
}

bool same_verdict(const Verdict& a, const Verdict& b) {
    return a.outcome == b.outcome && a.reason == b.reason && a.best_case == b.best_case;
}

std::uint64_t bits_of(const Verdict& verdict) {
    return (static_cast<std::uint64_t>(verdict.outcome) << 16) |
           (static_cast<std::uint64_t>(verdict.reason) << 8) |
           static_cast<std::uint64_t>(verdict.best_case);
}

void add_call(SweepSums& sums, const SweepCall& call, const Verdict& verdict) {
    SweepCounts& counts = sums.counts;
    simulator::add(counts.counts, verdict);
    if (call.happened.verdict) {
        ++counts.verdicts[static_cast<std::size_t>(*call.happened.verdict)]
                         [static_cast<std::size_t>(verdict.outcome)];
    }
    const Outcome before = call.before.outcome;
    if (verdict.outcome > before) ++counts.tighter;
    if (verdict.outcome < before) ++counts.looser;
    if (!goes_alone(call.before) && goes_alone(verdict)) ++counts.newly_allowed;
    if (before < Outcome::block && verdict.outcome == Outcome::block) ++counts.newly_blocked;
    if (!call.amount || !goes_alone(verdict)) return;
    SweepSums::Money& money = sums.money[call.amount->currency];
    money.sum.add(call.amount->coefficient, call.amount->scale);
    ++money.calls;
}

void merge_sums(SweepSums& sums, const SweepSums& other) {
    SweepCounts& to = sums.counts;
    const SweepCounts& from = other.counts;
    simulator::merge(to.counts, from.counts);
    for (std::size_t i = 0; i < verdict_count; ++i) {
        for (std::size_t j = 0; j < outcome_count; ++j) to.verdicts[i][j] += from.verdicts[i][j];
    }
    to.tighter += from.tighter;
    to.looser += from.looser;
    to.newly_allowed += from.newly_allowed;
    to.newly_blocked += from.newly_blocked;
    for (const auto& [currency, money] : other.money) {
        sums.money[currency].sum.add(money.sum);
        sums.money[currency].calls += money.calls;
    }
}

SweepCounts counts_of(SweepSums sums) {
    for (const auto& [currency, money] : sums.money) {
        sums.counts.money.push_back(
            {observed::currency_name(currency), money.sum.text(), money.calls});
    }
    std::sort(sums.counts.money.begin(), sums.counts.money.end(),
              [](const SweepMoney& a, const SweepMoney& b) { return a.currency < b.currency; });
    return std::move(sums.counts);
}

template <class Pick>
void widen(std::optional<std::int64_t>& bound, std::optional<std::int64_t> time, Pick pick) {
    if (time) bound = bound ? pick(*bound, *time) : *time;
}

std::int64_t earlier_of(std::int64_t a, std::int64_t b) {
    return std::min(a, b);
}
std::int64_t later_of(std::int64_t a, std::int64_t b) {
    return std::max(a, b);
}

}  // namespace

void merge(SweepTally& tally, const SweepTally& other) {
    merge_sums(tally.shared, other.shared);
    tally.recorded.resize(std::max(tally.recorded.size(), other.recorded.size()));
    tally.closed.resize(std::max(tally.closed.size(), other.closed.size()));
    for (std::size_t i = 0; i < other.recorded.size(); ++i) {
        merge_sums(tally.recorded[i], other.recorded[i]);
    }
    for (std::size_t i = 0; i < other.closed.size(); ++i) {
        for (std::size_t way = 0; way < 2; ++way) {
            merge_sums(tally.closed[i][way], other.closed[i][way]);
        }
    }
    tally.rejected += other.rejected;
    tally.untimed += other.untimed;
    widen(tally.first, other.first, earlier_of);
    widen(tally.last, other.last, later_of);
}

SweepReport sweep_report(const SweepTally& tally, const Options& options) {
    SweepReport report;
    report.knobs = options.sweep.knobs;
    report.against_baseline = options.baseline != nullptr;
    report.rejected = tally.rejected;
    report.untimed = tally.untimed;
    if (tally.first) report.seconds = (*tally.last - *tally.first) / 1'000'000;
    const auto& candidates = options.sweep.candidates;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        SweepRow& row = report.rows.emplace_back();
        row.values = candidates[i].values;
        row.hash = candidates[i].policy->hash();
        row.in_force = row.hash == options.policy->hash();
        SweepSums sums = tally.shared;
        if (i < tally.recorded.size()) merge_sums(sums, tally.recorded[i]);
        row.recorded = counts_of(std::move(sums));
        if (i >= tally.closed.size()) continue;
        row.closed = {counts_of(tally.closed[i][0]), counts_of(tally.closed[i][1])};
    }
    return report;
}

SweepWorker::SweepWorker(const std::deque<Engine>& engines, const Setup& setup)
    : setup_(setup),
      verdicts_(engines.size()) {
    sessions_.reserve(engines.size());
    for (const Engine& engine : engines) sessions_.emplace_back(engine);
    tally_.recorded.resize(engines.size());
    if (!setup.remembers) return;
    tally_.closed.resize(engines.size());
    for (const Engine& engine : engines) {
        loops_.emplace_back(engine.policy(), setup.engine);
        confirms_.push_back(observed::has_counters(*engine.policy()));
    }
}

std::uint64_t SweepWorker::add(const SweepCall& call) {
    if (call.happened.verdict == HumanVerdict::rejected) ++tally_.rejected;
    add_time(call);
    decide(call);
    std::uint64_t token = count(call);
    if (setup_.remembers) remember(call, token);
    return token;
}

void SweepWorker::add_time(const SweepCall& call) {
    const auto time = observed::time_of(call.read);
    if (!time) ++tally_.untimed;
    widen(tally_.first, time, earlier_of);
    widen(tally_.last, time, later_of);
}

void SweepWorker::decide(const SweepCall& call) {
    const Layout& layout = setup_.layout;
    verdicts_[0] = preview_read_line(sessions_[0], call.read, layout, call.line);
    for (std::size_t i = 1; i < sessions_.size(); ++i) {
        verdicts_[i] = preview_read_line(sessions_[i], sessions_[0], layout, call.line);
    }
}

std::uint64_t SweepWorker::count(const SweepCall& call) {
    const bool alike = std::all_of(verdicts_.begin(), verdicts_.end(), [&](const Verdict& one) {
        return same_verdict(one, verdicts_[0]);
    });
    std::uint64_t token = spread(bits_of(verdicts_[0]) + 1);
    if (alike) {
        add_call(tally_.shared, call, verdicts_[0]);
        return token;
    }
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
        add_call(tally_.recorded[i], call, verdicts_[i]);
        token = spread(token + bits_of(verdicts_[i]) + 1);
    }
    return token;
}

// Each candidate in its closed loop; and what was carried out counts for its later calls.
void SweepWorker::remember(const SweepCall& call, std::uint64_t& token) {
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
        const ClosedLoop::Bounds made =
            loops_[i].decide(call.read, setup_.layout, call.line, call.place, call.happened);
        add_call(tally_.closed[i][0], call, made.approved);
        add_call(tally_.closed[i][1], call, made.rejected);
        token = spread(token + bits_of(made.approved) + 1);
        token = spread(token + bits_of(made.rejected) + 1);
        if (call.happened.ran()) count_as_run(sessions_[i], confirms_[i], call.place);
    }
}

}  // namespace proviso::simulator
