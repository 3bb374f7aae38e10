// The dispatch loop.
//
// Tricks, each for a reason:
// - direct threading: every instruction ends in its own indirect jump, so that the branch predictor
//   learns a rule set's own sequence. (GCC's and Clang's labels as values.)
// - tests are fused compare-and-branch: `jump_if` holds the answer that jumps, so negation costs
//   nothing; unknown is one branch that is hardly ever taken.
// - one loop for all rules of a plan: `yes` and `no` fetch the next entry themselves.
// - the pass is a template parameter; in the may pass `unknown_jumps` reads the other way round.
#include <re2/re2.h>

#include "engine/model/pattern.h"
#include "engine/vm/count.h"
#include "engine/vm/machine.h"
#include "engine/vm/operations.h"

#pragma GCC diagnostic ignored "-Wpedantic"  // labels as values

namespace proviso::vm {

using bytecode::Entry;
using bytecode::Instruction;
using model::State;

template <Pass pass, bool single>
bool Machine::run(const Entry* entry, const Entry* end, std::vector<Hit>* hits,
                  std::vector<Hit>* maybes, bool& tainted_out) {
    static const void* const labels[] = {
#define OP(name, op_class, a, b, c, text) &&do_##name,
#include "engine/bytecode/opcodes.def"
#undef OP
    };
    const Instruction* const code = program_->code.data();
    const Value* const constants = program_->constants.data();
    Value* const places = context_.places;
    const Instruction* pc = nullptr;
    bool tainted = false;

#define DISPATCH()                                      \
    do {                                                \
        PROVISO_COUNT(instructions);                    \
        goto* labels[static_cast<std::size_t>(pc->op)]; \
    } while (false)
#define NEXT()      \
    do {            \
        ++pc;       \
        DISPATCH(); \
    } while (false)
#define GO()               \
    do {                   \
        pc = code + pc->c; \
        DISPATCH();        \
    } while (false)
#define ANSWER(v)                                                \
    do {                                                         \
        if ((v) == ((pc->flags & bytecode::jump_if) != 0)) GO(); \
        NEXT();                                                  \
    } while (false)
#define UNKNOWN() goto unknown_test
#define A() ((pc->flags & bytecode::a_constant) != 0 ? constants[pc->a] : places[pc->a])
#define B() ((pc->flags & bytecode::b_constant) != 0 ? constants[pc->b] : places[pc->b])
#define TEST_K(name, condition, comparison)                             \
    do_##name : {                                                       \
        const Value& a = places[pc->a];                                 \
        const Value& b = constants[pc->b];                              \
        if (__builtin_expect(!a.known() || !(condition), 0)) UNKNOWN(); \
        ANSWER(comparison);                                             \
    }
#define TEST_AB(name, condition, comparison)                                          \
    do_##name : {                                                                     \
        const Value& a = A();                                                         \
        const Value& b = B();                                                         \
        if (__builtin_expect(!a.known() || !b.known() || !(condition), 0)) UNKNOWN(); \
        ANSWER(comparison);                                                           \
    }
#define VALUE(name, computation)                               \
    do_##name : {                                              \
        const Value& a = A();                                  \
        const Value& b = B();                                  \
        places[pc->c] = !a.known()   ? model::unknown(a.state) \
                        : !b.known() ? model::unknown(b.state) \
                                     : (computation);          \
        NEXT();                                                \
    }
#define VALUE_OF_ONE(name, computation)                                       \
    do_##name : {                                                             \
        const Value& a = A();                                                 \
        places[pc->c] = !a.known() ? model::unknown(a.state) : (computation); \
        NEXT();                                                               \
    }

    pc = code + entry->block;
    DISPATCH();

