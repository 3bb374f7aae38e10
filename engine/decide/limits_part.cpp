#include "engine/decide/limits_part.h"

#include <algorithm>

#include "engine/decide/periods.h"
#include "engine/vm/operations.h"

namespace proviso::decide {

using bytecode::Aggregate;
using bytecode::Builtin;
using bytecode::Measure;
using model::Kind;
using model::State;

namespace {

SeriesSpec spec_of(const bytecode::Program& program, const std::string& name,
                   const Measure& measure) {
    SeriesSpec spec{.policy = program.policy_name, .statement = name};
    spec.measure = static_cast<SeriesSpec::Measure>(measure.aggregate);
    if (measure.aggregate == Aggregate::sum) {
        const bool money = program.types.type(measure.type).kind == Kind::money;
        spec.kind = money ? SeriesSpec::Kind::money : SeriesSpec::Kind::number;
    }
    spec.per = static_cast<std::uint32_t>(measure.per.size());
    spec.look_back_us = look_back(measure.period);
    return spec;
}

/// As a value of the measure's type; nothing that does not fit is made of decimals that do.
model::Value as_value(Kind kind, model::Decimal number, model::Currency currency) {
    if (kind == Kind::money) return model::of_money(number, currency);
    if (kind == Kind::decimal) return model::of_decimal(number);
    return number.scale == 0 ? model::of_integer(number.coefficient)
                             : model::unknown(State::overflow);
}

/// What the store found, confirmed alone or with what is pending.
model::Value found_value(const Measure& measure, Kind kind, const Total& total,
                         model::Currency currency, bool settled) {
    if (measure.aggregate != Aggregate::sum) {
        return model::of_integer(settled ? total.settled : total.all);
    }
    for (const Total::Sum& sum : total.found()) {
        if (sum.currency != currency) continue;
        return as_value(kind, settled ? sum.settled : sum.all, currency);
    }
    return as_value(kind, {0, 0}, currency);
}

model::Value with_call(const Measure& measure, Kind kind, const model::Value& before,
                       const Total& total, const Counted& counted) {
    switch (measure.aggregate) {
        case Aggregate::count: return vm::add_integers(before.integer, 1);
        case Aggregate::distinct: return vm::add_integers(before.integer, total.added);
        case Aggregate::sum: break;
    }
    const model::Value added = as_value(kind, counted.amount, counted.currency);
    if (!added.known()) return added;
    if (kind == Kind::integer) return vm::add_integers(before.integer, added.integer);
    return kind == Kind::money ? vm::add_money(before, added) : vm::add_decimals(before, added);
}

/// Below, at or above; both are known, of one kind and currency.
int against(Kind kind, const model::Value& total, const model::Value& cap) {
    if (kind != Kind::integer) return vm::order(total, cap);
    return total.integer < cap.integer ? -1 : (total.integer > cap.integer ? 1 : 0);
}

}  // namespace

MemorySeries register_series(const bytecode::Program& program, StoreBackend& store) {
    MemorySeries series;
    const auto add = [&](const std::string& name, const Measure& measure,
                         std::vector<SeriesId>& to) {
        SeriesId id{};
        const Fault fault = store.series(spec_of(program, name, measure), id);
        if (fault != Fault::none) series.fault = fault;
        to.push_back(id);
    };
    for (const auto& limit : program.limits) add(limit.name, limit.measure, series.limits);
    for (const auto& counter : program.counters) {
        add(counter.name, counter.measure, series.counters);
    }
    return series;
}

// ---------------------------------------------------------------- counters

void LimitsPart::before(const InStep& in, Bound& bound) {
    const PlanView* plan = decider_->plan_for(bound);
    if (plan == nullptr || (plan->reads.empty() && plan->limits.empty())) return;
    decider_->machine().begin(bound.context);
    Measuring measuring(decider_->machine(), program(),
                        bound.frame[bytecode::slot_of(Builtin::time)]);
    for (const std::uint32_t read : plan->reads) read_counter(in, bound, measuring, read);
    // While the rules are tried the store's memory comes. A tier that is raised among the rules may
    // be asked for by a limit: it is measured behind them.
    if (!plan->has_raises) measure(in, measuring, *plan);
}

void LimitsPart::read_counter(const InStep& in, Bound& bound, Measuring& measuring,
                              std::uint32_t index) {
    const bytecode::CounterRead& read = program().counter_reads[index];
    const Measure& measure = program().counters[read.counter].measure;
    const model::Value& time = bound.frame[bytecode::slot_of(Builtin::time)];
    const auto put = [&](const model::Value& value, const model::Value& low,
                         const model::Value& high) {
        bound.frame[read.value] = value;
        bound.frame[read.low] = low;
        bound.frame[read.high] = high;
    };
    const auto unknown = [&](State why) {
        put(model::unknown(why), model::unknown(why), model::unknown(why));
    };
    State state{};
    if (!measuring.key(read.keys, keys_, read_key_, state)) return unknown(state);
    if (!time.known()) return unknown(time.state);
    const auto from = since(program(), measure.period, time.integer);
    if (!from) return unknown(State::out_of_range);
    if (in.step == nullptr || series_->fault != Fault::none) return unknown(State::not_remembered);
    const model::Type& type = program().types.type(measure.type);
    const Look look{series_->counters[read.counter], read_key_, *from, type.currency, {}};
    const Fault fault = in.step->total(look, total_);
    if (fault == Fault::overflow) return unknown(State::overflow);
    if (fault != Fault::none) return unknown(State::not_remembered);
    const model::Value low = found_value(measure, type.kind, total_, type.currency, true);
    const model::Value high = found_value(measure, type.kind, total_, type.currency, false);
    if (!low.known() || !high.known()) return unknown(State::overflow);
    const bool same = against(type.kind, low, high) == 0;
    put(same ? high : model::unknown(State::unconfirmed), low, high);
}

// ---------------------------------------------------------------- limits

/// False where one is of another currency.
inline bool LimitsPart::read_caps(const bytecode::Limit& limit, Kind kind,
                                  model::Currency currency) {
    caps_.clear();
    for (const bytecode::LimitStep& step : limit.steps) {
        const model::Value& cap = caps_.emplace_back(decider_->machine().value(step.cap));
        if (kind == Kind::money && cap.known() && cap.currency() != currency) return false;
    }
    return true;
}

inline void LimitsPart::check_steps(Bound& bound, const bytecode::Limit& limit, Kind kind,
                                    const model::Value& total) {
    const vm::Truth exempt =
        limit.unless == bytecode::none ? vm::Truth::no : decider_->machine().truth(limit.unless);
    if (exempt == vm::Truth::yes) return;
    for (std::size_t i = 0; i < limit.steps.size(); ++i) {
        const bytecode::LimitStep& step = limit.steps[i];
        const model::Value& cap = caps_[i];
        const int order = cap.known() ? against(kind, total, cap) : 1;
        if (order < 0 || (order == 0 && !step.inclusive)) continue;
        bound.frame[limit.cap] = cap;
        const auto rule = static_cast<std::uint32_t>(limit.first_rule + 1 + i);
        tighten({rule, cap.known() && exempt == vm::Truth::no});
    }
}

inline void LimitsPart::check_total(const InStep& in, Bound& bound, std::uint32_t index,
                                    std::size_t place) {
    const bytecode::Limit& limit = program().limits[index];
    Counted& counted = counted_[place];
    const Kind kind = program().types.type(limit.measure.type).kind;
    const auto fail = [&](std::string_view cause) {
        lacks(limit.name, cause);
        cannot_count(limit, false);
    };
    if (in.step == nullptr) return fail(cause(in.fault));
    if (series_->fault != Fault::none) return fail(cause(series_->fault));
    const Fault fault = in.step->total(counted.look(), total_);
    if (fault == Fault::overflow) return fail(model::name(State::overflow));
    if (fault != Fault::none) return fail(cause(fault));
    const model::Value before = found_value(limit.measure, kind, total_, counted.currency, false);
    if (!before.known()) return fail(model::name(before.state));
    const model::Value after = with_call(limit.measure, kind, before, total_, counted);
    if (!after.known()) return fail(model::name(after.state));
    if (!read_caps(limit, kind, after.currency())) {
        return fail(model::name(State::currency_mismatch));
    }
    counted.is_event = true;
    totals_.push_back({index, place, before, after});
    bound.frame[limit.total] = after;
    check_steps(bound, limit, kind, after);
}

inline void LimitsPart::hold_against(const InStep& in, Bound& bound, std::uint32_t index,
                                     std::size_t place) {
    const bytecode::Limit& limit = program().limits[index];
    bound.frame[limit.total] = model::unknown(State::missing);
    bound.frame[limit.cap] = model::unknown(State::missing);
    const model::Value& time = bound.frame[bytecode::slot_of(Builtin::time)];
    switch (counted_[place].counting) {
        case Counting::not_about: break;
        case Counting::counts: check_total(in, bound, index, place); return;
        case Counting::lacks:
            if (!time.known()) lacks("time", model::name(time.state));
            cannot_count(limit, false);
            break;
        case Counting::out_of_range:
            lacks("time", model::name(State::out_of_range));
            cannot_count(limit, false);
            break;
        case Counting::negative: cannot_count(limit, true); break;
    }
}

Verdict LimitsPart::after(const InStep& in, Bound& bound, Decider& decider, Verdict verdict) {
    if (!decider.evaluated()) return verdict;
    const PlanView& plan = decider.plan();
    Measuring measuring(decider.machine(), program(),
                        bound.frame[bytecode::slot_of(Builtin::time)]);
    if (!measured_) measure(in, measuring, plan);
    for (std::size_t i = 0; i < plan.limits.size(); ++i) {
        hold_against(in, bound, plan.limits[i], i);
    }
    gather_counters(in, measuring, plan);
    if (decider.lacks_authority()) return without_grant(verdict);
    return tightened(verdict, {level_.actual, level_.best}, level_.by_duty);
}

// Nothing but the best case is told: what limits would make of the call, were it granted.
Verdict LimitsPart::without_grant(Verdict verdict) {
    totals_.clear();
    missing_.clear();
    verdict.best_case = std::max(verdict.best_case, level_.best);
    if (verdict.best_case == verdict.outcome) verdict.reason = Reason::no_grant;
    return verdict;
}

// A step that is not there is a block already; a series that is not must be one here.
void LimitsPart::gather_counters(const InStep& in, Measuring& measuring, const PlanView& plan) {
    if (in.step == nullptr || plan.counters.empty()) return;
    if (series_->fault != Fault::none) {
        lacks("store", cause(series_->fault));
        level_.actual = Outcome::block;
        return;
    }
    make_room(plan.counters.size());
    for (const std::uint32_t counter : plan.counters) {
        Counted& counted = fresh(series_->counters[counter]);
        const Measure& measure = program().counters[counter].measure;
        const Counting counting = measuring.count(measure, keys_, counted);
        counted.is_event = counting == Counting::counts;
        if (!counted.is_event && counting != Counting::not_about) leaves_a_gap(counter, counting);
    }
}

// Evidence with a gap would let later calls pass: the call is a block, as it is where a limit
// cannot count it.
void LimitsPart::leaves_a_gap(std::uint32_t counter, Counting counting) {
    const bool negative = counting == Counting::negative;
    lacks(program().counters[counter].name,
          negative ? "negative" : model::name(State::not_remembered));
    level_.actual = Outcome::block;
    if (negative) level_.best = Outcome::block;
}

/// What is counted stays where it is: the store was told of it.
void LimitsPart::make_room(std::size_t more) {
    if (counted_.size() < used_ + more) counted_.resize(used_ + more);
}

Counted& LimitsPart::fresh(SeriesId series) {
    Counted& counted = counted_[used_++];
    counted.series = series;
    counted.foreseen = Foreseen::no;
    counted.is_event = false;
    return counted;
}

// All of them before any total is asked for, so that the store can fetch what it needs at once.
void LimitsPart::measure(const InStep& in, Measuring& measuring, const PlanView& plan) {
    measured_ = true;
    make_room(plan.limits.size() + plan.counters.size());
    for (const std::uint32_t index : plan.limits) {
        Counted& counted = fresh(series_->limits[index]);
        counted.counting = measuring.count(program().limits[index].measure, keys_, counted);
        if (in.step != nullptr && counted.counting == Counting::counts) {
            counted.foreseen = in.step->foresee(counted.look());
        }
    }
    if (in.step != nullptr) in.step->fetch();
}

void LimitsPart::cannot_count(const bytecode::Limit& limit, bool sure) {
    tighten({limit.first_rule, sure});
}

void LimitsPart::lacks(std::string_view name, std::string_view cause) {
    const auto same = [&](const Missing& one) { return one.name == name; };
    if (std::any_of(missing_.begin(), missing_.end(), same)) return;
    missing_.push_back({std::string(name), std::string(cause)});
}

void LimitsPart::tighten(const vm::Hit& hit) {
    const auto [actual, best] = decider_->tighten(hit);
    const RuleFacts& facts = decider_->facts()[hit.rule];
    level_.by_duty |= actual > facts.effect && facts.unsupported;
    level_.actual = std::max(level_.actual, actual);
    level_.best = std::max(level_.best, best);
}

// ---------------------------------------------------------------- counting

void LimitsPart::let_through(Step& step, const Bound& bound) {
    (void)bound;
    for (std::size_t i = 0; i < used_; ++i) {
        if (counted_[i].is_event) step.add(counted_[i].event());
    }
}

void LimitsPart::add_to(Decision& decision) const {
    for (const Totals& totals : totals_) {
        const bytecode::Limit& limit = program().limits[totals.limit];
        const auto text = [&](const model::Value& value) {
            return model::to_text(program().types, limit.measure.type, value);
        };
        decision.totals.push_back({limit.name, text(totals.before), text(totals.after)});
    }
    decision.missing.insert(decision.missing.end(), missing_.begin(), missing_.end());
}

}  // namespace proviso::decide
