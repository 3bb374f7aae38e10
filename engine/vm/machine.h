// The virtual machine: runs blocks of a verified program over one call's frame.
//
// Two passes over the same code make conditions three-valued (see program.h): in the sure pass an
// unknown test counts as false, in the may pass as true. `try_entries` is the fast path: one
// dispatch loop for all rules of a plan, in which `yes` and `no` go straight on to the next rule.
// Only a rule in which something was unknown is run a second time, to tell sure from maybe.
//
// A condition whose truth is wanted as a value is evaluated once for each value of the loop
// variables: two passes that each called it in two passes would double with each level of nesting.
//
// Warm, it allocates nothing; it takes no lock and makes no system call (RE2 keeps a cache of its
// own behind a lock: only `matches` pays for it). Covered by tests/unit/engine/vm and
// tests/golden/decide.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/value.h"
#include "engine/vm/context.h"
#include "engine/vm/image.h"

namespace proviso::vm {

enum class Truth : std::uint8_t { no, unknown, yes };
enum class Pass : std::uint8_t { sure, may };

/// A rule whose condition holds or may hold.
struct Hit {
    std::uint32_t rule = 0;
    bool sure = true;
};

class Machine {
  public:
    explicit Machine(const Image& image);

    /// A new call: what was shared is forgotten. `context` is read until the next `begin`.
    void begin(const Context& context) {
        context_ = context;
        ++call_;
        binding_ = ++bindings_;
    }
    [[nodiscard]] const Context& context() const { return context_; }
    /// The tiers may change while raises are tried; shared results that read them would be stale,
    /// so raises run first and forget what they shared.
    void set_tiers(std::uint8_t tiers);

    /// Restrictions: every entry whose condition may hold is added to `hits`.
    void try_restrictions(std::span<const bytecode::Entry> entries, std::vector<Hit>& hits);
    /// Allows: every entry whose condition surely holds goes to `hits`; those that only may hold go
    /// to `maybes`.
    void try_allows(std::span<const bytecode::Entry> entries, std::vector<Hit>& hits,
                    std::vector<Hit>& maybes);

    /// The truth of a condition block; `none` is true.
    [[nodiscard]] Truth truth(std::uint32_t block);
    /// The value of a reference, its block run first.
    [[nodiscard]] Value value(const bytecode::ValueRef& reference) {
        if (reference.block != bytecode::none) run_value(reference.block);
        return operand(reference.value, reference.constant);
    }
    /// Whether the last outermost quantifier went past its budget.
    [[nodiscard]] bool over_budget() const { return visited_ > image_->elements_visited_limit(); }
    /// The label of an axis for this call, or none where it is unknown.
    [[nodiscard]] std::uint32_t label(const bytecode::Axis& axis);

  private:
    struct Remembered {
        std::uint64_t call = 0;  // number of the call, or of the binding, it was evaluated for
        Truth truth = Truth::no;
        Value value = model::unknown(model::State::missing);
    };

    /// A loop variable's members, one after the other; then the binding is what it was before.
    class Members;

    // The dispatch loop, in four forms. `single`: one block, its answer returned; else all entries,
    // hits collected. In the may pass of a rule `maybes` is not used.
    template <Pass pass, bool single>
    bool run(const bytecode::Entry* entry, const bytecode::Entry* end, std::vector<Hit>* hits,
             std::vector<Hit>* maybes, bool& tainted);

    [[nodiscard]] bool test(std::uint32_t block, Pass pass, bool& tainted);
    [[nodiscard]] Truth loop_truth(const bytecode::Loop& loop, Pass pass, bool& tainted);
    [[nodiscard]] Value loop_value(const bytecode::Loop& loop);
    [[nodiscard]] Value sum(const bytecode::Loop& loop, const Value& list);
    [[nodiscard]] Value count(const bytecode::Loop& loop, const Value& list);
    [[nodiscard]] Truth shared_truth(std::uint32_t index);
    [[nodiscard]] Truth condition_truth(std::uint32_t block);
    [[nodiscard]] Value shared_value(std::uint32_t index);
    [[nodiscard]] Value fact_value(const bytecode::Instruction& instruction,
                                   const Value& key) const;
    [[nodiscard]] Value table_value(const bytecode::Instruction& instruction);
    [[nodiscard]] Value native_value(const bytecode::Instruction& instruction);
    [[nodiscard]] bool charge(const bytecode::Loop& loop, std::size_t elements);
    void run_value(std::uint32_t block);
    [[nodiscard]] const Value& operand(std::uint32_t index, bool constant) const {
        return constant ? program_->constants[index] : context_.places[index];
    }

    const Image* image_;
    const bytecode::Program* program_;
    Context context_;
    std::uint64_t call_ = 0;
    // What the loop variables hold has a number, so that what was found out for one member of a
    // list is not taken for another's.
    std::uint64_t binding_ = 0;
    std::uint64_t bindings_ = 0;
    std::size_t visited_ = 0;
    std::vector<Remembered> shared_;
    std::vector<Remembered> conditions_;          // by their numbers in the image
    std::vector<std::unique_ptr<char[]>> rooms_;  // by their numbers; made when first used
};

}  // namespace proviso::vm
