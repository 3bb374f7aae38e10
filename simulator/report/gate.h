// What a rollout must keep to, so that a build can refuse one: bounds on how calls change, how much
// is unknown, how well the baseline explains the history, and calls whose outcome is pinned.
//
// A gate file is YAML; docs/simulate.md describes it. A bound that nothing can be said of (no
// baseline and nothing recorded, a pinned call that never came) is not kept: it lacks evidence.
// gate/gate_file.h reads one, gate/gate_check.h holds a report against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <proviso/outcome.h>

namespace proviso::simulator {

/// A share in millionths: 99.5 % is 995'000.
enum class Share : std::uint32_t {};
inline constexpr std::uint32_t whole_share = 1'000'000;

/// A call, by the id of its receipt, and what the policy must decide of it.
struct PinnedCall {
    std::string id;
    Outcome outcome = Outcome::block;
};

/// A rule that must have taken part so often, in force.
struct PinnedRule {
    std::string name;
    std::uint64_t min_hits = 1;
};

struct RoleBound {
    std::string role;
    std::uint64_t most = 0;
};

/// All bounds are inclusive.
struct GateBounds {
    std::uint64_t min_calls = 1;
    std::uint64_t max_newly_allowed = 0;  ///< from gate or block to allow or notify
    std::optional<std::uint64_t> max_newly_blocked;
    std::optional<std::uint64_t> max_looser;
    std::optional<std::uint64_t> max_tighter;
    std::optional<Share> max_unknown;  ///< of calls that missing data decided, of all calls
    /// Of each value that rules read: of the calls that read it, those that its absence decided.
    std::optional<Share> max_decisive_unknown;
    /// Of each role: people of it that are asked for in one week, from Monday, 00:00 UTC. The bound
    /// of all roles, and those of single ones, which are instead of it.
    std::optional<std::uint64_t> max_approvals_per_week;
    std::vector<RoleBound> max_approvals_of;
    /// Of each role: of the approvals asked for, those that the forecast has answered too late.
    std::optional<Share> max_late_share;
    std::optional<Share> min_fidelity;  ///< of calls that the baseline decides as recorded
    std::vector<PinnedCall> calls;
    std::vector<PinnedRule> rules;
};

/// A pinned call as it came, each time that it came.
struct PinFound {
    std::size_t pin = 0;  ///< into GateBounds::calls
    Outcome outcome = Outcome::block;
    std::string file;
    std::uint64_t line = 0;
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call
};

enum class GateState : std::uint8_t { kept, broken, no_evidence };
[[nodiscard]] std::string_view name(GateState state);

struct GateCheck {
    std::string name;   ///< as in the gate file: "max_newly_allowed", "calls call-0007"
    std::string bound;  ///< as people read it: "at most 0", "gate"
    std::string found;  ///< "3", "99.2 %", "allow", "not in the history"
    GateState state = GateState::kept;
    std::vector<std::string> calls;  ///< some that break it: "file:line, id"
};

struct GateReport {
    std::vector<GateCheck> checks;

    [[nodiscard]] bool broken() const noexcept;
    [[nodiscard]] bool lacks_evidence() const noexcept;
};

}  // namespace proviso::simulator
