// Evaluation round the dispatch loop: shared results, quantifiers, tables, axes. The loop itself is
// in dispatch.cpp.
#include "engine/vm/machine.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "engine/model/native.h"
#include "engine/vm/count.h"
#include "engine/vm/operations.h"

namespace proviso::vm {

using bytecode::Axis;
using bytecode::AxisKind;
using bytecode::Instruction;
using bytecode::Loop;
using bytecode::LoopKind;
using bytecode::none;
using bytecode::ValueRef;
using model::State;

Machine::Machine(const Image& image)
    : image_(&image),
      program_(&image.program()),
      shared_(program_->shared.size()),
      conditions_(image.condition_count()),
      rooms_(image.room_count()) {}

void Machine::set_tiers(std::uint8_t tiers) {
    context_.tiers = tiers;
    ++call_;
    binding_ = ++bindings_;
}

Truth Machine::truth(std::uint32_t block) {
    if (block == none) return Truth::yes;
    bool tainted = false;
    const std::size_t before = visited_;
    if (test(block, Pass::sure, tainted)) return Truth::yes;
    if (!tainted) return Truth::no;
    // What both passes visit counts once.
    const std::size_t sure = std::exchange(visited_, before);
    const bool may = test(block, Pass::may, tainted);
    visited_ = std::max(visited_, sure);
    return may ? Truth::unknown : Truth::no;
}

void Machine::run_value(std::uint32_t block) {
    bool tainted = false;
    (void)test(block, Pass::sure, tainted);
}

Truth Machine::shared_truth(std::uint32_t index) {
    Remembered& cell = shared_[index];
    if (cell.call == call_) return cell.truth;
    const std::size_t outside = std::exchange(visited_, 0);
    const Truth result = truth(program_->shared[index].block);
    visited_ = outside;
    cell.truth = result;
    cell.call = call_;
    return result;
}

Truth Machine::condition_truth(std::uint32_t block) {
    Remembered& cell = conditions_[image_->condition(block)];
    if (cell.call == binding_) return cell.truth;
    const Truth result = truth(block);
    cell.truth = result;
    cell.call = binding_;
    return result;
}

Value Machine::shared_value(std::uint32_t index) {
    Remembered& cell = shared_[index];
    if (cell.call == call_) return cell.value;
    const bytecode::Shared& shared = program_->shared[index];
    const std::size_t outside = std::exchange(visited_, 0);
    const Value result = value({shared.block, shared.value, shared.value_constant, shared.type});
    visited_ = outside;
    cell.value = result;
    cell.call = call_;
    return result;
}

// ---------------------------------------------------------------- quantifiers

class Machine::Members {
  public:
    Members(Machine& machine, const Loop& loop)
        : machine_(machine),
          variable_(machine.context_.places[loop.variable]),
          outside_(machine.binding_) {}
    ~Members() { machine_.binding_ = outside_; }
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;

    void bind(const Value& member) {
        PROVISO_COUNT(members);
        variable_ = member;
        machine_.binding_ = ++machine_.bindings_;
    }

