#include "simulator/figures/requests.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/observed.h"
#include "simulator/figures/figure_tally.h"
#include "simulator/history/digest.h"

namespace proviso::simulator {
namespace {

using observed::AskedPeople;
using observed::GateAsks;

/// Shapes that a thread remembers; beyond, all are worked out again.
constexpr std::size_t shapes_remembered = 4 * most_shapes;

/// Whether whoever may stand for `one` may stand for `other`.
bool serves(const AskedPeople& one, const AskedPeople& other) {
    if (one.principal || other.principal) return one.principal == other.principal;
    return std::includes(other.roles.begin(), other.roles.end(), one.roles.begin(),
                         one.roles.end());
}

bool is_narrower(const AskedPeople& a, const AskedPeople& b) {
    return std::tuple(a.roles.size(), a.roles, a.principal, a.count) <
           std::tuple(b.roles.size(), b.roles, b.principal, b.count);
}

/// The people of one gate, those first whom the fewest can stand for.
std::vector<AskedPeople> one_by_one(const GateAsks& gate) {
    std::vector<AskedPeople> people;
    for (const AskedPeople& asked : gate.people) {
        people.insert(people.end(), asked.count, AskedPeople{1, asked.roles, asked.principal});
    }
    std::sort(people.begin(), people.end(), is_narrower);
    return people;
}

void add_gate(std::vector<AskedPeople>& chosen, const std::vector<AskedPeople>& gate) {
    std::vector<bool> taken(chosen.size(), false);
    for (const AskedPeople& asked : gate) {
        std::size_t at = 0;
        while (at < taken.size() && (taken[at] || !serves(chosen[at], asked))) ++at;
        if (at < taken.size())
            taken[at] = true;
        else
            chosen.push_back(asked);  // behind `taken`: not for this gate again
    }
}

std::vector<observed::AddedRole> added_by_all(const std::vector<GateAsks>& gates) {
    std::map<std::uint32_t, std::pair<std::size_t, std::int64_t>> roles;
    for (const GateAsks& gate : gates) {
        std::map<std::uint32_t, std::int64_t> earliest;
        for (const observed::AddedRole& one : gate.added) {
            earliest.emplace(one.role, one.after_seconds);  // ascending: the first is the earliest
        }
        for (const auto& [role, after] : earliest) {
            auto& [count, latest] = roles[role];
            ++count;
            latest = std::max(latest, after);
        }
    }
    std::vector<observed::AddedRole> added;
    for (const auto& [role, found] : roles) {
        if (found.first == gates.size()) added.push_back({role, found.second});
    }
    return added;
}

/// Each role that may stand for the person, and whether it is one of several. The number past all
/// roles is the principal.
template <class Each>
void each_role(const AskedPeople& person, const observed::RoleNames& roles, Each each) {
    if (person.principal) return each(static_cast<std::uint32_t>(roles.names.size()), false);
    for (const std::uint32_t role : person.roles) each(role, person.roles.size() > 1);
}

std::string role_name(const observed::RoleNames& roles, std::uint32_t number) {
    return number < roles.names.size() ? roles.names[number] : std::string{principal_role};
}

}  // namespace

RequestShape shape_of(const std::vector<GateAsks>& gates) {
    RequestShape shape;
    std::vector<std::vector<AskedPeople>> lists;
    for (const GateAsks& gate : gates) {
        lists.push_back(one_by_one(gate));
        const bool first = lists.size() == 1;
        shape.within_seconds =
            first ? gate.within_seconds : std::min(shape.within_seconds, gate.within_seconds);
    }
    // Whatever the order of rules: gates with the narrowest places first.
    std::sort(lists.begin(), lists.end(), [](const auto& a, const auto& b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), is_narrower);
    });
    for (const auto& list : lists) add_gate(shape.people, list);
    shape.added = added_by_all(gates);
    return shape;
}

void RoleTally::merge(const RoleTally& other) {
    requests += other.requests;
    shared += other.shared;
    baseline_requests += other.baseline_requests;
    untimed += other.untimed;
    for (std::size_t i = 0; i < hours_of_week; ++i) hours[i] += other.hours[i];
}

std::uint64_t WeekTally::calls() const {
    std::uint64_t sum = 0;
    for (const auto& [role, requests] : roles) sum += requests;
    return sum;
}

void WeekTally::merge(const WeekTally& other) {
    for (const auto& [role, requests] : other.roles) roles[role] += requests;
}

void RequestTally::merge(const RequestTally& other) {
    gated += other.gated;
    for (const auto& [role, load] : other.roles) roles[role].merge(load);
    weeks.merge(other.weeks);
    shapes.merge(other.shapes);
}

RequestShapes::RequestShapes(PolicyPtr policy)
    : policy_(std::move(policy)),
      roles_(observed::role_names(*policy_)) {}

