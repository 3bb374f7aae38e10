// What each temporary holds where it is read.
//
// Jumps go forward, so one pass over a block in the order of its instructions meets every way to an
// instruction before the instruction: what holds a value there is what does on all ways. Callers
// are looked at before the blocks that they call. A called block starts with nothing but the
// variables of the quantifiers round it, and whatever it may write, its caller has lost: a
// temporary is read only where the block itself has written it since.
#include <algorithm>

#include "engine/bytecode/opcodes.h"
#include "engine/bytecode/verify_blocks.h"
#include "engine/bytecode/verify_typing.h"
#include "engine/model/native.h"

namespace proviso::bytecode {

using model::Kind;

// ---------------------------------------------------------------- what is defined

namespace {

bool before(const Defined::Item& item, std::uint32_t place) {
    return item.place < place;
}

}  // namespace

Base Defined::find(std::uint32_t place) const {
    const auto at = std::lower_bound(items_.begin(), items_.end(), place, before);
    return at != items_.end() && at->place == place ? at->base : none;
}

void Defined::set(std::uint32_t place, Base base) {
    const auto at = std::lower_bound(items_.begin(), items_.end(), place, before);
    if (at != items_.end() && at->place == place) {
        at->base = base;
    } else {
        items_.insert(at, {place, base});
    }
}

void Defined::keep_common(const Defined& other) {
    auto theirs = other.items_.begin();
    std::erase_if(items_, [&](const Item& item) {
        while (theirs != other.items_.end() && theirs->place < item.place) ++theirs;
        return theirs == other.items_.end() || theirs->place != item.place ||
               theirs->base != item.base;
    });
}

void Defined::drop(const Spans& places) {
    std::erase_if(items_, [&](const Item& item) { return places.contains(item.place); });
}

void Defined::drop(std::uint32_t place) {
    std::erase_if(items_, [&](const Item& item) { return item.place == place; });
}

namespace {

/// What is known where several ways meet, for instructions not yet reached by the pass.
class Meetings {
  public:
    explicit Meetings(std::size_t instructions) : at_(instructions, none) {}

    void arrive(std::uint32_t at, Defined state) {
        if (at_[at] != none) {
            states_[at_[at]].keep_common(state);
            return;
        }
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(states_.size()));
            states_.emplace_back();
        }
        at_[at] = free_.back();
        free_.pop_back();
        states_[at_[at]] = std::move(state);
    }

    Defined take(std::uint32_t at) {
        free_.push_back(at_[at]);
        return std::move(states_[std::exchange(at_[at], none)]);
    }

  private:
    std::vector<std::uint32_t> at_;  // instruction → states_
    std::vector<Defined> states_;
    std::vector<std::uint32_t> free_;
};

void meet(bool& reached, Defined& all, const Defined& one) {
    if (reached) {
        all.keep_common(one);
    } else {
        all = one;
    }
    reached = true;
}

// ---------------------------------------------------------------- the pass

class Flow {
  public:
    Flow(Context& context, Blocks& blocks)
        : context_(context),
          program_(context.program),
          blocks_(blocks),
          meetings_(program_.code.size()) {
        for (const std::string& text : program_.functions) {
            signatures_.push_back(model::parse_signature(text));
        }
    }

    bool run() {
        for (auto at = blocks_.callees_first.rbegin(); at != blocks_.callees_first.rend(); ++at) {
            block_ = &blocks_.all[*at];
            on_entry_ =
                block_->is_root ? Defined{} : std::as_const(blocks_).held_by(*block_).on_entry;
            if (!block_->runs()) continue;
            const bool holds = on_entry_.size() == 0 && block_->writes.size() == 0
                                   ? run_plain_block()
                                   : run_block();
            if (!holds) return false;
        }
        return true;
    }

  private:
    // Nothing holds a value in it, so that nothing can meet.
    bool run_plain_block() {
        Defined nothing;
        for (std::uint32_t i = 0; i < block_->instructions.count; ++i) {
            const std::uint32_t at = blocks_.order[block_->instructions.begin + i];
            where_ = {"instruction", at};
            if (!step(program_.code[at], nothing)) return false;
        }
        return true;
    }

    bool run_block() {
        arrive(block_->start, on_entry_);
        for (std::uint32_t i = 0; i < block_->instructions.count; ++i) {
            const std::uint32_t at = blocks_.order[block_->instructions.begin + i];
            where_ = {"instruction", at};
            Defined state = meetings_.take(at);
            if (!step(program_.code[at], state) || !leave(at, std::move(state))) return false;
        }
        return true;
    }

