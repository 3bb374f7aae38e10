// Calls that have all alike that is counted of them (tool, decisions with the rules that took part,
// what the history says of them) are of one *kind*: a kind is made once, its calls are counted by a
// number, and added to the tally when that is asked for.
//
// What differs from call to call (times, answers, intents, samples) is counted beside it, call by
// call. Kinds are bounded: at the bound all are added to the tally, and made anew.
// Covered by tests/unit/simulator/replay/call_kinds_test.cpp and replay_threads_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/observed.h"
#include "simulator/figures/money.h"
#include "simulator/figures/requests.h"
#include "simulator/replay/comparison.h"
#include "simulator/replay/ledger.h"
#include "simulator/replay/tally.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Setup;
struct Side;

/// What one policy decides.
struct KindDecision {
    Verdict verdict;
    std::vector<Session::Part> parts;
    const std::vector<Outcome>* effects = nullptr;  ///< of its rules, at the stage of the calls
    std::uint64_t token = 0;                        ///< in the digest
    std::uint64_t shape_hash = 0;                   ///< where it gates
    RequestShape shape;
};

/// Amounts, and what they are counted in.
struct KindAmounts {
    bool in_figures = false;
    bool in_comparison = false;
    AmountSum sum;
};

struct CallKind {
    std::string tool;                   ///< as the history names it
    std::optional<std::size_t> number;  ///< of the tool, in the policy
    KindDecision policy;
    std::optional<KindDecision> baseline;
    std::optional<FactTally::Lack> lack;  ///< where the form is right
    bool outcome_told = false;
    std::optional<Outcome> outcome;  ///< as recorded
    HashedName outcome_word;         ///< where that cannot be read
    bool human_told = false;
    std::optional<HumanVerdict> human;
    HashedName workflow;
    std::optional<bool> escalated;
    std::uint64_t id_part = 0;  ///< of what tells calls of one id apart: tool and stage
    Change change = Change::none;
    std::vector<std::uint32_t> causes;    ///< of the change
    std::vector<std::uint32_t> deciding;  ///< rules of the policy that the outcome is put down to
    std::vector<std::uint32_t> asked;     ///< as RequestTimes has them

    // Since they were added to the tally:
    std::uint64_t calls = 0;
    std::vector<KindAmounts> amounts;

    void add_amounts(const AmountSum& sum, bool in_figures, bool in_comparison);
};

/// A call that was just decided, as far as its kind goes. Words as the line has them.
struct KindSource {
    Session& session;
    const Verdict& verdict;
    Session* baseline = nullptr;
    const Verdict* before = nullptr;
    std::string_view tool_raw;
    std::string_view tool;
    std::string_view outcome_raw;
    std::string_view human_raw;
    std::string_view workflow_raw;
    std::optional<bool> escalated;
};

class CallKinds {
  public:
    /// Adds to `tally`; both outlive it.
    CallKinds(const Setup& setup, Tally& tally);

    /// Stays until the next call.
    [[nodiscard]] CallKind& of(const KindSource& call);
    /// Adds to the tally all calls that were counted since it did.
    void spread();
    /// Who counts calls beside the kinds is asked for them.
    void before_spread(std::function<void()> ask) { before_spread_ = std::move(ask); }
    /// Forgets all kinds, once their calls are in the tally.
    void clear();
    /// Grows whenever kinds are forgotten.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
    /// Whether the kind stays until kinds are forgotten.
    [[nodiscard]] bool keeps(const CallKind& kind) const { return !odd_ || &kind != &*odd_; }
    [[nodiscard]] RequestTimes& times() noexcept { return times_; }
    /// Where a gate's calls of the kind are counted.
    [[nodiscard]] RuleAtTool gate_place(const CallKind& kind, std::uint32_t rule) const;

    /// Kinds that are told apart at once, and bytes of what tells them apart.
    static constexpr std::size_t most_kinds = 8192;
    static constexpr std::size_t most_bytes = 4U << 20;

  private:
    void write_key(const KindSource& call);
    void write_decision(Session& session, const Verdict& verdict, RequestShapes& shapes);
    [[nodiscard]] CallKind make(const KindSource& call);
    [[nodiscard]] KindDecision decision_of(Session& session, const Verdict& verdict,
                                           const Side& side, RequestShapes& shapes) const;
    void count(CallKind& kind);
    void count_line(const CallKind& kind);
    void count_comparison(const CallKind& kind);
    void count_workflow(const CallKind& kind);
    void count_rules(const CallKind& kind);
    void count_requests(const CallKind& kind);
    static void add_money_of(MoneyByOutcome& money, const CallKind& kind);

    const Setup& setup_;
    Tally& tally_;
    RequestShapes shapes_;
    std::optional<RequestShapes> baseline_shapes_;
    RequestTimes times_;
    struct Kept {
        std::uint64_t hash = 0;
        std::string key;
        CallKind kind;
    };
    std::vector<std::unique_ptr<Kept>> kept_;
    std::vector<std::uint32_t> slots_;  // of a table by hash: 0, or the place in `kept_` and 1
    std::size_t bytes_ = 0;             // of the keys
    std::uint64_t generation_ = 1;
    std::function<void()> before_spread_;
    std::string key_;              // of the call at hand
    std::optional<CallKind> odd_;  // of the last call with a key too long to be kept
    std::string scratch_;
    FactTally::Lack lack_;  // of the call at hand
    bool has_lack_ = false;
};

}  // namespace proviso::simulator
