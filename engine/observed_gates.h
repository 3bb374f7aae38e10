// Whom the gates of a policy ask, told of the policy alone: for a study of many calls, which cannot
// make the full record of each. For the simulator; no part of the public API.
//
// Whether a grant to approve counts for one call may hang on a condition; here any role that may
// approve the tool does. Covered by tests/unit/engine/observed_gates_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proviso/engine.h"

namespace proviso::observed {

struct RoleNames {
    std::vector<std::string> names;  ///< by number
    /// By number: itself and all that it extends, ascending. Who holds a role holds these.
    std::vector<std::vector<std::uint32_t>> holds;
};
[[nodiscard]] RoleNames role_names(const Policy& policy);

/// People who fill so many places of a gate.
struct AskedPeople {
    std::uint32_t count = 1;
    std::vector<std::uint32_t> roles;  ///< any of these; ascending
    bool principal = false;            ///< in their place: the person that the call is asked for
    friend bool operator==(const AskedPeople&, const AskedPeople&) = default;
};

/// A role that may fill any place, so long after the request.
struct AddedRole {
    std::uint32_t role = 0;
    std::int64_t after_seconds = 0;
    friend bool operator==(const AddedRole&, const AddedRole&) = default;
};

struct GateAsks {
    std::vector<AskedPeople> people;
    std::int64_t within_seconds = 0;  ///< from the request to the answer
    std::vector<AddedRole> added;     ///< by role
};
/// Of a rule, by its index into Policy::rules(), whose effect is gate. `tool` as in `tool_number`;
/// of a name outside the catalogue any role that may approve one is asked.
[[nodiscard]] GateAsks gate_asks(const Policy& policy, std::uint32_t rule,
                                 std::optional<std::size_t> tool);

/// Rules that gate the last call and that no approval has opened, into `rules`, ascending.
void closed_gates(Session& session, std::vector<std::uint32_t>& rules);

}  // namespace proviso::observed
