// Values to straight-line code. What already has a place (slot, loop variable, constant) costs no
// instruction; everything else is written to a temporary.
#include <algorithm>

#include "engine/compile/emitter.h"

namespace proviso::compile {

Operand Emitter::write(Op op, Operand a, Operand b, std::uint16_t extra) {
    Instruction instruction{.op = op, .extra = extra, .a = a.index, .b = b.index};
    if (a.constant) instruction.flags |= bytecode::a_constant;
    if (b.constant) instruction.flags |= bytecode::b_constant;
    instruction.c = temporary();
    emit(instruction);
    return {instruction.c, false};
}

namespace {

struct Arithmetic {
    Op op;
    std::uint16_t extra = 0;
    bool swap = false;
};

Arithmetic addition(Kind a, Kind b) {
    if (a == Kind::time) return {Op::time_shift};
    if (b == Kind::time) return {Op::time_shift, 0, true};
    if (a == Kind::date) return {Op::date_shift};
    if (b == Kind::date) return {Op::date_shift, 0, true};
    if (a == Kind::decimal) return {Op::decimal_add};
    if (a == Kind::money) return {Op::money_add};
    return {Op::int_add};
}

Arithmetic subtraction(Kind a, Kind b) {
    if (a == Kind::time && b == Kind::time) return {Op::time_between};
    if (a == Kind::time) return {Op::time_shift, 1};
    if (a == Kind::date && b == Kind::date) return {Op::date_between};
    if (a == Kind::date) return {Op::date_shift, 1};
    if (a == Kind::decimal) return {Op::decimal_subtract};
    if (a == Kind::money) return {Op::money_subtract};
    return {Op::int_subtract};
}

Arithmetic multiplication(Kind a, Kind b) {
    if (a == Kind::money) return {Op::money_multiply};
    if (b == Kind::money) return {Op::money_multiply, 0, true};
    if (a == Kind::decimal) return {Op::decimal_multiply};
    return {Op::int_multiply};
}

Arithmetic arithmetic(NodeKind node, Kind a, Kind b) {
    if (node == NodeKind::add) return addition(a, b);
    if (node == NodeKind::subtract) return subtraction(a, b);
    return multiplication(a, b);
}

bool is_link(NodeKind kind) {
    return kind == NodeKind::add || kind == NodeKind::subtract || kind == NodeKind::multiply ||
           kind == NodeKind::coalesce;
}

}  // namespace

Operand Emitter::binary_value(const Node& node, Operand a) {
    const Operand b = value(node.b);
    if (node.kind == NodeKind::coalesce) return write(Op::coalesce, a, b);
    const Arithmetic how = arithmetic(node.kind, kind_of(node.a), kind_of(node.b));
    return how.swap ? write(how.op, b, a, how.extra) : write(how.op, a, b, how.extra);
}

// From the left end of the chain to its right, however long it is.
Operand Emitter::chain_value(NodeId id) {
    std::vector<const Node*> chain;
    while (is_link(set_.node(id).kind) && known(id) == nullptr) {
        chain.push_back(&set_.node(id));
        id = chain.back()->a;
    }
    Operand result = value(id);
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        result = binary_value(**link, result);
    }
    return result;
}

// Keys stand side by side, whatever temporaries they needed themselves.
Operand Emitter::table_value(const Node& node) {
    Operand keys[2];
    for (std::uint32_t i = 0; i < node.items.count; ++i) {
        keys[i] = value(set_.node_items[node.items.begin + i]);
    }
    std::uint32_t first = none;
    for (std::uint32_t i = 0; i < node.items.count; ++i) {
        const Operand placed = write(Op::copy, keys[i], {});
        if (i == 0) first = placed.index;
    }
    Instruction read{.op = Op::table, .a = first, .b = static_cast<std::uint32_t>(node.table)};
    read.c = temporary();
    emit(read);
    return {read.c, false};
}

