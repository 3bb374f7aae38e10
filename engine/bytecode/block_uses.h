// Every place in a program that names a block, and what the block is for.
//
// The verifier starts from these, and the disassembler takes its headings from them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/bytecode/program.h"

namespace proviso::bytecode {

enum class BlockUser : std::uint8_t {
    rule,         // index: rule
    entry,        // index: entry
    raise,        // index: raise
    grant,        // index: grant
    shared,       // index: shared
    loop,         // index: loop
    instruction,  // index: of a `condition` instruction
    explain,      // index: explain node
    matrix_axis,  // index: matrix; part: axis
    because,      // index: rule; part: text part
    obligation,   // index: rule; part: argument, counted over all obligations of the rule
    never,        // index: approval; part: path
};

struct BlockUse {
    std::uint32_t block = none;
    bool is_condition = true;
    BlockUser user{};
    std::uint32_t index = 0;
    std::uint32_t part = 0;
};

namespace detail {

template <class Visit>
class BlockUses {
  public:
    BlockUses(const Program& program, Visit& visit) : program_(program), visit_(visit) {}

    void run() {
        approvals();
        rules();
        each(program_.entries, BlockUser::entry);
        each(program_.raises, BlockUser::raise);
        each(program_.grants, BlockUser::grant);
        shared();
        loops();
        instructions();
        explain_nodes();
        matrices();
    }

  private:
    void add(std::uint32_t block, bool is_condition, BlockUser user, std::size_t index,
             std::size_t part = 0) {
        if (block == none) return;
        visit_(BlockUse{block, is_condition, user, static_cast<std::uint32_t>(index),
                        static_cast<std::uint32_t>(part)});
    }

    template <class Items>
    void each(const Items& items, BlockUser user) {
        for (std::size_t i = 0; i < items.size(); ++i) add(items[i].block, true, user, i);
    }

    void approvals() {
        for (std::size_t i = 0; i < program_.approvals.size(); ++i) {
            const Approval& approval = program_.approvals[i];
            for (std::size_t part = 0; part < approval.never.size(); ++part) {
                add(approval.never[part].value.block, false, BlockUser::never, i, part);
            }
        }
    }

    void rules() {
        for (std::size_t i = 0; i < program_.rules.size(); ++i) {
            const Rule& rule = program_.rules[i];
            add(rule.block, true, BlockUser::rule, i);
            because(rule, i);
            obligations(rule, i);
        }
    }

    void because(const Rule& rule, std::size_t index) {
        for (std::size_t part = 0; part < rule.because.size(); ++part) {
            const TextPart& text = rule.because[part];
            if (text.is_value) add(text.value.block, false, BlockUser::because, index, part);
        }
    }

    void obligations(const Rule& rule, std::size_t index) {
        std::size_t part = 0;
        for (const ObligationUse& use : rule.obligations) {
            for (const ValueRef& argument : use.arguments) {
                add(argument.block, false, BlockUser::obligation, index, part++);
            }
        }
    }

    void shared() {
        for (std::size_t i = 0; i < program_.shared.size(); ++i) {
            const Shared& it = program_.shared[i];
            add(it.block, it.is_condition, BlockUser::shared, i);
        }
    }

    void loops() {
        for (std::size_t i = 0; i < program_.loops.size(); ++i) {
            const Loop& loop = program_.loops[i];
            add(loop.body, loop.kind != LoopKind::sum, BlockUser::loop, i);
        }
    }

    void instructions() {
        for (std::size_t i = 0; i < program_.code.size(); ++i) {
            const Instruction& it = program_.code[i];
            if (it.op == Op::condition) add(it.b, true, BlockUser::instruction, i);
        }
    }

    void explain_nodes() {
        for (std::size_t i = 0; i < program_.explain_nodes.size(); ++i) {
            const ExplainNode& node = program_.explain_nodes[i];
            add(node.value.block, node.condition, BlockUser::explain, i);
        }
    }

    void matrices() {
        for (std::size_t i = 0; i < program_.matrices.size(); ++i) {
            const Matrix& matrix = program_.matrices[i];
            for (std::size_t axis = 0; axis < matrix.axes.size(); ++axis) {
                add(matrix.axes[axis].read.block, false, BlockUser::matrix_axis, i, axis);
            }
        }
    }

    const Program& program_;
    Visit& visit_;
};

}  // namespace detail

/// Calls `visit(use)` in the order of the tables; nothing is checked, uses that name no block
/// (`none`) are left out.
template <class Visit>
void each_block_use(const Program& program, Visit visit) {
    detail::BlockUses<Visit>(program, visit).run();
}

[[nodiscard]] std::vector<BlockUse> block_uses(const Program& program);

}  // namespace proviso::bytecode