  private:
    Machine& machine_;
    Value& variable_;
    std::uint64_t outside_;
};

// The budget is that of an outermost quantifier and of the one that it holds; a `let` that is read
// there has its own.
bool Machine::charge(const Loop& loop, std::size_t elements) {
    if (loop.depth == 0) visited_ = 0;
    visited_ += elements;
    return visited_ <= image_->elements_visited_limit();
}

Truth Machine::loop_truth(const Loop& loop, Pass pass, bool& tainted) {
    const Value& list = operand(loop.list, loop.list_constant);
    if (!list.known() || !charge(loop, list.extra)) return Truth::unknown;
    const bool decisive = loop.kind == LoopKind::any;
    const Value* elements = list.elements;
    const std::uint32_t count = list.extra;
    Members members(*this, loop);
    for (std::uint32_t i = 0; i < count; ++i) {
        members.bind(elements[i]);
        if (test(loop.body, pass, tainted) == decisive) return decisive ? Truth::yes : Truth::no;
    }
    return decisive ? Truth::no : Truth::yes;
}

Value Machine::loop_value(const Loop& loop) {
    const Value list = operand(loop.list, loop.list_constant);
    if (!list.known()) return model::unknown(list.state);
    if (!charge(loop, list.extra)) return model::unknown(State::over_budget);
    return loop.kind == LoopKind::count ? count(loop, list) : sum(loop, list);
}

Value Machine::count(const Loop& loop, const Value& list) {
    std::int64_t result = 0;
    Members members(*this, loop);
    for (std::uint32_t i = 0; i < list.extra; ++i) {
        members.bind(list.elements[i]);
        switch (truth(loop.body)) {
            case Truth::yes: ++result; break;
            case Truth::no: break;
            case Truth::unknown: return model::unknown(State::missing);
        }
    }
    return model::of_integer(result);
}

Value Machine::sum(const Loop& loop, const Value& list) {
    // An empty sum of money has no currency; the compiler allows `sum` of money to be compared with
    // money alone, and nothing is less than every amount: it is unknown.
    Value total = model::of_integer(0);
    if (loop.sum_kind == model::Kind::money && list.extra == 0) {
        return model::unknown(State::currency_mismatch);
    }
    Members members(*this, loop);
    for (std::uint32_t i = 0; i < list.extra; ++i) {
        members.bind(list.elements[i]);
        if (loop.body != none) run_value(loop.body);
        const Value one = operand(loop.value, loop.value_constant);
        if (!one.known()) return model::unknown(one.state);
        if (loop.sum_kind == model::Kind::money) {
            total = i == 0 ? one : add_money(total, one);
        } else if (loop.sum_kind == model::Kind::decimal) {
            total = add_decimals(total, one);
        } else {
            total = add_integers(total.integer, one.integer);
        }
        if (!total.known()) return total;
    }
    return total;
}

// ---------------------------------------------------------------- axes and tables

namespace {

bool in_band(model::Kind kind, const Value& value, const Value& bound, bool inclusive) {
    const int by = kind == model::Kind::decimal || kind == model::Kind::money
                       ? order(value, bound)
                       : (value.integer < bound.integer ? -1 : (value.integer > bound.integer));
    return by < 0 || (inclusive && by == 0);
}

std::uint32_t band_label(const bytecode::Program& program, const Axis& axis, const Value& value) {
    for (std::uint32_t i = 0; i < axis.bounds.size(); ++i) {
        const Value& bound = program.constants[axis.bounds[i]];
        if (axis.value_kind == model::Kind::money && bound.extra != value.extra) return none;
        if (in_band(axis.value_kind, value, bound, axis.inclusive[i] != 0)) return i;
    }
    return axis.rest;
}

std::uint32_t value_label(const bytecode::Program& program, const Axis& axis, const Value& value) {
    for (std::uint32_t i = 0; i < axis.bounds.size(); ++i) {
        // A label of `none` is the rest's own place among the listed values.
        if (axis.bounds[i] == none) continue;
        switch (equal(axis.value_kind, program.constants[axis.bounds[i]], value)) {
            case Equal::yes: return i;
            case Equal::no: break;
            case Equal::unknown: return none;
        }
    }
    return axis.rest;
}

std::uint32_t enumerated_label(const Axis& axis, const Value& value) {
    const auto ordinal = static_cast<std::uint64_t>(value.integer);
    return ordinal < axis.index_of.size() ? axis.index_of[ordinal] : axis.rest;
}

std::uint32_t label_of(const bytecode::Program& program, const Axis& axis, const Value& value) {
    if (!value.known()) return none;
    switch (axis.kind) {
        case AxisKind::enumeration:
        case AxisKind::tool:
        case AxisKind::tier: return enumerated_label(axis, value);
        case AxisKind::bands: return band_label(program, axis, value);
        case AxisKind::values: return value_label(program, axis, value);
    }
    return none;
}

}  // namespace

std::uint32_t Machine::label(const Axis& axis) {
    if (axis.kind == AxisKind::tool) {
        return context_.tool < axis.index_of.size() ? axis.index_of[context_.tool] : axis.rest;
    }
    if (axis.kind == AxisKind::tier) {
        if (!std::has_single_bit(context_.tiers)) return none;
        return axis.index_of[static_cast<std::size_t>(std::countr_zero(context_.tiers))];
    }
    return label_of(*program_, axis, value(axis.read));
}

// Facts are about the thing that their key names: about any other they say nothing.
Value Machine::fact_value(const Instruction& instruction, const Value& key) const {
    const bytecode::Facts& facts = program_->facts[instruction.b];
    const Value& sent = context_.places[facts.key];
    if (!sent.known()) return model::unknown(sent.state);
    if (!key.known()) {
        return model::unknown(key.state == State::absent ? State::other_key : key.state);
    }
    const model::Kind kind = program_->types.type(program_->slots[facts.key].type).kind;
    if (equal(kind, sent, key) != Equal::yes) return model::unknown(State::other_key);
    return context_.places[facts.key + 1 + instruction.extra];
}

Value Machine::native_value(const Instruction& instruction) {
    const bytecode::NativeCall& called = program_->native_calls[instruction.b];
    std::array<model::NativeArgument, native::most_arguments> arguments;
    for (std::size_t i = 0; i < called.arguments.size(); ++i) {
        const ValueRef& argument = called.arguments[i];
        arguments[i] = {operand(argument.value, argument.constant), argument.type};
    }
    std::span<char> room;
    const std::uint32_t number = image_->room(instruction.c);
    if (number != none) {
        if (!rooms_[number]) rooms_[number] = std::make_unique<char[]>(native::text_bytes);
        room = {rooms_[number].get(), native::text_bytes};
    }
    return model::call_native(image_->function(called.function), program_->types,
                              std::span(arguments).first(called.arguments.size()), room);
}

// A key that is unknown is told before one that no band can hold: it is what the call lacks.
Value Machine::table_value(const Instruction& instruction) {
    const bytecode::Table& table = program_->tables[instruction.b];
    std::uint32_t cell = 0;
    bool mismatch = false;
    for (std::size_t i = 0; i < table.axes.size(); ++i) {
        const Value& key = context_.places[instruction.a + i];
        if (!key.known()) return model::unknown(key.state);
        const std::uint32_t at = label_of(*program_, table.axes[i], key);
        mismatch = mismatch || at == none;
        cell = cell * table.axes[i].size + at;
    }
    if (mismatch) return model::unknown(State::currency_mismatch);
    return program_->constants[table.cells[cell]];
}

}  // namespace proviso::vm