    bool leave(std::uint32_t at, Defined state) {
        const Instruction& it = program_.code[at];
        const OpClass op_class = info(it.op).op_class;
        if (op_class == OpClass::test) {
            if (!context_.spend(where_, state.size())) return false;
            arrive(it.c, state);
        } else if (op_class == OpClass::move) {
            arrive(it.c, std::move(state));
            return true;
        }
        arrive(at + 1, std::move(state));
        return true;
    }

    void arrive(std::uint32_t at, Defined state) {
        if (info(program_.code[at].op).op_class != OpClass::end) {
            meetings_.arrive(at, std::move(state));
        } else if (program_.code[at].op == Op::done) {
            meet(block_->ended, blocks_.held_by(*block_).at_end, state);
        }
    }

    bool fail(std::string why) { return context_.fail(where_, std::move(why)); }

    // ------------------------------------------------------------ one instruction

    bool step(const Instruction& it, Defined& state) {
        const Typing types = typing(it.op);
        Base a = none;
        Base b = none;
        if (!operand(types.a, it.a, (it.flags & a_constant) != 0, state, a) ||
            !operand(types.b, it.b, reads_constant(it), state, b) || !agree(it, a, b, state) ||
            !call(it, state)) {
            return false;
        }
        if (types.result != Result::nothing) state.set(it.c, result(types, it, a, b));
        return true;
    }

    static bool reads_constant(const Instruction& it) {
        return (it.flags & b_constant) != 0 || info(it.op).b == Operand::constant;
    }

    bool operand(Need need, std::uint32_t at, bool is_constant, const Defined& state, Base& base) {
        if (need == Need::nothing) return true;
        base = is_constant ? context_.constant_base(at) : held(at, state);
        if (base == none) {
            return fail("place " + text(at) + " is read where it may not be written yet");
        }
        if (fits(need, context_.kind(base))) return true;
        return fail(std::string(is_constant ? "constant " : "place ") + text(at) + " holds " +
                    context_.type_text(base) + ", which " +
                    std::string(info(program_.code[where_.index].op).name) + " does not take");
    }

    [[nodiscard]] Base held(std::uint32_t place, const Defined& state) const {
        return context_.is_slot(place) ? context_.base(program_.slots[place].type)
                                       : state.find(place);
    }

    /// What the kinds of the operands alone do not say.
    bool agree(const Instruction& it, Base a, Base b, const Defined& state) {
        if (it.op == Op::in_set) return in_set(program_.sets[it.b], a);
        if (it.op == Op::in_list) return in_list(it, a, b);
        if (it.op == Op::coalesce && a != b) return fail("its operands are not of one type");
        if (it.op == Op::fact) {
            const Base key = context_.base(program_.slots[program_.facts[it.b].key].type);
            if (key != a) return fail("its key is not of the type of the key of its facts");
        }
        if (it.op == Op::table) return table(it, state);
        if (it.op == Op::call_native) return native(program_.native_calls[it.b], state);
        if (it.op == Op::field && it.b >= context_.type_of(a).fields.size()) {
            return fail("its record has no field " + text(it.b));
        }
        return true;
    }

    bool in_set(const Set& set, Base a) {
        if (context_.kind(a) != set.kind ||
            (!set.members.empty() && context_.constant_base(set.members.front()) != a)) {
            return fail("its set has members of another type");
        }
        return true;
    }

    bool in_list(const Instruction& it, Base a, Base b) {
        const Base element = context_.base(context_.type_of(b).element);
        if (element != a || static_cast<std::uint16_t>(context_.kind(a)) != it.extra) {
            return fail("its list has members of another type");
        }
        return true;
    }

    bool table(const Instruction& it, const Defined& state) {
        const auto& axes = program_.tables[it.b].axes;
        for (std::uint32_t i = 0; i < axes.size(); ++i) {
            const Base key = held(it.a + i, state);
            if (key == none) return fail("a key of its table may not be written yet");
            if (!reads(axes[i], key)) return fail("a key of its table is of another type");
        }
        return true;
    }

    bool native(const NativeCall& called, const Defined& state) {
        for (std::size_t i = 0; i < called.arguments.size(); ++i) {
            const ValueRef& argument = called.arguments[i];
            const Base given = argument.constant ? context_.constant_base(argument.value)
                                                 : held(argument.value, state);
            if (given == none) return fail("an argument of its function may not be written yet");
            const auto& wanted = signatures_[called.function].arguments[i];
            if (given != context_.base(argument.type) ||
                !model::accepts(program_.types, wanted, static_cast<TypeId>(given))) {
                return fail("an argument of its function is of another type");
            }
        }
        return true;
    }

