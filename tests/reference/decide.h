// The reference: a second evaluator of a checked set, slow and obvious, written from
// docs/language.md and sharing no code for evaluation, arithmetic, time or binding with the engine.
// tests/laws holds both against each other.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/source.h"
#include "proviso/limits.h"
#include "tests/reference/approvals.h"
#include "tests/reference/json.h"
#include "tests/reference/memory.h"
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
    std::multiset<std::tuple<std::string, std::string>> gates;  // not open: rule, role or approval
    std::set<std::string> open_gates;
    std::multiset<std::tuple<std::string, std::string, std::int64_t>> reviews;  // …, within
    std::multiset<Duty> obligations;
    std::set<std::string> undeclared_roles;
    std::set<std::string> granted_by;
    bool repeat = false;
    std::string rejected_by;
    std::set<std::size_t> heard;  // approvals that reject, by someone who counts
    /// Of each limit that the call is part of: name, and its totals before and with the call.
    std::set<std::tuple<std::string, std::string, std::string>> totals;
    /// Of each approval that came, for each gate that is asked for: why it does not count.
    std::map<std::string, std::vector<std::set<Uncounted>>> uncounted;
    /// As plan.h tells it, of a call in good form; nothing where no approval can be for it.
    std::optional<std::string> plan;
};

struct Inputs {
    const check::PolicySet& set;
    const grammar::SourceMap& sources;
    std::set<std::string> duties;  // that the host registered
    Limits limits;
    /// Counts quantifiers that are past their budget with the lists inside them alone. Where a
    /// member decides before these are visited, they may have a value all the same.
    std::size_t* near_budget = nullptr;
};

/// `call` is one document, as `Layout::native` reads it. Nothing is remembered.
[[nodiscard]] Decision decide(const Inputs& inputs, const Json& call);

// ---------------------------------------------------------------- between calls

/// A call id that was bound, with what its call got.
struct Known {
    std::optional<std::string> plan;
    Decision answer;
    State state = State::pending;
};

struct Rejection {
    std::string plan;
    std::string by;
    std::int64_t until = 0;
    bool sure = true;  // whoever it is surely could have approved
};

struct Halt {
    std::string kind;  // "everything", "tool", "agent", "workflow", "principal"
    std::string name;  // of a tool a glob

    friend auto operator<=>(const Halt&, const Halt&) = default;
};

/// Everything that is remembered. Nothing is ever dropped from it.
struct Memory {
    Events events;
    std::map<std::string, Known> ids;
    std::vector<Rejection> rejections;
    std::set<Halt> halts;
    std::map<std::string, std::string> plans;  // by the hash that somebody gave to it

    /// What the host reports; false where it is not taken.
    bool confirm(const std::string& id);
    bool cancel(const std::string& id);
};

enum class Ask { decide, preview };
[[nodiscard]] Decision decide(const Inputs& inputs, const Json& call, Memory& memory, Ask ask);
/// The plan of a call, if it has one: to tell `Memory::plans` of its hash.
[[nodiscard]] std::optional<std::string> plan_of(const Inputs& inputs, const Json& call);

}  // namespace proviso::reference
