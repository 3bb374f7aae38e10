// Conditions to jumping code in negation normal form.
//
// `branch(node, negated, jump_when, label)` emits code that goes to `label` when the node's truth,
// negated or not, equals `jump_when`, and falls through otherwise. `not` only flips `negated`;
// `and` and `or` swap under it (De Morgan), so each test is one literal, as the passes of
// bytecode/program.h need it. `a > b` is `not a <= b` and so on: with unknown apart, both sides are
// total orders.
#include <algorithm>
#include <utility>

#include "engine/compile/emitter.h"

namespace proviso::compile {

using check::CompareOp;

void Emitter::test(Instruction instruction, bool negated, bool jump_when, Label& label) {
    // The literal is raw ^ negated; unknown counts as a false literal in the sure pass.
    if (jump_when != negated) instruction.flags |= bytecode::jump_if;
    if (!jump_when) instruction.flags |= bytecode::unknown_jumps;
    label.uses.push_back(emit(instruction));
}

void Emitter::branch_constant(bool truth, bool jump_when, Label& label) {
    if (truth == jump_when) label.uses.push_back(emit({.op = Op::jump}));
}

void Emitter::branch(NodeId id, bool negated, bool jump_when, Label& label) {
    if (const model::Value* value = known(id)) {
        branch_constant((value->integer != 0) != negated, jump_when, label);
        return;
    }
    const Node& node = set_.node(id);
    switch (node.kind) {
        case NodeKind::logical_not: branch(node.a, !negated, jump_when, label); return;
        case NodeKind::logical_and:
        case NodeKind::logical_or: branch_items(node, negated, jump_when, label); return;
        case NodeKind::compare: branch_compare(node, negated, jump_when, label); return;
        case NodeKind::in_list: branch_membership(node, negated, jump_when, label); return;
        case NodeKind::in_window: {
            const Operand a = value(node.a);
            const std::uint8_t flags = a.constant ? bytecode::a_constant : 0;
            const std::uint32_t window = windows_[static_cast<std::size_t>(node.window)];
            test({.op = Op::in_window, .flags = flags, .a = a.index, .b = window},
                 negated != node.negated, jump_when, label);
            return;
        }
        case NodeKind::like: {
            const Operand a = value(node.a);
            const std::uint8_t flags = a.constant ? bytecode::a_constant : 0;
            test({.op = Op::like, .flags = flags, .a = a.index, .b = glob(node.text)},
                 negated != node.negated, jump_when, label);
            return;
        }
        case NodeKind::matches: {
            const Operand a = value(node.a);
            const std::uint8_t flags = a.constant ? bytecode::a_constant : 0;
            test({.op = Op::matches, .flags = flags, .a = a.index, .b = regex(node.text)},
                 negated != node.negated, jump_when, label);
            return;
        }
        case NodeKind::has: {
            const Operand a = value(node.a);
            const std::uint8_t flags = a.constant ? bytecode::a_constant : 0;
            test({.op = Op::has, .flags = flags, .a = a.index}, negated != node.negated, jump_when,
                 label);
            return;
        }
        case NodeKind::role_test:
            test({.op = Op::role,
                  .a = static_cast<std::uint32_t>(node.party),
                  .b = static_cast<std::uint32_t>(node.role)},
                 negated != node.negated, jump_when, label);
            return;
        case NodeKind::tier_test: {
            const auto bound = set_.node(node.b).value.integer;
            std::uint32_t mask = 0;
            for (std::int64_t tier = 0; tier < 4; ++tier) {
                bool inside = false;
                switch (node.op) {
                    case CompareOp::equal: inside = tier == bound; break;
                    case CompareOp::not_equal: inside = tier != bound; break;
                    case CompareOp::less: inside = tier < bound; break;
                    case CompareOp::less_equal: inside = tier <= bound; break;
                    case CompareOp::greater: inside = tier > bound; break;
                    case CompareOp::greater_equal: inside = tier >= bound; break;
                }
                if (inside) mask |= 1U << tier;
            }
            test({.op = Op::tier, .a = mask}, negated, jump_when, label);
            return;
        }
        case NodeKind::any:
        case NodeKind::all:
            test({.op = Op::loop, .b = load_loop(id, negated)}, false, jump_when, label);
            return;
        case NodeKind::shared:
            test({.op = Op::shared, .b = static_cast<std::uint32_t>(node.shared)}, negated,
                 jump_when, label);
            return;
        case NodeKind::constant: return;  // known: above
        case NodeKind::slot:
        case NodeKind::fact:
        case NodeKind::variable:
        case NodeKind::field:
        case NodeKind::coalesce:
        case NodeKind::table_read:
        case NodeKind::counter_read:
        case NodeKind::limit_total:
        case NodeKind::limit_cap:
        case NodeKind::money_amount:
        case NodeKind::money_currency:
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply:
        case NodeKind::to_decimal:
        case NodeKind::length:
        case NodeKind::local:
        case NodeKind::native:
        case NodeKind::count_if:
        case NodeKind::sum_of: branch_value(id, negated, jump_when, label); return;
    }
}

void Emitter::branch_value(NodeId id, bool negated, bool jump_when, Label& label) {
    const Operand a = value(id);
    const std::uint8_t flags = a.constant ? bytecode::a_constant : 0;
    test({.op = Op::is_true, .flags = flags, .a = a.index}, negated, jump_when, label);
}

void Emitter::branch_items(const Node& node, bool negated, bool jump_when, Label& label) {
    const bool conjunction = (node.kind == NodeKind::logical_and) != negated;
    const auto items = std::pair(node.items.begin, node.items.begin + node.items.count);
    if (conjunction != jump_when) {
        // A false member decides an `and`, a true one an `or`: each jumps by itself.
        for (auto i = items.first; i < items.second; ++i) {
            branch(set_.node_items[i], negated, jump_when, label);
        }
        return;
    }
    Label past;
    for (auto i = items.first; i + 1 < items.second; ++i) {
        branch(set_.node_items[i], negated, !jump_when, past);
    }
    branch(set_.node_items[items.second - 1], negated, jump_when, label);
    bind(past);
}

// Each side is emitted twice: a side that holds an equivalence itself is a value instead, or else
// the code would double with each level; so is one with a quantifier, whose members would be
// visited twice.
bool Emitter::is_equivalence(const Node& node) const {
    return compares_conditions(node) && !holds_equivalence(node.a) && !holds_equivalence(node.b) &&
           !holds_quantifier_[static_cast<std::size_t>(node.a)] &&
           !holds_quantifier_[static_cast<std::size_t>(node.b)];
}

// Through the connectives; how deep these stand within each other has a limit (`nesting`).
bool Emitter::holds_equivalence(NodeId id) const {
    const Node& node = set_.node(id);
    if (node.kind == NodeKind::logical_not) return holds_equivalence(node.a);
    if (node.kind == NodeKind::logical_and || node.kind == NodeKind::logical_or) {
        const auto* items = set_.node_items.data() + node.items.begin;
        return std::any_of(items, items + node.items.count,
                           [&](NodeId item) { return holds_equivalence(item); });
    }
    // Any other kind is a single test: a value, or a block of its own.
    return node.kind == NodeKind::compare && compares_conditions(node);
}

bool Emitter::compares_conditions(const Node& node) const {
    return kind_of(node.a) == Kind::boolean && (is_condition(node.a) || is_condition(node.b));
}

// p == q over conditions is (p and q) or (not p and not q), which is Kleene's equivalence.
void Emitter::branch_equivalence(const Node& node, bool negated, bool jump_when, Label& label) {
    const bool differs = (node.op == CompareOp::not_equal) != negated;
    Label other;
    Label past;
    Label& taken = jump_when ? label : past;
    Label& refused = jump_when ? past : label;
    branch(node.a, false, false, other);
    branch(node.b, differs, false, other);
    taken.uses.push_back(emit({.op = Op::jump}));
    bind(other);
    branch(node.a, true, false, refused);
    branch(node.b, !differs, jump_when, label);
    bind(past);
}

namespace {

struct CompareCode {
    Op by_constant;
    Op by_operand;
    bool has_constant_form;
};

CompareCode compare_code(Kind kind, int which) {  // 0 equal, 1 less, 2 less or equal
    static constexpr CompareCode integers[] = {{Op::int_eq_k, Op::int_eq, true},
                                               {Op::int_lt_k, Op::int_lt, true},
                                               {Op::int_le_k, Op::int_le, true}};
    static constexpr CompareCode decimals[] = {{Op::decimal_eq_k, Op::decimal_eq, true},
                                               {Op::decimal_lt_k, Op::decimal_lt, true},
                                               {Op::decimal_le_k, Op::decimal_le, true}};
    static constexpr CompareCode money[] = {{Op::money_eq_k, Op::money_eq, true},
                                            {Op::money_lt_k, Op::money_lt, true},
                                            {Op::money_le_k, Op::money_le, true}};
    static constexpr CompareCode texts[] = {{Op::text_eq_k, Op::text_eq, true},
                                            {Op::text_lt, Op::text_lt, false},
                                            {Op::text_le, Op::text_le, false}};
    static constexpr CompareCode address{Op::address_eq, Op::address_eq, false};
    switch (kind) {
        case Kind::decimal: return decimals[which];
        case Kind::money: return money[which];
        case Kind::string: return texts[which];
        case Kind::ip: return address;
        case Kind::boolean:
        case Kind::integer:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return integers[which];
    }
    return integers[which];
}

struct Normal {
    int which;
    bool negated;
};

Normal normal(CompareOp op) {
    switch (op) {
        case CompareOp::equal: return {0, false};
        case CompareOp::not_equal: return {0, true};
        case CompareOp::less: return {1, false};
        case CompareOp::less_equal: return {2, false};
        case CompareOp::greater: return {2, true};
        case CompareOp::greater_equal: return {1, true};
    }
    return {0, false};
}

struct Comparison {
    Instruction instruction;
    bool negated = false;
};

Comparison comparison(Kind kind, CompareOp op, Operand a, Operand b) {
    if (a.constant && !b.constant) {
        std::swap(a, b);
        op = mirrored(op);
    }
    const Normal form = normal(op);
    const CompareCode code = compare_code(kind, form.which);
    Comparison result{{.a = a.index, .b = b.index}, form.negated};
    if (b.constant && !a.constant && code.has_constant_form) {
        result.instruction.op = code.by_constant;
        return result;
    }
    result.instruction.op = code.by_operand;
    if (a.constant) result.instruction.flags |= bytecode::a_constant;
    if (b.constant) result.instruction.flags |= bytecode::b_constant;
    return result;
}

}  // namespace

void Emitter::branch_compare(const Node& node, bool negated, bool jump_when, Label& label) {
    const Kind kind = kind_of(node.a);
    if (is_equivalence(node)) {
        branch_equivalence(node, negated, jump_when, label);
        return;
    }
    if (is_counter(node.a) || is_counter(node.b)) {
        branch_counters(node, negated, jump_when, label);
        return;
    }
    const Operand a = value(node.a);
    const Operand b = value(node.b);
    const Comparison form = comparison(kind, node.op, a, b);
    test(form.instruction, negated != form.negated, jump_when, label);
}

// ---------------------------------------------------------------- counters

bool Emitter::is_counter(NodeId id) const {
    const Node& node = set_.node(id);
    if (node.kind == NodeKind::to_decimal) return is_counter(node.a);
    if (node.kind == NodeKind::shared) {
        return is_counter(set_.shared[static_cast<std::size_t>(node.shared)].node);
    }
    return node.kind == NodeKind::counter_read;
}

Bounds Emitter::bounds(NodeId id) {
    const Node& node = set_.node(id);
    if (!is_counter(id)) {
        const Operand plain = value(id);
        return {plain, plain, plain};
    }
    if (node.kind == NodeKind::shared) {
        return bounds(set_.shared[static_cast<std::size_t>(node.shared)].node);
    }
    if (node.kind == NodeKind::to_decimal) {
        const Bounds whole = bounds(node.a);
        return {write(Op::to_decimal, whole.value, {}), write(Op::to_decimal, whole.low, {}),
                write(Op::to_decimal, whole.high, {})};
    }
    const bytecode::CounterRead& read = program_.counter_reads[reads_.at(id)];
    return {{read.value, false}, {read.low, false}, {read.high, false}};
}

// With `l` and `h` the bounds of a counter `c`, whose value is unknown where they differ:
//
//     c < x   is   h < x  or  (l < x  and  c < x)
//     c == x  is   (l <= x  and  x <= h)  and  c == x
//
// Where the bounds agree, all of these say the same. Where not, the test of `c` is unknown, and the
// others say what every value between them would.
void Emitter::branch_counters(const Node& node, bool negated, bool jump_when, Label& label) {
    const Kind kind = kind_of(node.a);
    const Bounds a = bounds(node.a);
    const Bounds b = bounds(node.b);
    const Normal form = normal(node.op);
    const bool not_so = negated != form.negated;
    const auto go = [&](CompareOp op, Operand left, Operand right, bool when, Label& to) {
        const Comparison one = comparison(kind, op, left, right);
        test(one.instruction, not_so != one.negated, when, to);
    };
    Label past;
    if (form.which == 0) {
        // not_so: one that fails is enough.
        Label& first = not_so == jump_when ? label : past;
        const bool when = not_so == jump_when ? jump_when : !jump_when;
        go(CompareOp::less_equal, a.low, b.high, when, first);
        go(CompareOp::less_equal, b.low, a.high, when, first);
        go(CompareOp::equal, a.value, b.value, jump_when, label);
        bind(past);
        return;
    }
    const CompareOp op = form.which == 1 ? CompareOp::less : CompareOp::less_equal;
    if (not_so != jump_when) {
        go(op, a.high, b.low, jump_when, label);
        go(op, a.low, b.high, !jump_when, past);
    } else {
        go(op, a.high, b.low, !jump_when, past);
        go(op, a.low, b.high, jump_when, label);
    }
    go(op, a.value, b.value, jump_when, label);
    bind(past);
}

void Emitter::branch_membership(const Node& node, bool negated, bool jump_when, Label& label) {
    const Kind kind = kind_of(node.a);
    const Operand a = value(node.a);
    const Node& list = set_.node(node.b);
    const std::uint8_t a_flag = a.constant ? bytecode::a_constant : 0;
    // Money is not hashed: an amount in another currency is unknown, not absent.
    if (list.kind == NodeKind::constant && kind != Kind::money) {
        const model::TypeId element = set_.types.type(list.type).element;
        test({.op = Op::in_set,
              .flags = a_flag,
              .a = a.index,
              .b = constant_set(kind, list.value, element)},
             negated != node.negated, jump_when, label);
        return;
    }
    const Operand b = value(node.b);
    Instruction instruction{.op = Op::in_list,
                            .flags = a_flag,
                            .extra = static_cast<std::uint16_t>(kind),
                            .a = a.index,
                            .b = b.index};
    if (b.constant) instruction.flags |= bytecode::b_constant;
    test(instruction, negated != node.negated, jump_when, label);
}

}  // namespace proviso::compile
