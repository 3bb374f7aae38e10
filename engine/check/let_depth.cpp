// See let_depth.h. The machine runs a `let`, the body of a quantifier and a condition that is
// wanted as a value as blocks of their own, on its stack, one within the other. Operands stand
// before what is made of them and a `let` before its uses: one pass over the nodes finds how deep
// each is. Covered by tests/unit/engine/check/limits_test.cpp.

#include "engine/check/let_depth.h"

#include <algorithm>

namespace proviso::check {
namespace {

/// What the machine's own limit leaves, less the block of the rule itself
/// (bytecode::max_call_depth).
constexpr std::size_t deepest = 255;

/// Whether conditions among its operands are jumps of its own.
bool joins_conditions(NodeKind kind) {
    return kind == NodeKind::logical_not || kind == NodeKind::logical_and ||
           kind == NodeKind::logical_or;
}

class DepthCheck {
  public:
    explicit DepthCheck(Context& context)
        : context_(context),
          set_(context.set),
          depths_(set_.nodes.size()) {}

    void run() {
        const std::size_t most = std::min(context_.limits.let_depth, deepest);
        for (std::size_t i = 0; i < set_.nodes.size(); ++i) {
            depths_[i] = depth_of(set_.nodes[i]);
            if (depths_[i] <= most) continue;
            context_.report(DiagnosticId::lets_too_deep, set_.nodes[i].span, {std::to_string(most)},
                            "write out the innermost ones, or test them in rules of their own");
            return;
        }
    }

  private:
    [[nodiscard]] std::uint32_t depth_of(const Node& node) const {
        if (node.kind == NodeKind::shared) {
            return 1 + at(set_.shared[static_cast<std::size_t>(node.shared)].node);
        }
        std::uint32_t depth = std::max(operand(node, node.a), operand(node, node.b));
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            depth = std::max(depth, operand(node, set_.node_items[node.items.begin + i]));
        }
        return depth;
    }

    [[nodiscard]] std::uint32_t operand(const Node& node, NodeId id) const {
        if (id == no_node) return 0;
        const bool body = is_quantifier(node.kind) && id == node.b;
        const bool value = !joins_conditions(node.kind) && is_test(id);
        return at(id) + (body || value ? 1 : 0);
    }

    [[nodiscard]] bool is_test(NodeId id) const {
        const Node& node = set_.node(id);
        if (node.kind != NodeKind::shared) return is_condition(node.kind);
        return context_.kind(node.type) == Kind::boolean;
    }

    [[nodiscard]] std::uint32_t at(NodeId id) const {
        return id == no_node ? 0 : depths_[static_cast<std::size_t>(id)];
    }

    Context& context_;
    const PolicySet& set_;
    std::vector<std::uint32_t> depths_;  // by node
};

}  // namespace

void check_let_depth(Context& context) {
    DepthCheck(context).run();
}

}  // namespace proviso::check
