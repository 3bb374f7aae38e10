// Limits and counters in a replay: what they count, in two modes side by side.
//
// *Recorded*: what the history says was carried out, whatever the policy decides. Each decision is
// right for a world in which everything else went as it did. *Closed loop*: what the policy itself
// would have let through; of the calls that it gates, those that people approved, and where nobody
// said anything, all of them in one lane and none in the other. A call whose outcome differs
// between these two is path-dependent: nobody can know what would have come of it.
//
// Each lane is an engine with a store of its own in memory, and calls are decided in the order of
// time, on one thread. A policy without limits and counters needs none of this.
// Covered by tests/unit/simulator/lanes_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/replay/line_at_hand.h"
#include "simulator/report/report.h"
#include <proviso/engine.h>

namespace proviso::simulator {

/// What the history says of a call.
struct Happened {
    std::optional<Outcome> outcome;
    std::optional<HumanVerdict> verdict;
    std::optional<ResultStatus> status;

    /// Whether it was carried out; a call that says nothing was, or it would be in no log of calls.
    [[nodiscard]] bool ran() const;
    [[nodiscard]] bool is_told() const { return outcome || verdict || status; }
};

/// One policy with a store of its own.
class Lane {
  public:
    Lane(const PolicyPtr& policy, const EngineOptions& options);

    /// The call of the line, which `read` decided last.
    Verdict decide(Session& read, const Layout& layout, LineAtHand& line);
    /// The last call went through.
    void count(std::uint64_t place);
    [[nodiscard]] const Session& session() const { return session_; }
    /// For a checkpoint: what the store remembers; a session keeps nothing from call to call.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [engine, session, confirms] = it;
        visit(engine->store());
    }

  private:
    std::unique_ptr<Engine> engine_;
    Session session_;
    bool confirms_;
};

/// Counts the last call of a session as carried out. `confirms`: the policy has counters, which
/// trust what is confirmed alone.
void count_as_run(Session& session, bool confirms, std::uint64_t place);

/// What a policy decides where what it lets through counts: with all open questions approved, and
/// with all rejected.
class ClosedLoop {
  public:
    ClosedLoop(const PolicyPtr& policy, const EngineOptions& options);

    struct Bounds {
        Verdict approved;
        Verdict rejected;
        [[nodiscard]] bool differ() const { return approved.outcome != rejected.outcome; }
    };
    /// The call of the line, which `read` decided last.
    Bounds decide(Session& read, const Layout& layout, LineAtHand& line, std::uint64_t place,
                  const Happened& happened);
    [[nodiscard]] const Session& approved() const { return approved_.session(); }
    [[nodiscard]] const Session& rejected() const { return rejected_.session(); }
    /// Gates of the lane that approves all: answered by people, and by the bound alone.
    [[nodiscard]] std::uint64_t answered() const noexcept { return answered_; }
    [[nodiscard]] std::uint64_t unanswered() const noexcept { return unanswered_; }
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [approved, rejected, answered, unanswered] = it;
        visit(approved, rejected, answered, unanswered);
    }

  private:
    Lane approved_;
    Lane rejected_;
    std::uint64_t answered_ = 0;
    std::uint64_t unanswered_ = 0;
};

/// Counts a call's decisions in one mode; `before` is null without a baseline.
void add(MemoryMode& mode, const Verdict* before, const Verdict& after);

}  // namespace proviso::simulator
