#include "simulator/figures/caps.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace proviso::simulator {
namespace {

constexpr double whole = 1e6;
constexpr Millionths most = std::numeric_limits<std::uint32_t>::max();  // more is shown as that

Millionths millionths(double share) {
    const double scaled = share * whole;
    return scaled < static_cast<double>(most) ? static_cast<Millionths>(scaled) : most;
}

/// By nearest rank; `values` ascend.
Millionths percentile(const std::vector<Millionths>& values, std::size_t per_cent) {
    if (values.empty()) return 0;
    return values[(values.size() * per_cent + 99) / 100 - 1];
}

}  // namespace

void CapTally::add(const std::vector<observed::LimitUse>& uses, std::size_t bound) {
    for (const observed::LimitUse& use : uses) {
        Step& step = steps[use.rule];
        ++step.calls;
        auto found = step.keys.find(use.key);
        if (found == step.keys.end()) {
            if (step.keys.size() >= bound) {
                ++step.beyond;
                continue;
            }
            found = step.keys.emplace(use.key, Key{}).first;
        }
        Key& key = found->second;
        key.largest = std::max(key.largest, millionths(use.share));
        key.over = key.over || use.passed;
    }
}

void CapTally::merge(const CapTally& other) {
    for (const auto& [rule, theirs] : other.steps) {
        Step& mine = steps[rule];
        mine.calls += theirs.calls;
        mine.beyond += theirs.beyond;
        for (const auto& [name, key] : theirs.keys) {
            Key& kept = mine.keys[name];
            kept.largest = std::max(kept.largest, key.largest);
            kept.over = kept.over || key.over;
        }
    }
}

std::vector<CapRow> cap_rows(const CapTally& tally, const Policy& policy) {
    std::vector<CapRow> rows;
    for (const std::uint32_t rule : observed::limit_steps(policy)) {
        const RuleInfo& info = policy.rules()[rule];
        CapRow& row = rows.emplace_back();
        row.limit = observed::limit_of_step(policy, rule);
        row.rule = info.name;
        row.effect = info.effect;
        row.file = info.file;
        row.line = info.line;
        const auto found = tally.steps.find(rule);
        if (found == tally.steps.end()) continue;
        std::vector<Millionths> largest;
        for (const auto& [name, key] : found->second.keys) {
            largest.push_back(key.largest);
            if (key.over) ++row.over;
        }
        std::sort(largest.begin(), largest.end());
        row.calls = found->second.calls;
        row.beyond = found->second.beyond;
        row.keys = largest.size();
        row.p50 = percentile(largest, 50);
        row.p95 = percentile(largest, 95);
        row.highest = percentile(largest, 100);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const CapRow& a, const CapRow& b) {
        return std::tie(a.limit, a.line) < std::tie(b.limit, b.line);
    });
    return rows;
}

}  // namespace proviso::simulator
