#include "engine/decide/measuring.h"

#include <algorithm>

#include "engine/decide/periods.h"

namespace proviso::decide {

using bytecode::Aggregate;
using model::Kind;

void Measuring::append(KeyBuilder& keys, model::TypeId type, const model::Value& value) const {
    const model::Type& what = program_.types.type(type);
    switch (what.kind) {
        case Kind::string: keys.text(value.view()); return;
        case Kind::integer: keys.number({value.integer, 0}); return;
        case Kind::decimal: keys.number(value.decimal()); return;
        case Kind::money: keys.money(value.decimal(), value.currency()); return;
        case Kind::ip: keys.address(value.address); return;
        case Kind::enumeration:
            keys.word(program_.types.enumeration(what.enumeration)
                          .words[static_cast<std::size_t>(value.integer)]);
            return;
        case Kind::boolean:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday: keys.integer(value.integer); return;
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return;  // no key, by the verifier
    }
}

bool Measuring::key(const std::vector<bytecode::ValueRef>& values, KeyBuilder& keys,
                    std::string& out, model::State& state) {
    keys.clear();
    for (const bytecode::ValueRef& reference : values) {
        const model::Value value = machine_.value(reference);
        if (!value.known()) {
            state = value.state;
            return false;
        }
        append(keys, reference.type, value);
    }
    out = keys.key();
    return true;
}

inline bool Measuring::key_of(const std::vector<bytecode::ValueRef>& per, KeyBuilder& keys,
                              Counted& out) {
    if (last_per_ != nullptr && *last_per_ == per) {
        out.key = last_key_;
        return true;
    }
    model::State state{};
    if (!key(per, keys, out.own_key, state)) return false;
    last_per_ = &per;
    last_key_ = out.key = out.own_key;
    return true;
}

Counting Measuring::members(const bytecode::Measure& measure, const model::Value& value,
                            KeyBuilder& keys, Counted& out) {
    const model::Type& type = program_.types.type(measure.value.type);
    const bool list = type.kind == Kind::list;
    const model::Value* const first = list ? value.elements : &value;
    const std::uint32_t count = list ? value.extra : 1;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!first[i].known()) return Counting::lacks;
        keys.clear();
        append(keys, list ? type.element : measure.value.type, first[i]);
        out.members.push_back(keys.member());
    }
    // One that stands in the list twice is one.
    std::sort(out.members.begin(), out.members.end());
    out.members.erase(std::unique(out.members.begin(), out.members.end()), out.members.end());
    return Counting::counts;
}

inline Counting Measuring::amount(const bytecode::Measure& measure, KeyBuilder& keys,
                                  Counted& out) {
    if (measure.aggregate == Aggregate::count) return Counting::counts;
    const model::Value value = machine_.value(measure.value);
    if (!value.known()) return Counting::lacks;
    if (measure.aggregate == Aggregate::distinct) return members(measure, value, keys, out);
    const Kind kind = program_.types.type(measure.type).kind;
    out.amount = kind == Kind::integer ? model::Decimal{value.integer, 0} : value.decimal();
    if (kind == Kind::money) out.currency = value.currency();
    return value.integer < 0 ? Counting::negative : Counting::counts;
}

Counting Measuring::count(const bytecode::Measure& measure, KeyBuilder& keys, Counted& out) {
    const vm::Truth where = machine_.truth(measure.where);
    if (where == vm::Truth::no) return Counting::not_about;
    out.amount = {};
    out.currency = 0;
    out.members.clear();
    if (!key_of(measure.per, keys, out) || !time_.known() || where == vm::Truth::unknown) {
        return Counting::lacks;
    }
    const auto from = since(program_, measure.period, time_.integer);
    if (!from) return Counting::out_of_range;
    out.time = time_.integer;
    out.since = *from;
    return amount(measure, keys, out);
}

}  // namespace proviso::decide
