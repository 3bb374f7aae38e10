// Cuts the code into blocks and follows their calls.
//
// An instruction is part of one block at most; only the ends (`yes`, `no`, `done`) may be shared,
// as they hold no state. So one pass over the code, from front to back as jumps go, finds what is
// part of which block. Calls are then walked depth first: a circle is a fault, and what a block is
// worth with all that it calls (depth, cost, places written) is summed up from its callees.
#include "engine/bytecode/verify_blocks.h"

#include <algorithm>

#include "engine/bytecode/block_uses.h"
#include "engine/bytecode/opcodes.h"

namespace proviso::bytecode {

// ---------------------------------------------------------------- places

bool Spans::contains(std::uint32_t place) const {
    const auto after =
        std::upper_bound(spans_.begin(), spans_.end(), place,
                         [](std::uint32_t at, Span span) { return at < span.first; });
    return after != spans_.begin() && place < std::prev(after)->second;
}

void Spans::join() {
    std::sort(spans_.begin(), spans_.end());
    std::size_t kept = 0;
    for (const Span& span : spans_) {
        if (kept > 0 && span.first <= spans_[kept - 1].second) {
            spans_[kept - 1].second = std::max(spans_[kept - 1].second, span.second);
        } else {
            spans_[kept++] = span;
        }
    }
    spans_.resize(kept);
}

std::uint32_t Blocks::callee(const Program& program, const Instruction& it) const {
    const Operand kind = info(it.op).b;
    std::uint32_t start = none;
    if (kind == Operand::block) start = it.b;
    if (kind == Operand::shared) start = program.shared[it.b].block;
    if (kind == Operand::loop) start = program.loops[it.b].body;
    return start == none ? none : at[start];
}

namespace {

// ---------------------------------------------------------------- cutting

class Cutter {
  public:
    Cutter(Context& context, Blocks& blocks)
        : context_(context),
          code_(context.program.code),
          blocks_(blocks) {}

    bool run() { return starts() && owners() && group(); }

  private:
    static bool is_end(const Instruction& it) { return info(it.op).op_class == OpClass::end; }

    // How the block that starts at an instruction is used.
    static constexpr std::uint8_t as_condition = 1;
    static constexpr std::uint8_t as_value = 2;
    static constexpr std::uint8_t as_root = 4;

    bool starts() {
        std::vector<std::uint8_t> uses(code_.size());
        std::size_t count = 0;
        each_block_use(context_.program, [&](const BlockUse& use) {
            if (uses[use.block] == 0) ++count;
            const bool called = use.user == BlockUser::loop || use.user == BlockUser::instruction;
            uses[use.block] |= use.is_condition ? as_condition : as_value;
            if (!called) uses[use.block] |= as_root;
        });
        blocks_.at.assign(code_.size(), none);
        blocks_.all.reserve(count);
        for (std::uint32_t i = 0; i < code_.size(); ++i) {
            if (uses[i] != 0 && !add(i, uses[i])) return false;
        }
        return true;
    }

    bool add(std::uint32_t start, std::uint8_t uses) {
        blocks_.at[start] = static_cast<std::uint32_t>(blocks_.all.size());
        Block& block = blocks_.all.emplace_back();
        block.start = start;
        block.is_condition = (uses & as_condition) != 0;
        block.is_root = (uses & as_root) != 0;
        return context_.require((uses & (as_condition | as_value)) != (as_condition | as_value),
                                {"block", start}, "it is called as a condition and as a value");
    }

    bool owners() {
        blocks_.owner.assign(code_.size(), none);
        for (std::uint32_t i = 0; i < code_.size(); ++i) {
            const std::uint32_t started = blocks_.at[i];
            if (started != none && !enter(started, i)) return false;
            const std::uint32_t owner = blocks_.owner[i];
            if (owner != none && !leave(owner, i)) return false;
        }
        return true;
    }

    bool leave(std::uint32_t block, std::uint32_t from) {
        const Instruction& it = code_[from];
        const OpClass op_class = info(it.op).op_class;
        if (op_class != OpClass::value && !go(block, from, it.c)) return false;
        return op_class == OpClass::move || go(block, from, from + 1);
    }

    bool go(std::uint32_t block, std::uint32_t from, std::uint32_t to) {
        if (to >= code_.size()) {
            return context_.fail({"instruction", from}, "it runs past the end of the code");
        }
        if (blocks_.at[to] != none && !is_end(code_[to])) {
            return context_.fail({"instruction", from}, "it runs into another block");
        }
        return enter(block, to);
    }

    bool enter(std::uint32_t block, std::uint32_t to) {
        if (is_end(code_[to])) return ends(block, to);
        std::uint32_t& owner = blocks_.owner[to];
        if (owner != none && owner != block) {
            return context_.fail({"instruction", to}, "it is part of two blocks");
        }
        owner = block;
        return true;
    }

    bool ends(std::uint32_t block, std::uint32_t at) {
        const Block& ending = blocks_.all[block];
        if (ending.is_condition == (code_[at].op != Op::done)) return true;
        return context_.fail({"block", ending.start},
                             ending.is_condition ? "it is a condition and ends in `done`"
                                                 : "it is a value and ends in `yes` or `no`");
    }

