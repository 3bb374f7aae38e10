#include "simulator/replay/change_samples.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "simulator/history/digest.h"

namespace proviso::simulator {

ChangeSamples::Keys ChangeSamples::keys_of(const ChangeToChoose& call) const {
    Keys keys;
    if (call.amount) {
        const Wide amount = scaled(call.amount->coefficient, call.amount->scale);
        const std::uint32_t currency = call.amount->currency;
        keys.emplace_back(Group{call.change, Why::largest, 0, currency}, -amount);
        for (const std::uint32_t rule : call.rules) {
            keys.emplace_back(Group{call.change, Why::borderline, rule, currency}, amount);
        }
    }
    keys.emplace_back(Group{call.change, Why::random, 0, 0},
                      spread(spread(call.place + 1) ^ spread(seed_)));
    return keys;
}

bool ChangeSamples::wants(const Group& group, Wide key, std::uint64_t place) const {
    if (bound_ == 0) return false;
    const auto found = groups_.find(group);
    if (found == groups_.end() || found->second.size() < bound_) return true;
    const Kept& last = found->second.back();
    return std::tie(key, place) < std::tie(last.key, last.place);
}

bool ChangeSamples::wants(const ChangeToChoose& call) const {
    const Keys keys = keys_of(call);
    return std::any_of(keys.begin(), keys.end(),
                       [&](const auto& one) { return wants(one.first, one.second, call.place); });
}

void ChangeSamples::add(const ChangeToChoose& call, ChangedCall shown) {
    const auto kept = std::make_shared<ChangedCall>(std::move(shown));
    for (const auto& [group, key] : keys_of(call)) put(group, {key, call.place, kept});
}

void ChangeSamples::put(const Group& group, Kept kept) {
    if (!wants(group, kept.key, kept.place)) return;
    const auto [at, is_new] = groups_.try_emplace(group);
    std::vector<Kept>& list = at->second;
    const auto before = [](const Kept& a, const Kept& b) {
        return std::tie(a.key, a.place) < std::tie(b.key, b.place);
    };
    list.insert(std::upper_bound(list.begin(), list.end(), kept, before), std::move(kept));
    if (list.size() > bound_) list.pop_back();
    if (!is_new || group.why != Why::borderline) return;
    if (++borders_[static_cast<std::size_t>(group.change)] > borders_shown) {
        drop_last_border(group.change);
    }
}

void ChangeSamples::drop_last_border(Change change) {
    const auto after = groups_.lower_bound(Group{change, Why::random, 0, 0});
    groups_.erase(std::prev(after));
    --borders_[static_cast<std::size_t>(change)];
}

void ChangeSamples::set_place(const Placing& place) {
    std::set<ChangedCall*> done;
    for (auto& [group, list] : groups_) {
        for (Kept& kept : list) {
            if (!done.insert(kept.call.get()).second) continue;
            const HistoryPlace at = place(kept.call->after.line);
            kept.call->after.file = at.file;
            kept.call->after.line = at.line;
            kept.call->after.call = at.call;
        }
    }
}

void ChangeSamples::merge(const ChangeSamples& later) {
    for (const auto& [group, list] : later.groups_) {
        for (const Kept& kept : list) put(group, kept);
    }
}

std::vector<ChangedCall> ChangeSamples::chosen(Change change) const {
    constexpr std::array<std::string_view, 3> words{"largest", "borderline", "random"};
    std::vector<ChangedCall> calls;
    std::set<std::uint64_t> places;
    for (const auto& [group, list] : groups_) {
        if (group.change != change) continue;
        for (const Kept& kept : list) {
            if (!places.insert(kept.place).second) continue;
            calls.push_back(*kept.call);
            calls.back().chosen = words[static_cast<std::size_t>(group.why)];
        }
    }
    return calls;
}

}  // namespace proviso::simulator
