// What a call says, by the names that a checked set gives to things.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/check/policy_set.h"
#include "proviso/limits.h"
#include "tests/reference/json.h"
#include "tests/reference/value.h"

namespace proviso::reference {

struct PartyRoles {
    bool has_id = false;
    /// Whether `held` is all that the party holds.
    bool known = false;
    std::set<std::uint32_t> held;  // by RoleId, those that others extend included
    MissingSet missing_roles;      // what a test of a role misses
    MissingSet missing;            // what a grant misses: the id as well
};

struct BoundCall {
    /// "unknown_tool", "invalid_stage", "invalid_args"; empty for a good form.
    std::string form_error;
    std::string tool_name;
    const check::Tool* tool = nullptr;  // null outside the catalogue
    std::uint32_t stage = 4;
    std::vector<Value> slots;                // by SlotId; unknown ones have their names
    std::map<std::string, Value> arguments;  // that the tool declares
    PartyRoles parties[2];                   // by check::Party
    std::set<std::string> undeclared_roles;
};

/// `call` is one document, as `Layout::native` reads it.
[[nodiscard]] BoundCall bind(const check::PolicySet& set, const Json& call, const Limits& limits);

}  // namespace proviso::reference
