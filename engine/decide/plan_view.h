// What is tried for a call: the plan of a tool of the catalogue, or one made for a name outside it.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/vm/image.h"

namespace proviso::decide {

/// What every call reads comes first: it fits one line of a cache.
struct alignas(64) PlanView {
    /// Of `allows` and `restrictions`; empty where they are tried one by one.
    std::span<const vm::RuleIndex> indices;
    bytecode::Range allow_switches;
    bytecode::Range restriction_switches;
    /// Whether there is nothing to try one by one: no switches, and no rules without an index.
    bool indices_are_all = false;
    bool has_raises = false;
    bool has_matrices = false;  // that are not defaults

    std::span<const std::uint32_t> raises;
    std::span<const std::uint32_t> default_matrices;
    std::span<const std::uint32_t> matrices;
    std::span<const std::uint32_t> grants;
    std::span<const std::uint32_t> limits;
    std::span<const std::uint32_t> counters;        // that count the call
    std::span<const std::uint32_t> reads;           // counters that conditions read
    std::span<const std::uint64_t> granting_roles;  // roles that grant without a condition
    std::span<const bytecode::Entry> allows;
    std::span<const bytecode::Entry> restrictions;
};

/// The plans of the catalogue, found by tool and stage.
class ListedPlans {
  public:
    explicit ListedPlans(const vm::Image& image);
    /// Null where the tool has no such stage.
    [[nodiscard]] const PlanView* find(std::uint32_t tool, std::uint32_t stage) const {
        const std::uint32_t plan = plan_numbers_[std::size_t{tool} * stages + stage];
        return plan == bytecode::none ? nullptr : &plans_[plan];
    }
    /// How many indices one plan has at most.
    [[nodiscard]] std::size_t most_indices() const { return most_indices_; }

  private:
    static constexpr std::size_t stages = 5;
    std::vector<std::uint32_t> plan_numbers_;  // by tool, then stage; none where it has no such one
    std::vector<PlanView> plans_;              // as Program::plans
    std::size_t most_indices_ = 0;
};

/// Plans of names outside an open catalogue: patterns are matched once a name and stage, and the
/// result is remembered for a bounded number of them.
class UnlistedPlans {
  public:
    UnlistedPlans(const bytecode::Program& program, std::size_t remembered);
    /// Valid till the next call.
    [[nodiscard]] const PlanView* find(std::string_view tool, std::uint32_t stage);

  private:
    struct Plan {
        std::vector<bytecode::Entry> allows;
        std::vector<bytecode::Entry> restrictions;
        std::vector<std::uint32_t> default_matrices;
        std::vector<std::uint32_t> matrices;
        std::vector<std::uint32_t> raises;
        std::vector<std::uint32_t> grants;
        std::vector<std::uint32_t> limits;
        std::vector<std::uint32_t> counters;
        std::vector<std::uint32_t> reads;
    };
    [[nodiscard]] Plan make(std::string_view tool, std::uint32_t stage) const;
    [[nodiscard]] bool matches(std::uint32_t patterns, std::string_view tool) const;

    const bytecode::Program* program_;
    std::size_t remembered_;
    std::unordered_map<std::string, Plan> plans_;
    std::string key_;
    PlanView found_;
};

}  // namespace proviso::decide