    [[nodiscard]] bool reads(const Axis& axis, Base key) const {
        if (context_.kind(key) != axis.value_kind) return false;
        if (axis.kind == AxisKind::enumeration) {
            return context_.ordinals(key) == axis.index_of.size();
        }
        return std::all_of(axis.bounds.begin(), axis.bounds.end(), [&](std::uint32_t bound) {
            return bound == none || context_.constant_base(bound) == key;
        });
    }

    // ------------------------------------------------------------ calls

    bool call(const Instruction& it, Defined& state) {
        const std::uint32_t callee = blocks_.callee(program_, it);
        if (it.op == Op::loop || it.op == Op::loop_value) return quantify(it, callee, state);
        if (callee == none) return true;
        Block& called = blocks_.all[callee];
        if (it.op == Op::condition) enter(called, variables(state));
        state.drop(called.writes);
        return true;
    }

    bool quantify(const Instruction& it, std::uint32_t callee, Defined& state) {
        const Loop& loop = program_.loops[it.b];
        Base list = none;
        if (!operand(Need::list, loop.list, loop.list_constant, state, list)) return false;
        // The second round begins with what the first has written.
        Defined inside = variables(state);
        if (callee != none) inside.drop(blocks_.all[callee].writes);
        inside.set(loop.variable, context_.base(context_.type_of(list).element));
        if (callee == none && !sums(loop, inside)) return false;
        if (callee != none) {
            Block& body = blocks_.all[callee];
            enter(body, inside);
            state.drop(body.writes);
        }
        state.drop(loop.variable);
        return true;
    }

    void enter(Block& called, const Defined& state) {
        if (state.size() == 0 && called.held == none) {
            called.entered = true;
        } else {
            meet(called.entered, blocks_.held_by(called).on_entry, state);
        }
    }

    // Without a body, what is summed is there already.
    bool sums(const Loop& loop, const Defined& inside) {
        const Base base =
            loop.value_constant ? context_.constant_base(loop.value) : held(loop.value, inside);
        if (base != none && context_.kind(base) == loop.sum_kind) return true;
        return fail("its quantifier sums what is not there or of another kind");
    }

    /// The variables of the quantifiers round this block, as far as they still hold their members.
    [[nodiscard]] Defined variables(const Defined& state) const {
        Defined result;
        for (const Defined::Item& item : on_entry_.items()) {
            const Base base = state.find(item.place);
            if (base != none) result.set(item.place, base);
        }
        return result;
    }

    // ------------------------------------------------------------ results

    [[nodiscard]] Base result(const Typing& types, const Instruction& it, Base a, Base b) const {
        switch (types.result) {
            case Result::by_kind: return context_.base(types.kind);
            case Result::like_a: return a;
            case Result::integers:
                return context_.base(arithmetic_result(context_.kind(a), context_.kind(b)));
            case Result::by_table: return looked_up(it, a);
            case Result::nothing: break;
        }
        return none;
    }

    [[nodiscard]] Base looked_up(const Instruction& it, Base a) const {
        if (it.op == Op::local) return context_.base(local_part_kind(it.extra));
        if (it.op == Op::field) return context_.base(context_.type_of(a).fields[it.b].type);
        if (it.op == Op::fact) {
            return context_.base(program_.slots[program_.facts[it.b].key + 1 + it.extra].type);
        }
        if (it.op == Op::table) return context_.base(program_.tables[it.b].type);
        if (it.op == Op::shared_value) return context_.base(program_.shared[it.b].type);
        if (it.op == Op::call_native) {
            return context_.base(signatures_[program_.native_calls[it.b].function].result.kind);
        }
        const Loop& loop = program_.loops[it.b];
        return context_.base(loop.kind == LoopKind::count ? Kind::integer : loop.sum_kind);
    }

    Context& context_;
    const Program& program_;
    Blocks& blocks_;
    Meetings meetings_;
    std::vector<model::Signature> signatures_;  // of program_.functions
    Block* block_ = nullptr;
    Defined on_entry_;
    Where where_{};
};

}  // namespace

bool verify_code(Context& context, Blocks& blocks) {
    return Flow(context, blocks).run();
}

}  // namespace proviso::bytecode
