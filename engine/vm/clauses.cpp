#include "engine/vm/clauses.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>

namespace proviso::vm {

using bytecode::Instruction;
using bytecode::Op;

namespace {

constexpr std::size_t most_clauses = 8;     // of one condition
constexpr std::size_t most_steps = 256;     // instructions that are looked at for one condition
constexpr std::size_t largest_set = 64;     // members that a literal may ask for
constexpr std::uint32_t deepest_share = 4;  // conditions that refer to conditions

constexpr Op with_constant[] = {
    Op::int_eq_k,     Op::int_lt_k,   Op::int_le_k,   Op::decimal_eq_k, Op::decimal_lt_k,
    Op::decimal_le_k, Op::money_eq_k, Op::money_lt_k, Op::money_le_k,   Op::text_eq_k};

class Walk {
  public:
    explicit Walk(const bytecode::Program& program) : program_(program) {}

    /// False where the block has too many clauses.
    bool run(std::uint32_t block, bool wanted) {
        wanted_ = wanted;
        return go(block, {});
    }
    [[nodiscard]] std::vector<Clause> take() { return std::move(found_); }

  private:
    bool go(std::uint32_t pc, Clause clause) {
        for (;;) {
            if (++steps_ > most_steps) return false;
            const Instruction& at = program_.code[pc];
            switch (class_of(at.op)) {
                case bytecode::OpClass::move: pc = at.c; continue;
                case bytecode::OpClass::value: ++pc; continue;
                case bytecode::OpClass::end: return end(at.op, std::move(clause));
                case bytecode::OpClass::test: break;
            }
            // In the sure pass unknown goes the way of a false literal.
            const bool false_jumps = (at.flags & bytecode::unknown_jumps) != 0;
            const std::uint32_t when_true = false_jumps ? pc + 1 : at.c;
            const std::uint32_t when_false = false_jumps ? at.c : pc + 1;
            // The literal of a negated condition is true where the test's is false.
            if (!follow(pc, wanted_ ? when_true : when_false, clause)) return false;
            pc = wanted_ ? when_false : when_true;
        }
    }

    static bytecode::OpClass class_of(Op op) {
        static constexpr bytecode::OpClass classes[] = {
#define OP(name, op_class, a, b, c, text) bytecode::OpClass::op_class,
#include "engine/bytecode/opcodes.def"
#undef OP
        };
        return classes[static_cast<std::size_t>(op)];
    }

    bool end(Op op, Clause clause) {
        if ((op == Op::yes) != wanted_) return true;
        if (found_.size() == most_clauses) return false;
        found_.push_back(std::move(clause));
        return true;
    }

    // Goes on at `next` with the literal of the test at `pc`.
    bool follow(std::uint32_t pc, std::uint32_t next, Clause clause) {
        const Instruction& at = program_.code[pc];
        const bool jump_if = (at.flags & bytecode::jump_if) != 0;
        const bool false_jumps = (at.flags & bytecode::unknown_jumps) != 0;
        // What the test answers where its literal, as the code has it, is true.
        const bool positive = false_jumps ? !jump_if : jump_if;
        const bool wanted = wanted_ ? positive : !positive;
        if (at.op == Op::shared && depth_ < deepest_share) {
            return follow_shared(at.b, wanted, next, clause);
        }
        if (is_literal(at)) {
            clause.literals.push_back({pc, wanted});
        } else {
            clause.with_code = true;
        }
        return go(next, std::move(clause));
    }

    bool follow_shared(std::uint32_t index, bool wanted, std::uint32_t next, const Clause& clause) {
        Walk inner(program_);
        inner.depth_ = depth_ + 1;
        inner.steps_ = steps_;
        const bool few = inner.run(program_.shared[index].block, wanted);
        steps_ = inner.steps_;
        if (!few) {
            Clause with_code = clause;
            with_code.with_code = true;
            return go(next, std::move(with_code));
        }
        for (const Clause& part : inner.found_) {
            Clause both = clause;
            both.with_code |= part.with_code;
            both.literals.insert(both.literals.end(), part.literals.begin(), part.literals.end());
            if (!go(next, std::move(both))) return false;
        }
        return true;
    }

    [[nodiscard]] bool is_slot(const Instruction& at) const {
        return (at.flags & bytecode::a_constant) == 0 && at.a < program_.slots.size();
    }

    [[nodiscard]] bool is_literal(const Instruction& at) const {
        if (at.op == Op::role || at.op == Op::tier) return true;
        if (!is_slot(at)) return false;
        if (at.op == Op::in_window) return true;
        if (at.op == Op::in_set) return is_small_set(program_.sets[at.b]);
        if (at.op == Op::is_true || at.op == Op::has) return true;
        return std::find(std::begin(with_constant), std::end(with_constant), at.op) !=
                   std::end(with_constant) &&
               can_be_bound(at.b);
    }

    [[nodiscard]] bool is_small_set(const bytecode::Set& set) const {
        return set.kind != model::Kind::ip && set.members.size() <= largest_set &&
               std::all_of(set.members.begin(), set.members.end(),
                           [&](std::uint32_t member) { return can_be_bound(member); });
    }

    /// Nothing lies below the least integer, so that no bound can be put before it.
    [[nodiscard]] bool can_be_bound(std::uint32_t constant) const {
        return program_.constants[constant].integer != std::numeric_limits<std::int64_t>::min();
    }

    const bytecode::Program& program_;
    std::vector<Clause> found_;
    std::size_t steps_ = 0;
    std::uint32_t depth_ = 0;
    bool wanted_ = true;
};

}  // namespace

std::vector<Clause> clauses_of(const bytecode::Program& program, std::uint32_t block) {
    if (block == bytecode::none) return {Clause{}};
    Walk walk(program);
    if (walk.run(block, true)) return walk.take();
    return {Clause{{}, true}};
}

}  // namespace proviso::vm
