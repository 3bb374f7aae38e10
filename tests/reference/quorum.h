// Whether people fill the places that an approval needs: all ways to put people on places are
// tried, one after another. Tested by quorum_test.cpp.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/check/policy_set.h"

namespace proviso::reference {

struct Person {
    std::string id;
    std::set<std::uint32_t> held;   // by RoleId, those that others extend included
    bool approver = false;          // holds a role that surely can approve the tool
    bool principal = false;         // it is asked for them: they fill such a place and no other
    bool may_be_principal = false;  // of one who rejects where nobody knows whom it is asked for
    bool escalated = false;         // fills any place but that of the principal
};

[[nodiscard]] bool fills(const Person& person, const check::Need& need);

/// `people` are different people.
[[nodiscard]] bool is_filled(const check::Approval& approval, const std::vector<Person>& people);

}  // namespace proviso::reference
