// An explanation runs no evaluator of its own: every sub-expression that it shows is a block that
// the VM runs, compiled from the same node by the same emitter as the rule.
//
// A `let` that a rule reads again is shown again, by the same blocks. Literals show themselves and
// have no node; what stands inside a quantifier depends on the member and is not shown.
#include "engine/compile/explanations.h"

#include <cctype>
#include <unordered_map>

namespace proviso::compile {

bytecode::Place place_of(const check::Span& span) {
    return {static_cast<std::uint32_t>(span.source), span.begin, span.end};
}

namespace {

class Explainer {
  public:
    explicit Explainer(Emitter& emitter)
        : emitter_(emitter),
          begin_(static_cast<std::uint32_t>(emitter.program().explain_nodes.size())),
          code_begin_(emitter.program().code.size()) {}

    // An int that is widened is shown as what it is widened to: the lowest int has no such value.
    void add(NodeId id, std::uint8_t depth, bool against) {
        const Node& given = emitter_.set().node(id);
        const bool widened = given.kind == NodeKind::to_decimal;
        const Node& node = widened ? emitter_.set().node(given.a) : given;
        if (count() >= explain_nodes_limit || depth == 255) return;
        if (emitter_.program().code.size() - code_begin_ >= explain_code_limit) return;
        if (node.kind == NodeKind::variable) return;
        if (node.kind == NodeKind::constant && !is_named(node)) return;
        if (node.kind == NodeKind::shared) {
            add_let(widened ? given.a : id, node, depth, against);
            return;
        }
        put(id, node, depth, against);
        const auto next = static_cast<std::uint8_t>(depth + 1);
        // A fact is missed by its own name, whatever is amiss with its key.
        if (node.kind == NodeKind::tier_test || node.kind == NodeKind::fact) return;
        const std::size_t first = emitter_.program().explain_nodes.size();
        if (node.a != check::no_node) add(node.a, next, against);
        if (node.kind == NodeKind::coalesce) reads_optional(first);
        if (node.b != check::no_node && !check::is_quantifier(node.kind))
            add(node.b, next, against);
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            add(emitter_.set().node_items[node.items.begin + i], next, against);
        }
    }

    [[nodiscard]] bytecode::Range range() const { return {begin_, count()}; }

  private:
    void add_let(NodeId id, const Node& node, std::uint8_t depth, bool against) {
        const auto seen = seen_.find(node.shared);
        if (seen != seen_.end()) {
            repeat(seen->second, node, depth, against);
            return;
        }
        const std::uint32_t first = begin_ + count();
        put(id, node, depth, against);
        const check::Shared& shared = emitter_.set().shared[static_cast<std::size_t>(node.shared)];
        add(shared.node, static_cast<std::uint8_t>(depth + 1), against);
        seen_.emplace(node.shared, bytecode::Range{first, begin_ + count() - first});
    }

    void repeat(bytecode::Range shown, const Node& node, std::uint8_t depth, bool against) {
        auto& nodes = emitter_.program().explain_nodes;
        const std::uint8_t top = nodes[shown.begin].depth;
        for (std::uint32_t i = 0; i < shown.count && count() < explain_nodes_limit; ++i) {
            bytecode::ExplainNode again = nodes[shown.begin + i];
            const int deeper = again.depth - top + depth;
            if (deeper > 255) continue;
            again.depth = static_cast<std::uint8_t>(deeper);
            again.against = against;
            if (i == 0) {
                again.place = place_of(node.span);
                if (again.subject == bytecode::Subject::optional_read) {
                    again.subject = bytecode::Subject::expression;
                }
            }
            nodes.push_back(again);
        }
    }

    void reads_optional(std::size_t at) {
        auto& nodes = emitter_.program().explain_nodes;
        if (at == nodes.size() || nodes[at].subject != bytecode::Subject::expression) return;
        nodes[at].subject = bytecode::Subject::optional_read;
    }

    [[nodiscard]] std::uint32_t count() const {
        return static_cast<std::uint32_t>(emitter_.program().explain_nodes.size()) - begin_;
    }

    // A param reads as its name, a literal as itself; enum words and bools show themselves too.
    [[nodiscard]] bool is_named(const Node& node) const {
        const Kind kind = emitter_.kind_of(node.type);
        if (kind == Kind::boolean || kind == Kind::enumeration) return false;
        const auto& source = emitter_.program().sources[static_cast<std::size_t>(node.span.source)];
        const std::string_view text =
            std::string_view(source.text).substr(node.span.begin, node.span.end - node.span.begin);
        const bool raw = text.size() > 1 && text[0] == 'r' && text[1] == '"';
        return !text.empty() && !raw &&
               (std::isalpha(static_cast<unsigned char>(text[0])) != 0 || text[0] == '_');
    }

    void put(NodeId id, const Node& node, std::uint8_t depth, bool against) {
        bytecode::ExplainNode result{.place = place_of(node.span), .depth = depth};
        result.against = against;
        result.condition = emitter_.is_condition(id);
        if (node.kind == NodeKind::tier_test) result.subject = bytecode::Subject::tier;
        if (node.kind == NodeKind::in_window) result.subject = bytecode::Subject::window;
        if (check::is_quantifier(node.kind)) result.subject = bytecode::Subject::quantifier;
        if (node.kind == NodeKind::role_test) {
            result.subject = node.party == check::Party::principal
                                 ? bytecode::Subject::principal_roles
                                 : bytecode::Subject::agent_roles;
        }
        if (result.condition) {
            result.value.block = emitter_.condition_block(id, check::no_node);
            result.value.type = node.type;
        } else {
            result.value = emitter_.value_ref(id);
        }
        emitter_.program().explain_nodes.push_back(result);
    }

    Emitter& emitter_;
    std::uint32_t begin_;
    std::size_t code_begin_;
    std::unordered_map<check::SharedId, bytecode::Range> seen_;
};

}  // namespace

bytecode::Range explain_condition(Emitter& emitter, NodeId when, NodeId unless) {
    Explainer explainer(emitter);
    if (when != check::no_node) explainer.add(when, 0, false);
    if (unless != check::no_node) explainer.add(unless, 0, true);
    return explainer.range();
}

bytecode::Range explain_values(Emitter& emitter, const std::vector<NodeId>& nodes) {
    Explainer explainer(emitter);
    for (const NodeId node : nodes) {
        if (node != check::no_node) explainer.add(node, 0, false);
    }
    return explainer.range();
}

}  // namespace proviso::compile
