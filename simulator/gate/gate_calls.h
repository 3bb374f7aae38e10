// Calls that a gate's bounds may be broken by: of each kind the first ones of the history, so that
// a broken bound names its calls whatever the threads and the size of the blocks.
//
// Covered by tests/cli/gate_calls_test.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/history/placing.h"
#include "simulator/report/counts.h"

namespace proviso::simulator {

/// Calls of one kind that are kept.
inline constexpr std::size_t gate_calls_kept = 20;

enum class GateCause : std::uint8_t {
    unknown,        ///< missing data decided
    lacks,          ///< the same, by the name of what is missing
    unfaithful,     ///< the baseline decides otherwise than was recorded
    newly_allowed,  ///< against the baseline, or what was recorded; so are those below
    newly_blocked,
    looser,
    tighter
};

/// In a block: the line from 0, no file.
struct GateCall {
    std::string file;
    std::uint64_t line = 0;
    std::uint32_t call = 0;  ///< as in HistoryPlace
    std::string id;          ///< of its receipt, cut; may be empty
};

class GateCalls {
  public:
    /// Whether another call of the kind would be kept.
    [[nodiscard]] bool has_room(GateCause cause, std::string_view name = {}) const;
    void add(GateCause cause, GateCall call, std::string_view name = {});
    /// Sets the calls of the next block behind these.
    void join(const GateCalls& block, const Placing& place);
    /// "file:line, id", in the order of the history; at most `gate_calls_kept`.
    [[nodiscard]] std::vector<std::string> told(GateCause cause, std::string_view name = {}) const;

    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [calls] = it;
        visit(calls);
    }

  private:
    using Key = std::pair<std::uint8_t, std::string>;
    std::map<Key, std::vector<GateCall>> calls_;
};

/// Of a call whose outcome was the one and is the other.
[[nodiscard]] std::vector<GateCause> causes_between(Outcome before, Outcome after);

}  // namespace proviso::simulator