RequestShapes::Found RequestShapes::of(Session& session) {
    observed::closed_gates(session, rules_);
    const auto tool = observed::tool_number(session);
    std::uint64_t hash = spread(tool ? *tool + 1 : 0);
    for (const std::uint32_t rule : rules_) hash = spread(hash + rule + 1);
    if (known_.size() >= shapes_remembered) known_.clear();
    const auto [at, is_new] = known_.try_emplace(hash);
    if (is_new) {
        std::vector<GateAsks> gates;
        for (const std::uint32_t rule : rules_) {
            gates.push_back(observed::gate_asks(*policy_, rule, tool));
        }
        at->second = shape_of(gates);
    }
    return {hash, &at->second};
}

void add_requests(RequestTally& tally, const RequestShapes::Found& found,
                  const observed::RoleNames& roles, std::uint64_t calls) {
    tally.gated += calls;
    if (RequestShape* const kept = tally.shapes.find(found.hash); kept != nullptr) {
        if (kept->people.empty()) *kept = *found.shape;
    }
    for (const AskedPeople& person : found.shape->people) {
        each_role(person, roles, [&](std::uint32_t role, bool shared) {
            RoleTally& load = tally.roles[role_name(roles, role)];
            load.requests += calls;
            if (shared) load.shared += calls;
        });
    }
}

void add_baseline_requests(RequestTally& tally, const RequestShape& shape,
                           const observed::RoleNames& roles, std::uint64_t calls) {
    for (const AskedPeople& person : shape.people) {
        each_role(person, roles, [&](std::uint32_t role, bool) {
            tally.roles[role_name(roles, role)].baseline_requests += calls;
        });
    }
}

RequestTimes::RequestTimes(const observed::RoleNames& roles, RequestTally& tally)
    : roles_(roles),
      tally_(tally),
      counted_(roles.names.size() + 1) {}

std::vector<std::uint32_t> RequestTimes::asked(const RequestShape& shape) const {
    std::vector<std::uint32_t> asked;
    for (const AskedPeople& person : shape.people) {
        each_role(person, roles_, [&](std::uint32_t role, bool) { asked.push_back(role); });
    }
    return asked;
}

void RequestTimes::add(const std::vector<std::uint32_t>& asked,
                       std::optional<std::int64_t> time_us) {
    if (asked.empty()) return;
    const std::int64_t week = time_us ? week_of(*time_us) : 0;
    const std::size_t hour = time_us ? hour_of_week(*time_us) : 0;
    for (const std::uint32_t number : asked) {
        std::unique_ptr<Role>& role = counted_[number];
        if (role == nullptr) role = std::make_unique<Role>();
        if (!time_us) {
            ++role->untimed;
            continue;
        }
        ++role->hours[hour];
        Week& kept = role->weeks[static_cast<std::uint64_t>(week) % role->weeks.size()];
        if (kept.number != week) {
            add_week(role_name(roles_, number), kept);
            kept.number = week;
        }
        ++kept.requests;
    }
}

void RequestTimes::add_week(const std::string& role, Week& week) {
    if (week.requests == 0) return;
    if (WeekTally* const row = tally_.weeks.find(week.number); row != nullptr)
        row->roles[role] += week.requests;
    else
        tally_.weeks.count_beyond(week.requests);
    week.requests = 0;
}

void RequestTimes::spread() {
    for (std::uint32_t number = 0; number < counted_.size(); ++number) {
        if (counted_[number] == nullptr) continue;
        Role& role = *counted_[number];
        const std::string name = role_name(roles_, number);
        for (Week& week : role.weeks) add_week(name, week);
        RoleTally& load = tally_.roles[name];
        load.untimed += std::exchange(role.untimed, 0);
        for (std::size_t i = 0; i < hours_of_week; ++i) {
            load.hours[i] += std::exchange(role.hours[i], 0);
        }
    }
}

std::vector<RoleLoad> role_loads(const RequestTally& tally) {
    std::vector<RoleLoad> loads;
    for (const auto& [role, one] : tally.roles) {
        RoleLoad& load = loads.emplace_back();
        load.role = role;
        load.requests = one.requests;
        load.shared = one.shared;
        load.baseline_requests = one.baseline_requests;
        load.untimed = one.untimed;
        load.hours = one.hours;
        for (const auto& [week, row] : tally.weeks.rows()) {
            const auto found = row.roles.find(role);
            if (found != row.roles.end()) {
                load.weeks.push_back({monday_text(week), found->second});
            }
        }
    }
    std::sort(loads.begin(), loads.end(), [](const RoleLoad& a, const RoleLoad& b) {
        return std::tie(b.requests, b.baseline_requests, a.role) <
               std::tie(a.requests, a.baseline_requests, b.role);
    });
    return loads;
}

}  // namespace proviso::simulator