unknown_test:
    tainted = true;
    if (((pc->flags & bytecode::unknown_jumps) != 0) == (pass == Pass::sure)) GO();
    NEXT();

    TEST_K(int_eq_k, true, a.integer == b.integer)
    TEST_K(int_lt_k, true, a.integer < b.integer)
    TEST_K(int_le_k, true, a.integer <= b.integer)
    TEST_AB(int_eq, true, a.integer == b.integer)
    TEST_AB(int_lt, true, a.integer < b.integer)
    TEST_AB(int_le, true, a.integer <= b.integer)
    TEST_K(decimal_eq_k, true, order(a, b) == 0)
    TEST_K(decimal_lt_k, true, order(a, b) < 0)
    TEST_K(decimal_le_k, true, order(a, b) <= 0)
    TEST_AB(decimal_eq, true, order(a, b) == 0)
    TEST_AB(decimal_lt, true, order(a, b) < 0)
    TEST_AB(decimal_le, true, order(a, b) <= 0)
    TEST_K(money_eq_k, a.extra == b.extra, order(a, b) == 0)
    TEST_K(money_lt_k, a.extra == b.extra, order(a, b) < 0)
    TEST_K(money_le_k, a.extra == b.extra, order(a, b) <= 0)
    TEST_AB(money_eq, a.extra == b.extra, order(a, b) == 0)
    TEST_AB(money_lt, a.extra == b.extra, order(a, b) < 0)
    TEST_AB(money_le, a.extra == b.extra, order(a, b) <= 0)
    TEST_K(text_eq_k, true, same_text(a, b))
    TEST_AB(text_eq, true, same_text(a, b))
    TEST_AB(text_lt, true, a.view() < b.view())
    TEST_AB(text_le, true, a.view() <= b.view())
    TEST_AB(address_eq, true, equal(model::Kind::ip, a, b) == Equal::yes)

do_is_true : {
    const Value& a = A();
    if (__builtin_expect(!a.known(), 0)) UNKNOWN();
    ANSWER(a.integer != 0);
}
do_has : {
    const Value& a = A();
    if (!a.known() && a.state != State::absent) UNKNOWN();
    ANSWER(a.known());
}
do_in_set : {
    const Value& a = A();
    if (!a.known()) UNKNOWN();
    ANSWER(image_->set(pc->b).find(a) != bytecode::none);
}
do_in_list : {
    const Value& a = A();
    const Value& b = B();
    if (!a.known() || !b.known()) UNKNOWN();
    const Equal found = member(static_cast<model::Kind>(pc->extra), a, b);
    if (found == Equal::unknown) UNKNOWN();
    ANSWER(found == Equal::yes);
}
do_like : {
    const Value& a = A();
    if (!a.known()) UNKNOWN();
    ANSWER(model::glob_matches(program_->globs[pc->b], a.view()));
}
do_matches : {
    const Value& a = A();
    if (!a.known()) UNKNOWN();
    ANSWER(re2::RE2::FullMatch(re2::StringPiece(a.text, a.extra), image_->regex(pc->b)));
}
do_in_window : {
    const Value& a = A();
    if (__builtin_expect(!a.known(), 0)) UNKNOWN();
    const InWindow found = image_->windows().test(pc->b, a.integer);
    if (__builtin_expect(found == InWindow::not_covered, 0)) UNKNOWN();
    ANSWER(found == InWindow::yes);
}
do_role : {
    const bool held = (context_.roles[pc->a][pc->b / 64] >> (pc->b % 64) & 1U) != 0;
    if (!held && !context_.roles_known[pc->a]) UNKNOWN();
    ANSWER(held);
}
do_tier : {
    const unsigned inside = context_.tiers & pc->a;
    if (inside != 0 && inside != context_.tiers) UNKNOWN();
    ANSWER(inside != 0);
}
do_shared : {
    const Truth truth = shared_truth(pc->b);
    if (truth == Truth::unknown) UNKNOWN();
    ANSWER(truth == Truth::yes);
}
do_loop : {
    const Truth truth = loop_truth(program_->loops[pc->b], pass, tainted);
    if (truth == Truth::unknown) UNKNOWN();
    ANSWER(truth == Truth::yes);
}

    VALUE(int_add, add_integers(a.integer, b.integer))
    VALUE(int_subtract, subtract_integers(a.integer, b.integer))
    VALUE(int_multiply, multiply_integers(a.integer, b.integer))
    VALUE(date_shift, shift_date(a, b, pc->extra != 0))
    VALUE(date_between, between_dates(a, b))
    VALUE(time_shift, shift_time(a, b, pc->extra != 0))
    VALUE(time_between, between_times(a, b))
    VALUE(decimal_add, add_decimals(a, b))
    VALUE(decimal_subtract, subtract_decimals(a, b))
    VALUE(decimal_multiply, multiply_decimals(a, b))
    VALUE(money_add, add_money(a, b))
    VALUE(money_subtract, subtract_money(a, b))
    VALUE(money_multiply, multiply_money(a, b))
    VALUE_OF_ONE(to_decimal, widened_integer(a.integer))
    VALUE_OF_ONE(amount, model::of_decimal(a.decimal()))
    VALUE_OF_ONE(currency, currency_text(a))
    VALUE_OF_ONE(text_length, length_in_code_points(a))
    VALUE_OF_ONE(list_length, model::of_integer(a.extra))
    VALUE_OF_ONE(field, a.elements[pc->b])

