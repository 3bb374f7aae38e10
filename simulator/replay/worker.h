// One thread's part of a replay: the lines of a block to decisions, counts, a digest and samples.
//
// Per line nothing is allocated; the full decision, which allocates, is asked for only where it is
// shown or where missing data decided.
// Covered by tests/unit/simulator/replay_threads_test.cpp.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/observed.h"
#include "engine/observed_effects.h"
#include "engine/snapshot.h"
#include "simulator/figures/amounts.h"
#include "simulator/gate/gate_calls.h"
#include "simulator/history/blocks.h"
#include "simulator/history/digest.h"
#include "simulator/mapping/json_hash.h"
#include "simulator/mapping/line.h"
#include "simulator/mapping/mapping.h"
#include "simulator/replay/call_kinds.h"
#include "simulator/replay/cell_calls.h"
#include "simulator/replay/change_samples.h"
#include "simulator/replay/decision_line.h"
#include "simulator/replay/figure_counter.h"
#include "simulator/replay/lanes.h"
#include "simulator/replay/line_at_hand.h"
#include "simulator/replay/line_kinds.h"
#include "simulator/replay/line_plans.h"
#include "simulator/replay/repeated_ids.h"
#include "simulator/replay/sample.h"
#include "simulator/replay/shown_args.h"
#include "simulator/replay/sweep_worker.h"
#include "simulator/replay/tally.h"
#include "simulator/replay/unread.h"
#include <proviso/engine.h>

namespace proviso::simulator {

inline constexpr std::size_t bad_lines_shown = 20;

/// What a rule adds to a call's digest token: unsure or sure, the same on trial.
using RuleTokens = std::array<std::uint64_t, 4>;
/// Of a decision; `tokens` by index into its policy's rules.
[[nodiscard]] std::uint64_t digest_token(const Verdict& verdict,
                                         const std::vector<Session::Part>& parts,
                                         const std::vector<RuleTokens>& tokens);

/// Which bounds of a gate a call of the kind counts for, missing data aside.
[[nodiscard]] std::vector<GateCause> gate_causes(const CallKind& kind);

/// A policy as a replay needs it.
struct Side {
    PolicyPtr policy;
    std::vector<RuleTokens> tokens;  ///< by index into Policy::rules()
    observed::StageEffects effects;
    observed::FactReads reads;
    std::vector<AmountChoice> amounts;  ///< by index into Policy::tools()

    /// By index into Policy::rules(), at the stage of the last call.
    [[nodiscard]] const std::vector<Outcome>& effects_of(const Session& session) const {
        return effects[observed::stage_of(session)];
    }
};
/// `amounts` as in Options.
[[nodiscard]] Side side_of(PolicyPtr policy, const std::vector<std::string>& amounts);

/// What all threads read. Made once a run.
struct Setup {
    Side policy;
    std::optional<Side> baseline;
    Mapping mapping;
    Layout layout;
    const LayoutField* time = nullptr;  ///< of `mapping`; null: no time is read
    std::size_t line_bytes = 0;
    std::size_t samples = 0;
    std::uint64_t seed = 0;
    std::size_t cell_calls = 0;       ///< as in Options
    std::vector<std::string> intent;  ///< as in Options
    ShownArgs shown_args;
    bool write_decisions = false;
    bool write_changes = false;
    /// A policy has limits or counters: calls are decided in order, by one worker.
    bool remembers = false;
    std::int64_t longest_us = 0;  ///< that one looks back
    EngineOptions engine;
    bool has_gate = false;
    std::map<std::string, std::size_t, std::less<>> pins;  ///< receipt id → GateBounds::calls
};

/// What need not be noted any more: the largest key of a sample still kept in the whole run, which
/// only ever sinks, and the like.
struct SampleThresholds {
    std::array<std::atomic<std::uint64_t>, outcome_count> outcomes;
    std::atomic<std::uint64_t> ids = 0;  ///< IdSet::passed_over
    FullCells full;
};

/// Lines of a block, and how many of them are calls.
struct LineCounts {
    std::uint64_t lines = 0;
    std::uint64_t calls = 0;
};

/// A time that is hardly meant.
struct OddTime {
    CallPlace place;      ///< in a block the line alone
    std::string raw;      ///< cut
    std::string read_as;  ///< empty where it is no time
};

/// What has to be joined in the order of the history.
struct BlockResult {
    std::uint64_t index = 0;
    std::size_t file = 0;
    std::uint64_t bytes_read = 0;
    std::uint64_t lines = 0;
    std::uint64_t calls = 0;
    std::uint64_t bad = 0;
    std::vector<Origin> origins;                  ///< as of the block
    std::map<std::uint32_t, LineCounts> by_file;  ///< where there are origins
    Digest digest;
    std::vector<BadLine> bad_lines;  ///< the first ones; lines from 0, within the block
    std::array<Reservoir, outcome_count> samples;
    ChangeSamples changes;
    CellKeeper cells;
    DecisionLines decisions;
    DecisionLines changed;
    FigureEvents figures;
    GateCalls gate_calls;
    BlockIds ids;
    std::optional<OddTime> odd_time;  ///< the first one
    std::vector<PinFound> pinned;     ///< lines from 0, within the block; no file
    std::optional<BadLine> disorder;  ///< the line that ended the run: earlier than those before
};

/// Of the policy, of the baseline if there is one, and of each candidate of a sweep.
struct Engines {
    Engine policy;
    std::optional<Engine> baseline;
    std::deque<Engine> candidates;
};

class Worker {
  public:
    Worker(const Engines& engines, const Setup& setup, const SampleThresholds& thresholds);

