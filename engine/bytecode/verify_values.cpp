// Who reads a value after a block finds it there, and of the type that it expects.
#include "engine/bytecode/verify_blocks.h"

namespace proviso::bytecode {
namespace {

class ValueRefCheck {
  public:
    ValueRefCheck(Context& context, const Blocks& blocks)
        : context_(context),
          program_(context.program),
          blocks_(blocks) {}

    bool run() {
        return approvals() && rules() && explanations() && matrices() && shared() && loops();
    }

  private:
    // What a place or constant holds once the block has run.
    [[nodiscard]] Base held(std::uint32_t block, std::uint32_t at, bool is_constant) const {
        if (is_constant) return context_.constant_base(at);
        if (context_.is_slot(at)) return context_.base(program_.slots[at].type);
        return block == none ? none
                             : blocks_.held_by(blocks_.all[blocks_.at[block]]).at_end.find(at);
    }

    bool value(Where where, const ValueRef& it) {
        const Base base = held(it.block, it.value, it.constant);
        if (base == none) return context_.fail(where, "it reads a value that no block has written");
        if (base == context_.base(it.type)) return true;
        return context_.fail(where, "it reads " + context_.type_text(base) + " as " +
                                        context_.type_text(context_.base(it.type)));
    }

    bool approvals() {
        for (std::size_t i = 0; i < program_.approvals.size(); ++i) {
            for (const Excluded& one : program_.approvals[i].never) {
                if (!value({"approval", i}, one.value)) return false;
            }
        }
        return true;
    }

    bool rules() {
        for (std::size_t i = 0; i < program_.rules.size(); ++i) {
            if (!rule({"rule", i}, program_.rules[i])) return false;
        }
        return true;
    }

    bool rule(Where where, const Rule& rule) {
        for (const TextPart& part : rule.because) {
            if (part.is_value && !value(where, part.value)) return false;
        }
        for (const ObligationUse& use : rule.obligations) {
            for (const ValueRef& argument : use.arguments) {
                if (!value(where, argument)) return false;
            }
        }
        return true;
    }

    bool explanations() {
        for (std::size_t i = 0; i < program_.explain_nodes.size(); ++i) {
            const ExplainNode& node = program_.explain_nodes[i];
            if (!node.condition && !value({"explanation", i}, node.value)) return false;
        }
        return true;
    }

    bool matrices() {
        for (std::size_t i = 0; i < program_.matrices.size(); ++i) {
            for (const Axis& axis : program_.matrices[i].axes) {
                const bool reads = axis.kind != AxisKind::tool && axis.kind != AxisKind::tier;
                if (reads && !value({"matrix", i}, axis.read)) return false;
            }
        }
        return true;
    }

    bool shared() {
        for (std::size_t i = 0; i < program_.shared.size(); ++i) {
            const Shared& it = program_.shared[i];
            if (it.is_condition) continue;
            const ValueRef read{it.block, it.value, it.value_constant, it.type};
            if (!value({"shared", i}, read)) return false;
        }
        return true;
    }

    // Sums without a body were seen where they are called.
    bool loops() {
        for (std::size_t i = 0; i < program_.loops.size(); ++i) {
            const Loop& it = program_.loops[i];
            if (it.kind != LoopKind::sum || it.body == none) continue;
            if (!blocks_.all[blocks_.at[it.body]].runs()) continue;
            const Base base = held(it.body, it.value, it.value_constant);
            if (base == none || context_.kind(base) != it.sum_kind) {
                return context_.fail({"loop", i}, "it sums what is not there or of another kind");
            }
        }
        return true;
    }

    Context& context_;
    const Program& program_;
    const Blocks& blocks_;
};

}  // namespace

bool verify_values(Context& context, const Blocks& blocks) {
    return ValueRefCheck(context, blocks).run();
}

}  // namespace proviso::bytecode