do_local : {
    const Value& a = A();
    places[pc->c] =
        a.known() ? image_->windows().local(pc->b, pc->extra, a.integer) : model::unknown(a.state);
    NEXT();
}
do_copy:
    places[pc->c] = A();
    NEXT();
do_coalesce : {
    const Value& a = A();
    places[pc->c] = a.state == State::absent ? B() : a;
    NEXT();
}
do_call_native:
    places[pc->c] = native_value(*pc);
    NEXT();
do_fact:
    places[pc->c] = fact_value(*pc, A());
    NEXT();
do_table:
    places[pc->c] = table_value(*pc);
    NEXT();
do_shared_value:
    places[pc->c] = shared_value(pc->b);
    NEXT();
do_loop_value:
    places[pc->c] = loop_value(program_->loops[pc->b]);
    NEXT();
do_condition : {
    const Truth result = condition_truth(pc->b);
    places[pc->c] = result == Truth::unknown ? model::unknown(State::missing)
                                             : model::of_integer(result == Truth::yes ? 1 : 0);
    NEXT();
}
do_jump:
    GO();

do_yes:
    if constexpr (single) {
        tainted_out |= tainted;
        return true;
    } else {
        bool sure = true;
        if constexpr (pass == Pass::may) {
            bool ignored = false;
            sure = !tainted || test(entry->block, Pass::sure, ignored);
        }
        hits->push_back({entry->rule, sure});
        goto next_entry;
    }
do_no:
    if constexpr (single) {
        tainted_out |= tainted;
        return false;
    } else {
        if constexpr (pass == Pass::sure) {
            bool ignored = false;
            if (__builtin_expect(tainted, 0) && test(entry->block, Pass::may, ignored)) {
                maybes->push_back({entry->rule, false});
            }
        }
        goto next_entry;
    }
do_done:
    return true;

next_entry:
    __attribute__((unused));
    if (++entry == end) return false;
    tainted = false;
    pc = code + entry->block;
    DISPATCH();
}

bool Machine::test(std::uint32_t block, Pass pass, bool& tainted) {
    const Entry entry{block, 0};
    return pass == Pass::sure ? run<Pass::sure, true>(&entry, &entry + 1, nullptr, nullptr, tainted)
                              : run<Pass::may, true>(&entry, &entry + 1, nullptr, nullptr, tainted);
}

void Machine::try_restrictions(std::span<const Entry> entries, std::vector<Hit>& hits) {
    if (entries.empty()) return;
    bool tainted = false;
    run<Pass::may, false>(entries.data(), entries.data() + entries.size(), &hits, nullptr, tainted);
}

void Machine::try_allows(std::span<const Entry> entries, std::vector<Hit>& hits,
                         std::vector<Hit>& maybes) {
    if (entries.empty()) return;
    bool tainted = false;
    run<Pass::sure, false>(entries.data(), entries.data() + entries.size(), &hits, &maybes,
                           tainted);
}

}  // namespace proviso::vm
