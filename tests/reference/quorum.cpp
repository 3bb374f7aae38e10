// See quorum.h.
#include "tests/reference/quorum.h"

#include <algorithm>

namespace proviso::reference {

namespace {

/// Puts anyone who is not used yet on the first place, then goes on with the others.
bool some_way(const std::vector<const check::Need*>& places, std::size_t place,
              const std::vector<Person>& people, std::set<std::string>& used) {
    if (place == places.size()) return true;
    for (const Person& person : people) {
        if (used.contains(person.id) || !fills(person, *places[place])) continue;
        used.insert(person.id);
        const bool rest = some_way(places, place + 1, people, used);
        used.erase(person.id);
        if (rest) return true;
    }
    return false;
}

}  // namespace

bool fills(const Person& person, const check::Need& need) {
    if (need.principal && person.may_be_principal) return true;
    if (need.principal || person.principal) return need.principal && person.principal;
    if (person.escalated) return true;
    if (need.approvers) return person.approver;
    return std::any_of(need.roles.begin(), need.roles.end(), [&](check::RoleId role) {
        return person.held.contains(static_cast<std::uint32_t>(role));
    });
}

bool is_filled(const check::Approval& approval, const std::vector<Person>& people) {
    std::vector<const check::Need*> places;
    for (const check::Need& need : approval.needs) {
        for (std::uint32_t i = 0; i < need.count; ++i) places.push_back(&need);
    }
    std::set<std::string> used;
    return some_way(places, 0, people, used);
}

}  // namespace proviso::reference
