// What two policies differ in, rule by rule: so that a replay in which nothing changes can say
// whether what was changed was reached at all.
//
// Rules are compared by their words as they are written, layout and comments aside, and by all that
// they name: params (by the value in force), lets, tables, windows, approvals, counters and data.
// A matrix is compared cell by cell, a limit step by step. Where the words of a statement are in
// another order, that is a difference: better a rule too many than one that goes unnoticed.
//
// Covered by tests/unit/engine/rule_changes_test.cpp and tests/golden/compare.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proviso/policy.h"

namespace proviso {

enum class Difference : std::uint8_t { added, removed, differs };

struct RuleChange {
    Difference difference = Difference::differs;
    std::optional<std::uint32_t> before;  ///< into Policy::rules() of the one
    std::optional<std::uint32_t> after;   ///< of the other
    /// What the rule names, by itself or in turn, that differs; by name.
    std::vector<std::string> through;
};

/// Another statement that decisions hang on, by its own words: an approval, a role, a bind (by the
/// people that it names, from data too), data, a tool, a let …
struct StatementChange {
    Difference difference = Difference::differs;
    std::string what;  ///< "role support_lead"
    std::string file;  ///< of the later policy; of the earlier one where it is removed
    std::uint32_t line = 0;
    /// Whether it says who may act or approve: an approval, a role, a bind, `authority`; or data,
    /// that people may be bound from.
    bool says_who = false;
    /// Of a bind: who holds the role only by the later policy, and only by the earlier one; sorted.
    std::vector<std::string> people_added;
    std::vector<std::string> people_removed;
};

struct SetChanges {
    std::vector<RuleChange> rules;            ///< by kind and name; removed ones last
    std::vector<StatementChange> statements;  ///< those that say who, then by `what`
};

/// None where both have the same hash.
[[nodiscard]] SetChanges changes_between(const Policy& before, const Policy& after);

}  // namespace proviso