Operand Emitter::fact_value(const Node& node) {
    const auto sent = static_cast<std::uint32_t>(set_.node(node.b).slot);
    const auto facts = std::find_if(set_.facts.begin(), set_.facts.end(), [&](const auto& one) {
        return static_cast<std::uint32_t>(one.key) == sent;
    });
    const auto field = static_cast<std::uint32_t>(node.slot) - sent - 1;
    const auto index = static_cast<std::uint32_t>(facts - set_.facts.begin());
    const Operand key = value(node.a);
    Instruction read{.op = Op::fact, .a = key.index, .b = index};
    read.extra = static_cast<std::uint16_t>(field);
    if (key.constant) read.flags |= bytecode::a_constant;
    read.c = temporary();
    emit(read);
    return {read.c, false};
}

Operand Emitter::local_value(const Node& node) {
    const Operand a = value(node.a);
    Instruction read{.op = Op::local, .a = a.index, .b = node.zone};
    if (a.constant) read.flags |= bytecode::a_constant;
    const Kind kind = kind_of(node.type);
    if (kind != Kind::integer) read.extra = kind == Kind::weekday ? 1 : 2;
    read.c = temporary();
    emit(read);
    return {read.c, false};
}

Operand Emitter::native_value(const Node& node) {
    bytecode::NativeCall called{.function = function(node.text)};
    for (std::uint32_t i = 0; i < node.items.count; ++i) {
        const NodeId item = set_.node_items[node.items.begin + i];
        const Operand operand = value(item);
        called.arguments.push_back({none, operand.index, operand.constant, set_.node(item).type});
    }
    program_.native_calls.push_back(std::move(called));
    const auto index = static_cast<std::uint32_t>(program_.native_calls.size() - 1);
    Instruction call{.op = Op::call_native, .b = index};
    call.c = temporary();
    emit(call);
    return {call.c, false};
}

Operand Emitter::value(NodeId id) {
    if (known(id) != nullptr) return {constant(id), true};
    const Node& node = set_.node(id);
    const auto from = [&](Op op, std::uint32_t b) {
        Instruction instruction{.op = op, .b = b};
        instruction.c = temporary();
        emit(instruction);
        return Operand{instruction.c, false};
    };
    switch (node.kind) {
        case NodeKind::constant: return {};  // known: above
        case NodeKind::slot: return {static_cast<std::uint32_t>(node.slot), false};
        case NodeKind::fact: return fact_value(node);
        case NodeKind::variable: return {variables_[node.index], false};
        case NodeKind::field: {
            const Operand a = value(node.a);
            Instruction read{.op = Op::field, .a = a.index, .b = node.index};
            if (a.constant) read.flags |= bytecode::a_constant;
            read.c = temporary();
            emit(read);
            return {read.c, false};
        }
        case NodeKind::local: return local_value(node);
        case NodeKind::native: return native_value(node);
        case NodeKind::money_amount: return write(Op::amount, value(node.a), {});
        case NodeKind::money_currency: return write(Op::currency, value(node.a), {});
        case NodeKind::to_decimal: return write(Op::to_decimal, value(node.a), {});
        case NodeKind::length:
            return write(kind_of(node.a) == Kind::list ? Op::list_length : Op::text_length,
                         value(node.a), {});
        case NodeKind::coalesce:
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply: return chain_value(id);
        case NodeKind::table_read: return table_value(node);
        case NodeKind::counter_read: return {program_.counter_reads[reads_.at(id)].value, false};
        case NodeKind::limit_total: return {program_.limits[node.index].total, false};
        case NodeKind::limit_cap: return {program_.limits[node.index].cap, false};
        case NodeKind::count_if:
        case NodeKind::sum_of: return from(Op::loop_value, load_loop(id, false));
        case NodeKind::shared:
            if (kind_of(id) != Kind::boolean) {
                return from(Op::shared_value, static_cast<std::uint32_t>(node.shared));
            }
            return from(Op::condition, condition_of(id));
        case NodeKind::logical_not:
        case NodeKind::logical_and:
        case NodeKind::logical_or:
        case NodeKind::compare:
        case NodeKind::in_list:
        case NodeKind::in_window:
        case NodeKind::like:
        case NodeKind::matches:
        case NodeKind::has:
        case NodeKind::role_test:
        case NodeKind::tier_test:
        case NodeKind::any:
        case NodeKind::all: return from(Op::condition, condition_of(id));
    }
    return {};
}

}  // namespace proviso::compile
