// A decision with memory: halt switches, call ids, and one step of the store around the rules.
//
// Where nothing is halted, and the set has no gate, limit or counter, none of this is gone through:
// the session looks at one number and decides by the rules alone.
//
// How a call goes through: halted? block. Ill formed? block, and nothing is read. Then, in one step
// of the store: the id is looked up; a repeat gets the answer that it got, an id with another plan
// is blocked; the parts below read what they need; the rules are evaluated; the parts tighten, or
// open gates. If the call is let through (allow, notify), the parts count it, its id is bound, and
// all of it is committed, or the call is a block because the store could not keep it.
//
// Covered by tests/golden/decide/store and tests/unit/engine/store_engine_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/bound.h"
#include "engine/decide/decider.h"
#include "engine/decide/store.h"
#include "proviso/decision.h"

namespace proviso::decide {

/// Whether decisions of the program depend on what is remembered.
[[nodiscard]] bool needs_store(const bytecode::Program& program);

/// The step that a call is decided in; null where the store cannot answer, and why.
struct InStep {
    Step* step = nullptr;
    Fault fault = Fault::none;
};

/// What takes part in a stateful decision beside the rules: totals of limits and counters.
/// One of each a session; called in this order. Approvals come after all of them, so that a limit's
/// gate can be opened.
class StatefulPart {
  public:
    virtual ~StatefulPart() = default;
    /// Whether it has something to say although nothing is remembered yet.
    [[nodiscard]] virtual bool speaks_first() const { return true; }
    /// Before the rules are evaluated: read what conditions need.
    virtual void before(const InStep& in, Bound& bound) = 0;
    /// Tightens the verdict, or opens gates. `decider` has just evaluated the rules.
    [[nodiscard]] virtual Verdict after(const InStep& in, Bound& bound, Decider& decider,
                                        Verdict verdict) = 0;
    /// The call is let through: what it adds.
    virtual void let_through(Step& step, const Bound& bound) = 0;
};

/// What a decision has that does not come from the rules.
struct StatefulNote {
    bool evaluated = true;    // false: the rules were not asked
    std::string detail;       // in words; empty: the rules' own
    std::string rejected_by;  // as it is remembered
    std::vector<Missing> missing;
};

class Stateful {
  public:
    explicit Stateful(StoreBackend& store) : store_(store) {}

    /// The halts that are on, if they changed: before each decision. Afterwards `plain` says that
    /// none is on.
    void follow_halts() {
        if (store_.halt_epoch().load(std::memory_order_acquire) != seen_) [[unlikely]]
            read_halts();
    }
    [[nodiscard]] bool plain() const { return plain_; }
    [[nodiscard]] std::uint64_t halt_epoch() const { return epoch_; }

    /// Decides by halts and rules, and with `stateful` in a step of the store.
    Verdict decide(Decider& decider, Bound& bound, Access access, bool stateful);
    /// After a preview: counts the call as one that was let through and carried out, whatever was
    /// decided, under its id or, where it has none, under `stand_in`. False where nothing could be.
    bool count(Decider& decider, const Bound& bound, std::string_view stand_in);
    [[nodiscard]] const StatefulNote& note() const { return note_; }

    /// Not owned.
    void add_part(StatefulPart& part) { parts_.push_back(&part); }

  private:
    void read_halts();
    [[nodiscard]] bool speak_first() const;
    [[nodiscard]] bool halted(const Bound& bound);
    [[nodiscard]] Verdict in_step(Decider& decider, Bound& bound, Access access);
    [[nodiscard]] std::optional<Verdict> known(Step& step, Decider& decider, const Bound& bound);
    [[nodiscard]] Verdict with_people(Step* step, Decider& decider, const Bound& bound,
                                      const Verdict& verdict);
    [[nodiscard]] bool remember_people(Step& step, Decider& decider, const Bound& bound,
                                       const Verdict& verdict);
    [[nodiscard]] Verdict evaluate(const InStep& in, Decider& decider, Bound& bound);
    [[nodiscard]] Verdict finish(Step& step, Decider& decider, const Bound& bound, Verdict verdict);
    [[nodiscard]] const PlanHash& plan_of(Decider& decider, const Bound& bound);

    StoreBackend& store_;
    std::vector<StatefulPart*> parts_;
    StatefulNote note_;
    std::optional<PlanHash> plan_;
    bool asked_before_ = false;  // approval of this plan

    std::uint64_t seen_ = 0;   // the epoch that was read, other processes' changes under way too
    std::uint64_t epoch_ = 0;  // the one that the halts belong to
    bool plain_ = true;
    std::vector<Halt> halts_;
    Fault halts_fault_ = Fault::none;
};

}  // namespace proviso::decide
