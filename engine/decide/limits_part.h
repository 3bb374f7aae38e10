// Limits and counters around the rules: counters that rules read are put into their slots before,
// totals are held against the steps of limits after, and what a call adds is counted where it is
// let through, for all limits and counters in the one step of the store.
//
// Every step that a total passes is a restriction like any other. What a limit cannot count is a
// block: the first of the limit's rules. What a counter cannot count is a block as well.
//
// Covered by tests/golden/decide/limits and tests/golden/decide/counters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/measuring.h"
#include "engine/decide/stateful.h"

namespace proviso::decide {

/// The memory of a program's limits and counters in one store.
struct MemorySeries {
    std::vector<SeriesId> limits;    // as Program::limits
    std::vector<SeriesId> counters;  // as Program::counters
    Fault fault = Fault::none;       // they could not be registered

    [[nodiscard]] bool any() const { return !limits.empty() || !counters.empty(); }
};
[[nodiscard]] MemorySeries register_series(const bytecode::Program& program, StoreBackend& store);

class LimitsPart final : public StatefulPart {
  public:
    /// Before each decision; both are read until it is over.
    void use(Decider& decider, const MemorySeries& series) {
        decider_ = &decider;
        program_ = &decider.program();
        series_ = &series;
        forget();
    }

    [[nodiscard]] bool speaks_first() const override {
        return !program().limits.empty() || !program().counters.empty();
    }
    void before(const InStep& in, Bound& bound) override;
    [[nodiscard]] Verdict after(const InStep& in, Bound& bound, Decider& decider,
                                Verdict verdict) override;
    void let_through(Step& step, const Bound& bound) override;

    /// Totals, and what could not be counted, of the last call.
    void add_to(Decision& decision) const;

    struct Totals {
        std::uint32_t limit = 0;
        std::size_t counted = 0;  // which of `counted_` it is
        model::Value before;
        model::Value after;
    };
    /// Of the last call: of the limits that count it.
    [[nodiscard]] const std::vector<Totals>& totals() const { return totals_; }
    /// What one of these was counted under.
    [[nodiscard]] std::string_view key_of(const Totals& one) const {
        return counted_[one.counted].key;
    }

  private:
    struct Level {
        Outcome actual = Outcome::allow;
        Outcome best = Outcome::allow;
        bool by_duty = false;
    };

    void forget() {
        used_ = 0;
        measured_ = false;
        totals_.clear();
        missing_.clear();
        level_ = {};
    }
    void read_counter(const InStep& in, Bound& bound, Measuring& measuring, std::uint32_t index);
    void leaves_a_gap(std::uint32_t counter, Counting counting);
    void gather_counters(const InStep& in, Measuring& measuring, const PlanView& plan);
    [[nodiscard]] Verdict without_grant(Verdict verdict);
    void measure(const InStep& in, Measuring& measuring, const PlanView& plan);
    /// The limit, which is the call's `place`th.
    void hold_against(const InStep& in, Bound& bound, std::uint32_t index, std::size_t place);
    void check_total(const InStep& in, Bound& bound, std::uint32_t index, std::size_t place);
    void check_steps(Bound& bound, const bytecode::Limit& limit, model::Kind kind,
                     const model::Value& total);
    [[nodiscard]] bool read_caps(const bytecode::Limit& limit, model::Kind kind,
                                 model::Currency currency);
    void cannot_count(const bytecode::Limit& limit, bool sure);
    void lacks(std::string_view name, std::string_view cause);
    void tighten(const vm::Hit& hit);
    void make_room(std::size_t more);
    [[nodiscard]] Counted& fresh(SeriesId series);
    [[nodiscard]] const bytecode::Program& program() const { return *program_; }

    Decider* decider_ = nullptr;
    const bytecode::Program* program_ = nullptr;
    const MemorySeries* series_ = nullptr;
    KeyBuilder keys_;
    std::vector<Counted> counted_;  // the first `used_` are of this call
    std::size_t used_ = 0;
    bool measured_ = false;           // the plan's limits were: they are the first of these
    std::vector<model::Value> caps_;  // of the steps of the limit that is checked
    std::vector<Totals> totals_;
    std::vector<Missing> missing_;
    Level level_;
    std::string read_key_;  // of a counter
    Total total_;           // of the last look
};

}  // namespace proviso::decide