    // A counting sort by owner keeps the instructions of a block in order.
    bool group() {
        for (const std::uint32_t owner : blocks_.owner) {
            if (owner != none) ++blocks_.all[owner].instructions.count;
        }
        std::uint32_t begin = 0;
        for (Block& block : blocks_.all) {
            block.instructions.begin = begin;
            begin += block.instructions.count;
            block.instructions.count = 0;
        }
        blocks_.order.resize(begin);
        for (std::uint32_t i = 0; i < code_.size(); ++i) {
            if (blocks_.owner[i] == none) continue;
            Range& range = blocks_.all[blocks_.owner[i]].instructions;
            blocks_.order[range.begin + range.count++] = i;
        }
        return true;
    }

    Context& context_;
    const std::vector<Instruction>& code_;
    Blocks& blocks_;
};

// ---------------------------------------------------------------- calls

class Calls {
  public:
    Calls(Context& context, Blocks& blocks)
        : context_(context),
          program_(context.program),
          blocks_(blocks),
          state_(blocks.all.size(), State::unseen) {}

    bool run() {
        for (std::uint32_t i = 0; i < blocks_.all.size(); ++i) {
            if (state_[i] == State::unseen && !walk(i)) return false;
        }
        return shared_order();
    }

  private:
    enum class State : std::uint8_t { unseen, open, closed };
    struct Visit {
        std::uint32_t block;
        std::uint32_t next = 0;  // into its instructions
    };

    // Depth first without recursion: a hostile chain may be as long as the code.
    bool walk(std::uint32_t root) {
        open(root);
        while (!path_.empty()) {
            Visit& visit = path_.back();
            const Block& block = blocks_.all[visit.block];
            if (visit.next == block.instructions.count) {
                if (!close(visit.block)) return false;
                continue;
            }
            const std::uint32_t at = blocks_.order[block.instructions.begin + visit.next++];
            const std::uint32_t callee = blocks_.callee(program_, program_.code[at]);
            if (callee == none || state_[callee] == State::closed) continue;
            if (state_[callee] == State::open) {
                return context_.fail({"instruction", at}, "it calls the block that it is part of");
            }
            open(callee);
        }
        return true;
    }

    void open(std::uint32_t block) {
        state_[block] = State::open;
        path_.push_back({block});
    }

    bool close(std::uint32_t index) {
        state_[index] = State::closed;
        path_.pop_back();
        blocks_.callees_first.push_back(index);
        Block& block = blocks_.all[index];
        for (std::uint32_t i = 0; i < block.instructions.count; ++i) {
            if (!add(block, blocks_.order[block.instructions.begin + i])) return false;
        }
        block.writes.join();
        return bounded(block);
    }

    bool bounded(const Block& block) {
        const Where where{"block", block.start};
        const std::uint64_t most = 16 * std::uint64_t{program_.code.size()} + 65'536;
        return context_.require(block.depth <= max_call_depth, where,
                                "blocks call blocks too deep") &&
               context_.require(block.cost <= most, where,
                                "it runs too many instructions in the blocks that it calls");
    }

    bool add(Block& block, std::uint32_t at) {
        const Instruction& it = program_.code[at];
        const std::uint32_t callee = blocks_.callee(program_, it);
        ++block.cost;
        if (info(it.op).op_class == OpClass::value) block.writes.add(it.c);
        if (it.op == Op::shared || it.op == Op::shared_value) {
            block.shared_end = std::max(block.shared_end, it.b + 1);
        } else if (callee != none) {
            inherit(block, blocks_.all[callee], it.op == Op::condition);
        }
        if (it.op == Op::loop || it.op == Op::loop_value) {
            if (!quantifier(block, at, callee)) return false;
        } else if (it.op == Op::condition) {
            block.loop_depth = std::min(block.loop_depth, blocks_.all[callee].loop_depth);
        }
        return callee == none || call(block, at, blocks_.all[callee]);
    }

    // A condition is evaluated once for each value of the loop variables, however many call it.
    static void inherit(Block& block, const Block& callee, bool is_condition) {
        if (!is_condition) block.cost += callee.cost;
        block.shared_end = std::max(block.shared_end, callee.shared_end);
    }

    bool call(Block& block, std::uint32_t at, const Block& callee) {
        block.depth = std::max(block.depth, callee.depth + 1);
        block.writes.add(callee.writes);
        return context_.spend({"instruction", at}, callee.writes.size());
    }

    bool quantifier(Block& block, std::uint32_t at, std::uint32_t body) {
        const Loop& loop = program_.loops[program_.code[at].b];
        block.writes.add(loop.variable);
        block.loop_depth = std::min(block.loop_depth, loop.depth);
        return body == none || blocks_.all[body].loop_depth > loop.depth ||
               context_.fail({"instruction", at}, "its quantifier holds one of no greater depth");
    }

    bool shared_order() {
        for (std::size_t i = 0; i < program_.shared.size(); ++i) {
            const std::uint32_t start = program_.shared[i].block;
            if (start == none) continue;
            if (!context_.require(blocks_.all[blocks_.at[start]].shared_end <= i, {"shared", i},
                                  "it reads itself or one after it")) {
                return false;
            }
        }
        return true;
    }

    Context& context_;
    const Program& program_;
    Blocks& blocks_;
    std::vector<State> state_;
    std::vector<Visit> path_;
};

}  // namespace

bool verify_blocks(Context& context, Blocks& blocks) {
    return Cutter(context, blocks).run() && Calls(context, blocks).run();
}

}  // namespace proviso::bytecode
