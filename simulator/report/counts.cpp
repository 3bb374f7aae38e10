#include "simulator/report/counts.h"

#include <numeric>

namespace proviso::simulator {

std::uint64_t Counts::calls() const noexcept {
    return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

std::uint64_t Counts::unknown_calls() const noexcept {
    return std::accumulate(unknown.begin(), unknown.end(), std::uint64_t{0});
}

void add(Counts& counts, const Verdict& verdict, std::uint64_t calls) {
    const auto place = static_cast<std::size_t>(verdict.outcome);
    counts.outcomes[place] += calls;
    if (verdict.unknown_decided()) counts.unknown[place] += calls;
}

void merge(Counts& counts, const Counts& other) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
        counts.outcomes[i] += other.outcomes[i];
        counts.unknown[i] += other.unknown[i];
    }
}

void add(VerdictCounts& counts, HumanVerdict verdict, std::uint64_t calls) {
    counts.verdicts[static_cast<std::size_t>(verdict)] += calls;
}

void merge(VerdictCounts& counts, const VerdictCounts& other) {
    for (std::size_t i = 0; i < verdict_count; ++i) counts.verdicts[i] += other.verdicts[i];
}

std::optional<Outcome> outcome_of(std::string_view word) {
    constexpr std::array outcomes{Outcome::allow, Outcome::notify, Outcome::gate, Outcome::block};
    for (const Outcome outcome : outcomes) {
        if (word == proviso::name(outcome)) return outcome;
    }
    return std::nullopt;
}

std::optional<HumanVerdict> verdict_of(std::string_view word) {
    constexpr std::array verdicts{HumanVerdict::approved, HumanVerdict::edited,
                                  HumanVerdict::rejected};
    for (const HumanVerdict verdict : verdicts) {
        if (word == name(verdict)) return verdict;
    }
    return std::nullopt;
}

std::optional<ResultStatus> status_of(std::string_view word) {
    if (word == "ok") return ResultStatus::ok;
    if (word == "failed") return ResultStatus::failed;
    if (word == "not_executed") return ResultStatus::not_executed;
    return std::nullopt;
}

std::string_view name(HumanVerdict verdict) noexcept {
    switch (verdict) {
        case HumanVerdict::approved: return "approved";
        case HumanVerdict::edited: return "edited";
        case HumanVerdict::rejected: return "rejected";
    }
    return "";
}

}  // namespace proviso::simulator
