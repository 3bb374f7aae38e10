// The reference: a second evaluator of a checked set, slow and obvious, written from
// docs/language.md and sharing no code for evaluation, arithmetic, time or binding with the engine.
// tests/laws holds both against each other.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/source.h"
#include "proviso/limits.h"
#include "tests/reference/json.h"
#include "tests/reference/value.h"

namespace proviso::reference {

enum class Outcome { allow, notify, gate, block };

/// A rule, cell or default that took part.
struct Part {
    std::string name;
    std::string kind;  // "rule", "matrix_cell", "default_cell", "default"
    Outcome effect = Outcome::block;
    bool sure = true;
    std::string role;
    std::int64_t within_seconds = 0;

    friend auto operator<=>(const Part&, const Part&) = default;
};

struct Duty {
    std::string name;
    std::string rule;
    std::vector<std::string> arguments;  // names

    friend auto operator<=>(const Duty&, const Duty&) = default;
};

struct Decision {
    Outcome outcome = Outcome::block;
    Outcome best_case = Outcome::block;
    std::string reason;
    std::multiset<Part> base;
    std::multiset<Part> restrictions;
    std::multiset<Part> trials;
    MissingSet missing;
    std::multiset<std::tuple<std::string, std::string>> gates;                  // rule, role
    std::multiset<std::tuple<std::string, std::string, std::int64_t>> reviews;  // …, within
    std::multiset<Duty> obligations;
    std::set<std::string> undeclared_roles;
    std::set<std::string> granted_by;
};

struct Inputs {
    const check::PolicySet& set;
    const grammar::SourceMap& sources;
    std::set<std::string> duties;  // that the host registered
    Limits limits;
};

/// `call` is one document, as `Layout::native` reads it.
[[nodiscard]] Decision decide(const Inputs& inputs, const Json& call);

}  // namespace proviso::reference
