// See limits.h.
#include "tests/reference/limits.h"

#include <algorithm>

#include "engine/model/currency.h"

namespace proviso::reference {

namespace {

using check::Aggregate;
using check::BuiltinSlot;
using check::NodeId;
using model::Kind;

const model::Type& type_of(const check::PolicySet& set, NodeId node) {
    return set.types.type(set.node(node).type);
}

/// Also what is absent is lacking: an event without a key has no place.
bool lacks(const Value& value, MissingSet& missing) {
    if (value.known()) return false;
    add(missing, value.missing);
    return true;
}

/// The call's time and from when on events count.
void put_time(const Scope& scope, const check::Measure& measure, Counting& result) {
    const Value& time = scope.call.slots[static_cast<std::size_t>(BuiltinSlot::time)];
    if (lacks(time, result.missing)) return;
    result.event.time = time.number.integer();
    const auto found = since(scope.set, measure.period, result.event.time);
    if (found) {
        result.since = *found;
    } else {
        result.missing.insert({"time", "out of range"});
    }
}

void put_amount(const Scope& scope, const check::Measure& measure, Counting& result) {
    result.event.amount = Number(1);
    if (measure.aggregate == Aggregate::count) return;
    const Value value = evaluate(scope, measure.value);
    if (lacks(value, result.missing)) return;
    if (measure.aggregate == Aggregate::sum) {
        result.event.amount = value.number;
        result.event.code = value.text;
        return;
    }
    result.event.amount = Number(0);
    if (type_of(scope.set, measure.value).kind != Kind::list) {
        result.event.members.insert(text_of_key(value));
        return;
    }
    for (const Value& item : value.items) result.event.members.insert(text_of_key(item));
}

bool fits(Kind kind, const Number& number) {
    return kind == Kind::integer ? number.fits_integer() : number.fits_decimal();
}

Kind kind_of_total(const check::PolicySet& set, const check::Measure& measure) {
    const bool sum = measure.aggregate == Aggregate::sum;
    return sum ? type_of(set, measure.value).kind : Kind::integer;
}

}  // namespace

Counting counting(const Scope& scope, const std::string& name, const check::Measure& measure) {
    Counting result;
    if ((measure.stages & check::stage_bit(scope.call.stage)) == 0) return result;
    if (!reaches(scope.set, measure.targets, scope.call)) return result;
    const Value where = condition(scope, measure.where, check::no_node);
    if (where.known() && !is_true(where)) return result;
    add(result.missing, where.missing);
    result.event.measure = name;
    for (const NodeId key : measure.per) {
        const Value value = evaluate(scope, key);
        if (!lacks(value, result.missing)) result.event.keys.push_back(text_of_key(value));
    }
    put_time(scope, measure, result);
    put_amount(scope, measure, result);
    result.is = result.missing.empty() ? Counting::Is::counts : Counting::Is::cannot;
    const bool below_zero = result.event.amount < Number(0);
    if (result.is == Counting::Is::counts && below_zero) result.is = Counting::Is::refused;
    return result;
}

Value total_value(const check::PolicySet& set, const check::Measure& measure, const Total& total,
                  const std::string& code) {
    const Number sum = total.of(measure.aggregate, code);
    if (!fits(kind_of_total(set, measure), sum)) return unknown_value("overflow");
    return of_money(sum, code);
}

Value passes(const Scope& scope, const check::LimitStep& step, const Value& total) {
    const Value cap = evaluate(scope, step.cap);
    if (!cap.known()) return unknown_value(cap.missing);
    const bool over = total.number > cap.number;
    const bool equal = total.number == cap.number;
    return of_bool(over || (equal && step.inclusive));
}

bool is_foreign(const Scope& scope, const check::Limit& limit, const Value& total) {
    return std::any_of(limit.steps.begin(), limit.steps.end(), [&](const auto& step) {
        const Value cap = evaluate(scope, step.cap);
        return cap.known() && cap.text != total.text;
    });
}

Value read_counter(const Scope& scope, const Events& events, const check::Counter& counter,
                   const std::vector<Value>& keys) {
    MissingSet missing;
    std::vector<std::string> texts;
    for (const Value& key : keys) {
        if (!lacks(key, missing)) texts.push_back(text_of_key(key));
    }
    if (!missing.empty()) return unknown_value(missing);
    // Of what is not a key the reader lacks the counter.
    Counting at;
    put_time(scope, counter.measure, at);
    if (!at.missing.empty()) return unknown_value(at.missing.begin()->second);
    const std::string code = model::unpack_currency(scope.set.types.type(counter.type).currency);
    const std::string name = "counter " + counter.name;
    Value low =
        total_value(scope.set, counter.measure, events.total(name, texts, at.since, true), code);
    const Value high =
        total_value(scope.set, counter.measure, events.total(name, texts, at.since, false), code);
    if (!low.known() || !high.known()) return unknown_value("overflow");
    if (low.number == high.number) return low;
    low.is = Value::Is::unknown;
    low.cause = "unconfirmed";
    low.most = high.number;
    return low;
}

}  // namespace proviso::reference
