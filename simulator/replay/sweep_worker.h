// One thread's part of a sweep: a call that the replay has just decided, by every candidate.
//
// The first candidate takes over what the replay's session has read, the others what that one goes
// by (engine/observed.h). Covered by tests/unit/simulator/sweep_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/observed.h"
#include "simulator/figures/money.h"
#include "simulator/replay/lanes.h"
#include "simulator/replay/line_at_hand.h"
#include "simulator/replay/options.h"
#include "simulator/report/report.h"
#include "simulator/report/sweep.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Setup;

/// Sums of one way of deciding.
struct SweepSums {
    SweepCounts counts;  // but for money
    struct Money {
        ExactSum sum;
        std::uint64_t calls = 0;
    };
    std::map<std::uint32_t, Money> money;  // by packed currency
};

/// Everything is a sum, as in tally.h.
struct SweepTally {
    SweepSums shared;  ///< of calls that all candidates decide alike
    std::vector<SweepSums> recorded;
    std::vector<std::array<SweepSums, 2>> closed;  ///< where calls are counted
    std::uint64_t rejected = 0;
    std::optional<std::int64_t> first;  ///< µs
    std::optional<std::int64_t> last;
    std::uint64_t untimed = 0;
};
void merge(SweepTally& tally, const SweepTally& other);
[[nodiscard]] SweepReport sweep_report(const SweepTally& tally, const Options& options);

/// A call that `read` decided last.
struct SweepCall {
    Session& read;
    LineAtHand& line;
    std::uint64_t place = 0;
    /// By the baseline, or without one by the policy as it is.
    Verdict before;
    std::optional<observed::Amount> amount;
    Happened happened;
};

class SweepWorker {
  public:
    /// Engines of the candidates; they and the setup outlive it.
    SweepWorker(const std::deque<Engine>& engines, const Setup& setup);

    /// What the candidates' decisions add to the digest.
    std::uint64_t add(const SweepCall& call);
    [[nodiscard]] const SweepTally& tally() const noexcept { return tally_; }
    /// For a checkpoint: what the loops remember. The tally is saved with that of the other
    /// workers, and the rest is of the call at hand.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        for (auto& loop : it.loops_) visit(loop);
    }

  private:
    void decide(const SweepCall& call);
    std::uint64_t count(const SweepCall& call);
    void remember(const SweepCall& call, std::uint64_t& token);
    void add_time(const SweepCall& call);

    const Setup& setup_;
    std::vector<Session> sessions_;
    std::vector<Verdict> verdicts_;
    std::vector<ClosedLoop> loops_;  // where calls are counted
    std::vector<bool> confirms_;     // likewise
    SweepTally tally_;
};

}  // namespace proviso::simulator