    [[nodiscard]] BlockResult replay(const Block& block);
    /// Of all blocks so far; while none is under way.
    [[nodiscard]] const Tally& tally();
    /// Null where nothing is swept.
    [[nodiscard]] const SweepTally* sweep() const { return sweep_ ? &sweep_->tally() : nullptr; }
    /// Null where the policies remember nothing.
    [[nodiscard]] const MemoryReplay* memory();
    /// For a checkpoint: what is kept of earlier calls beside the tally.
    void save(model::Saver& saver) const;
    void load(model::Loader& loader);
    /// Which keys of a limit came first goes by all calls so far.
    void go_on_with(CapTally caps) { tally_.figures.caps = std::move(caps); }

  private:
    void replay_text(const Block& block);
    void replay_lines(const Block& block);
    void line(std::uint64_t place);
    void part(const Origin& origin, std::uint64_t place);
    void blank();
    void skipped();
    void count_origin(std::uint64_t calls_before);
    void decide(std::uint64_t place);
    void decided(const Verdict& verdict, std::uint64_t place);
    [[nodiscard]] bool count_line(LinePlans& plans, std::uint64_t place);
    [[nodiscard]] bool is_shown(const KnownCalls& known, std::uint64_t place,
                                const std::optional<observed::Amount>& amount) const;
    [[nodiscard]] std::optional<std::uint64_t> intent_of(LinePlans& plans, std::uint64_t tool,
                                                         std::uint64_t place);
    void add_intents();
    [[nodiscard]] CallKind& kind_of(std::string_view raw, std::string_view tool,
                                    const Verdict& verdict, const Verdict* before);
    void look_into(std::string_view tool);
    [[nodiscard]] std::optional<Outcome> recorded_outcome();
    [[nodiscard]] Verdict decide_before(std::uint64_t intent);
    void compare(std::string_view tool, std::uint64_t place, std::uint64_t intent,
                 const CallKind& kind, const std::optional<observed::Amount>& amount);
    [[nodiscard]] std::optional<HumanVerdict> recorded_verdict();
    [[nodiscard]] std::optional<ResultStatus> recorded_status();
    [[nodiscard]] bool in_order();
    void sweep(std::uint64_t place, const Verdict& before);
    void remember(std::uint64_t place, const Verdict* before, const Verdict& after);
    [[nodiscard]] std::uint64_t intent_or_place(std::string_view tool, std::uint64_t place);
    [[nodiscard]] std::optional<std::uint64_t> intent_of(std::string_view tool);
    [[nodiscard]] std::uint64_t arguments_hash();
    std::optional<observed::Amount> add_amount(CallKind& kind);
    void keep_change(std::string_view tool, const ChangeToChoose& call);
    void write_change(std::string_view tool, Change change, const Verdict& before,
                      const Verdict& after);
    void count_missing();
    void keep_sample(std::string_view tool, std::uint64_t place, const Verdict& verdict);
    [[nodiscard]] Sample sample(std::string_view tool);
    [[nodiscard]] bool wants_sample(Outcome outcome, std::uint64_t place) const;
    void keep_cell(std::string_view tool, const CallKind& kind);
    [[nodiscard]] bool wants_cell(const CallKind& kind) const;
    void keep_gate_calls(const CallKind& kind);
    [[nodiscard]] std::string receipt_id();
    void look_for_pin(const Verdict& verdict);
    void note_id(std::string_view raw, std::uint64_t part, std::optional<std::int64_t> time);
    void note_id(const LinePlans& plans, std::uint64_t part, std::optional<std::int64_t> time);
    void note_plain_id(std::string_view id, std::uint64_t part, std::optional<std::int64_t> time);
    void look_at_time(std::optional<std::int64_t> time, bool looked_into);
    void write_decision(std::string_view tool, const Verdict& verdict);
    void bad(std::string reason);
    const Decision& full_decision();
    [[nodiscard]] std::string no_tool(std::string_view raw) const;

    const Setup& setup_;
    const SampleThresholds& thresholds_;
    Session session_;
    std::optional<Session> baseline_;
    LineAtHand line_;
    LinePlans* plans_ = nullptr;  // that the line at hand was decided by
    LineReader reader_;
    JsonHasher hasher_;
    UnreadFinder unread_;
    /// What is kept of earlier calls.
    struct Memory {
        explicit Memory(const Setup& setup);
        ClosedLoop policy;
        std::optional<ClosedLoop> baseline;
        bool policy_confirms = false;
        bool baseline_confirms = false;
        std::optional<std::int64_t> first;
        std::optional<std::int64_t> last;
        bool warming_up = false;  // the line at hand
        MemoryReplay sums;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [policy, baseline, policy_confirms, baseline_confirms, first, last, warming_up,
                   sums] = it;
            visit(policy, first, last, sums);
            if (baseline) visit(*baseline);
        }
    };
    std::optional<Memory> memory_;
    std::optional<SweepWorker> sweep_;
    Tally tally_;
    CallKinds kinds_;
    FigureCounter figures_;
    std::optional<LineKinds> line_kinds_;  // where lines may be counted without being decided
    struct PendingIntent {
        std::uint64_t hash = 0;
        std::size_t before = 0;
        std::size_t after = 0;
    };
    std::vector<PendingIntent> intents_;  // that their memory is fetched for
    BlockResult result_;
    std::optional<Decision> decision_;  // of the line at hand, where it was asked for
    std::string tool_scratch_;
    std::string scratch_;
};

}  // namespace proviso::simulator
