// The statements of a compiled set as their author wrote them: words without layout and comments,
// and the names among them. Read from the sources that a set keeps, so of a compiled file as well.
//
// Covered by tests/unit/engine/rule_changes_test.cpp and tests/golden/compare.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "proviso/policy.h"

namespace proviso::engine {

/// Words, each ended by '\n', and what they may name.
struct Words {
    std::string text;
    std::set<std::string, std::less<>> names;

    void add(const Words& other);
};

/// Where a statement stands; `line` from 1, 0 where that is not known. Of data: the path of their
/// file, and no line.
struct WrittenStatement {
    Words words;
    std::string file;
    std::uint32_t line = 0;
    std::set<std::string> people;  ///< that a bind names, from data too
};

struct SetWords {
    std::vector<Words> rules;  ///< by index into Policy::rules()
    /// What expressions and clauses name: params with the value in force, lets, tables, windows,
    /// approvals, counters, data.
    std::map<std::string, Words, std::less<>> named;
    /// All but rules, by what it is: "role support_lead". Several of one role or party are one. A
    /// bind is of the people that it names, data of what their file came to.
    std::map<std::string, WrittenStatement> others;
};

/// Names outside the set, such as arguments, are among `Words::names` too.
[[nodiscard]] SetWords words_of(const Policy& policy);

}  // namespace proviso::engine
