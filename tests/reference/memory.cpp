// See memory.h.
#include "tests/reference/memory.h"

#include <algorithm>

namespace proviso::reference {

void Total::add(const Event& event) {
    Number& sum = sums[event.code];
    sum = sum.plus(event.amount);
    members.insert(event.members.begin(), event.members.end());
    ++events;
}

Number Total::of(check::Aggregate aggregate, const std::string& code) const {
    switch (aggregate) {
        case check::Aggregate::count: return Number(events);
        case check::Aggregate::distinct: return Number(static_cast<std::int64_t>(members.size()));
        case check::Aggregate::sum: break;
    }
    const auto found = sums.find(code);
    return found == sums.end() ? Number(0) : found->second;
}

bool Events::settle(const std::string& call, State state) {
    bool found = false;
    for (Event& event : events_) {
        if (call.empty() || event.call != call) continue;
        found = true;
        event.state = state;
    }
    return found;
}

Total Events::total(const std::string& measure, const std::vector<std::string>& keys,
                    const Since& since, bool confirmed_alone) const {
    Total total;
    for (const Event& event : events_) {
        if (event.measure != measure || event.keys != keys) continue;
        if (event.state == State::cancelled || !since.counts(event.time)) continue;
        if (confirmed_alone && event.state == State::pending) continue;
        total.add(event);
    }
    return total;
}

std::string text_of_key(const Value& value) {
    return value.number.text() + " " + value.text;
}

}  // namespace proviso::reference
