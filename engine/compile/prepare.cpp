// Blocks that an expression calls, emitted before it: loop bodies, and conditions whose truth is
// wanted as a value.
#include "engine/compile/emitter.h"

namespace proviso::compile {

void Emitter::prepare_items(const Node& node, bool negated) {
    for (std::uint32_t i = 0; i < node.items.count; ++i) {
        prepare(set_.node_items[node.items.begin + i], negated);
    }
}

// As a condition, in the polarity in which `branch` will meet it.
void Emitter::prepare(NodeId id, bool negated) {
    if (known(id) != nullptr) return;
    const Node& node = set_.node(id);
    if (!is_condition(id)) {
        prepare_value(id);
        return;
    }
    switch (node.kind) {
        case NodeKind::logical_not: prepare(node.a, !negated); return;
        case NodeKind::logical_and:
        case NodeKind::logical_or: prepare_items(node, negated); return;
        case NodeKind::any:
        case NodeKind::all: prepare_loop(id, negated); return;
        case NodeKind::compare:
            if (is_equivalence(node)) {
                for (const bool polarity : {false, true}) {
                    prepare(node.a, polarity);
                    prepare(node.b, polarity);
                }
                return;
            }
            [[fallthrough]];
        case NodeKind::in_list:
            prepare_value(node.a);
            prepare_value(node.b);
            return;
        case NodeKind::in_window:
        case NodeKind::like:
        case NodeKind::matches:
        case NodeKind::has: prepare_value(node.a); return;
        case NodeKind::role_test:
        case NodeKind::tier_test:
        case NodeKind::shared:
        case NodeKind::constant:
        case NodeKind::slot:
        case NodeKind::fact:
        case NodeKind::variable:
        case NodeKind::field:
        case NodeKind::money_amount:
        case NodeKind::money_currency:
        case NodeKind::coalesce:
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply:
        case NodeKind::to_decimal:
        case NodeKind::length:
        case NodeKind::local:
        case NodeKind::native:
        case NodeKind::count_if:
        case NodeKind::sum_of:
        case NodeKind::table_read:
        case NodeKind::counter_read:
        case NodeKind::limit_total:
        case NodeKind::limit_cap: return;  // has no block within, or is no condition: above
    }
}

// A chain of operators hangs to the left and may be of any length: no recursion there.
void Emitter::prepare_value(NodeId id) {
    for (; id != check::no_node; id = set_.node(id).a) {
        if (known(id) != nullptr) return;
        const Node& node = set_.node(id);
        if (is_condition(id)) {
            prepare_condition(id);
            return;
        }
        if (node.kind == NodeKind::count_if || node.kind == NodeKind::sum_of) {
            prepare_loop(id, false);
            return;
        }
        if (node.kind == NodeKind::counter_read) return;  // its keys have blocks of their own
        if (node.b != check::no_node) prepare_value(node.b);
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            prepare_value(set_.node_items[node.items.begin + i]);
        }
    }
}

namespace {

template <class Map>
std::uint32_t find_in(const Map& shared, const Map& own, typename Map::key_type key) {
    if (const auto found = shared.find(key); found != shared.end()) return found->second;
    const auto found = own.find(key);
    return found == own.end() ? none : found->second;
}

}  // namespace

std::uint32_t Emitter::condition_of(NodeId id) const {
    return find_in(shared_.conditions, own_.conditions, id);
}

std::uint32_t Emitter::loop_of(NodeId id, bool negated) const {
    return find_in(shared_.loops, own_.loops, loop_key(id, negated));
}

// One place in both polarities: what the body calls may be emitted once for both.
std::uint32_t Emitter::loop_variable(NodeId id) {
    const std::uint32_t place = find_in(shared_.loop_variables, own_.loop_variables, id);
    return place != none ? place : own_.loop_variables.emplace(id, temporary()).first->second;
}

void Emitter::prepare_condition(NodeId id) {
    if (condition_of(id) != none) return;
    const std::uint32_t block = condition_block(id, check::no_node);
    own_.conditions.emplace(id, block);
}

void Emitter::prepare_loop(NodeId id, bool negated) {
    if (loop_of(id, negated) != none) return;
    const Node& node = set_.node(id);
    prepare_value(node.a);
    bytecode::Loop loop{.depth = static_cast<std::uint8_t>(node.index)};
    const Operand list = has_place(node.a) ? value(node.a) : Operand{temporary(), false};
    loop.list = list.index;
    loop.list_constant = list.constant;
    loop.variable = loop_variable(id);
    variables_[node.index] = loop.variable;
    const bool any = (node.kind == NodeKind::any) != negated;
    if (node.kind == NodeKind::sum_of) {
        const bytecode::ValueRef reference = value_ref(node.b);
        loop.kind = bytecode::LoopKind::sum;
        loop.sum_kind = kind_of(node.b);
        loop.body = reference.block;
        loop.value = reference.value;
        loop.value_constant = reference.constant;
    } else if (node.kind == NodeKind::count_if) {
        loop.kind = bytecode::LoopKind::count;
        loop.body = condition_block(node.b, check::no_node);
    } else {
        loop.kind = any ? bytecode::LoopKind::any : bytecode::LoopKind::all;
        loop.body = negated ? condition_block(check::no_node, node.b)
                            : condition_block(node.b, check::no_node);
    }
    program_.loops.push_back(loop);
    own_.loops.emplace(loop_key(id, negated),
                       static_cast<std::uint32_t>(program_.loops.size() - 1));
}

bool Emitter::has_place(NodeId id) const {
    const NodeKind kind = set_.node(id).kind;
    return kind == NodeKind::constant || kind == NodeKind::slot || kind == NodeKind::variable;
}

// A list that takes code to get at is put where its loop looks for it, by the loop's caller.
std::uint32_t Emitter::load_loop(NodeId id, bool negated) {
    const std::uint32_t index = loop_of(id, negated);
    const NodeId list = set_.node(id).a;
    if (!has_place(list)) {
        const Operand from = value(list);
        Instruction copy{.op = Op::copy, .a = from.index, .c = program_.loops[index].list};
        if (from.constant) copy.flags |= bytecode::a_constant;
        emit(copy);
    }
    return index;
}

}  // namespace proviso::compile
