#include "simulator/replay/sample.h"

#include <algorithm>
#include <utility>

#include "simulator/replay/tally.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t rules_of_a_sample = 8;

void add_rules(std::vector<SampleRule>& rules, const std::vector<Match>& matches,
               const Verdict& verdict) {
    for (const Match& match : matches) {
        if (rules.size() == rules_of_a_sample) return;
        if (match.on_trial || !decides(verdict, match.effect)) continue;
        rules.push_back({match.name, match.because, match.sure});
    }
}

}  // namespace

void Reservoir::add(KeyedSample sample) {
    if (sample.key >= threshold()) return;
    const auto place =
        std::upper_bound(samples_.begin(), samples_.end(), sample.key,
                         [](std::uint64_t key, const KeyedSample& one) { return key < one.key; });
    samples_.insert(place, std::move(sample));
    if (samples_.size() > bound_) samples_.pop_back();
}

std::vector<Sample> Reservoir::in_order() const {
    std::vector<const KeyedSample*> ordered;
    ordered.reserve(samples_.size());
    for (const KeyedSample& one : samples_) ordered.push_back(&one);
    std::sort(ordered.begin(), ordered.end(),
              [](const auto* a, const auto* b) { return a->place < b->place; });
    std::vector<Sample> samples;
    samples.reserve(samples_.size());
    for (const KeyedSample* one : ordered) samples.push_back(one->sample);
    return samples;
}

Sample sample_of(const Decision& decision) {
    Sample sample;
    sample.outcome = decision.outcome;
    sample.reason = decision.reason;
    sample.unknown = decision.best_case < decision.outcome;
    sample.detail = decision.detail;
    sample.missing = decision.missing;
    const Verdict verdict{decision.outcome, decision.reason, decision.best_case};
    add_rules(sample.rules, decision.restrictions, verdict);
    add_rules(sample.rules, decision.base, verdict);
    return sample;
}

}  // namespace proviso::simulator
