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

namespace proviso::decide {

struct PlanView {
    std::span<const bytecode::Entry> allows;
    std::span<const bytecode::Entry> restrictions;
    bytecode::Range allow_switches;
    bytecode::Range restriction_switches;
    std::span<const std::uint32_t> default_matrices;
    std::span<const std::uint32_t> matrices;
    std::span<const std::uint32_t> raises;
    std::span<const std::uint32_t> grants;
    std::span<const std::uint64_t> granting_roles;  // roles that grant without a condition
};

[[nodiscard]] PlanView view(const bytecode::Program& program, const bytecode::Plan& plan);

/// Plans of names outside an open catalogue: patterns are matched once a name and stage, and the
/// result is remembered for a bounded number of them.
class UnlistedPlans {
  public:
    UnlistedPlans(const bytecode::Program& program, std::size_t remembered);
    [[nodiscard]] PlanView view(std::string_view tool, std::uint32_t stage);

  private:
    struct Plan {
        std::vector<bytecode::Entry> allows;
        std::vector<bytecode::Entry> restrictions;
        std::vector<std::uint32_t> default_matrices;
        std::vector<std::uint32_t> matrices;
        std::vector<std::uint32_t> raises;
        std::vector<std::uint32_t> grants;
    };
    [[nodiscard]] Plan make(std::string_view tool, std::uint32_t stage) const;
    [[nodiscard]] bool matches(std::uint32_t patterns, std::string_view tool) const;

    const bytecode::Program* program_;
    std::size_t remembered_;
    std::unordered_map<std::string, Plan> plans_;
    std::string key_;
};

}  // namespace proviso::decide
