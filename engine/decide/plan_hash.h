// The plan of a call: what an approval is for. Its hash changes with everything that a person who
// approves has looked at; docs/approvals.md defines it, so that others can compute it.
//
//     SHA-256("proviso-plan-1" + {"agent.id":…,"args":{…},"attributes":{…},"call_id":…,…})
//
// Covered by tests/unit/engine/decide/plan_hash_test.cpp, against vectors that a Python program of
// its own computes (tests/unit/engine/decide/plan_vectors.py).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/bound.h"
#include "engine/decide/canonical_json.h"
#include "engine/model/sha256.h"

namespace proviso::decide {

/// A plan's hash. Where something in the plan has no canonical form, it is not known: the digest
/// then tells two such calls apart by what can be told, and no approval is for it.
struct PlanHash {
    bool known = false;
    model::Digest digest{};
    std::string_view name;   // "customer.tier", "args.note"
    std::string_view cause;  // "wrong type"
};

/// For the calls of one program. Allocates nothing once warm, but for times, addresses and dates.
class PlanHasher {
  public:
    explicit PlanHasher(const bytecode::Program& program);
    PlanHasher(const PlanHasher&) = delete;
    PlanHasher& operator=(const PlanHasher&) = delete;

    /// `bound` has no form error.
    [[nodiscard]] PlanHash of(const Bound& bound);
    /// What was hashed last, without the word before it.
    [[nodiscard]] const std::string& json() const { return json_; }

  private:
    /// An argument: declared, or as it came.
    struct Argument {
        std::string_view name;
        const bytecode::Argument* typed = nullptr;
        const RawArgument* raw = nullptr;
    };

    void add_call(const Bound& bound);
    void add_word(std::string_view name, const Bound& bound, bytecode::Builtin slot);
    void add_arguments(const Bound& bound);
    void add_argument(const Bound& bound, const Argument& argument);
    /// An object of what the host tells of these slots.
    void add_told(const Bound& bound, const std::vector<std::uint32_t>& slots);
    void add_facts(const Bound& bound);
    void add_unknown(const Bound& bound);
    void add_name(std::string_view name, bool& first);
    void add_typed(model::TypeId type, const model::Value& value);
    void add_record(const model::Type& type, const model::Value& value);
    void add_list(const model::Type& type, const model::Value& value);
    void collect(const Bound& bound);
    /// Something of `at_` that has no canonical form.
    void fault(std::string_view cause);

    const bytecode::Program& program_;
    std::vector<std::uint32_t> attributes_;           // slots that count, by path
    std::vector<std::uint32_t> facts_;                // the same of facts and their keys
    std::vector<std::uint32_t> told_;                 // both
    std::vector<std::vector<std::uint32_t>> fields_;  // of each type, by name
    std::vector<Argument> arguments_;
    model::Sha256 hash_;
    std::string json_;
    CanonicalJson out_;
    PlanHash result_;
    std::string_view at_;  // what is being written
};

}  // namespace proviso::decide
