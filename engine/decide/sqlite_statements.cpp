#include "engine/decide/sqlite_statements.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <set>
#include <utility>

#include "engine/decide/exact_sum.h"

namespace proviso::decide {

namespace {

/// A number of the file as one of an enum with so many; false where it is none.
template <class Enum>
bool read_enum(std::int64_t number, std::int64_t count, Enum& out) {
    if (number < 0 || number >= count) return false;
    out = static_cast<Enum>(number);
    return true;
}

constexpr std::int64_t outcomes = static_cast<std::int64_t>(Outcome::block) + 1;
constexpr std::int64_t reasons = static_cast<std::int64_t>(Reason::halted) + 1;
constexpr std::int64_t states = static_cast<std::int64_t>(EventState::cancelled) + 1;
constexpr std::int64_t kinds = static_cast<std::int64_t>(HaltScope::Kind::principal) + 1;

Instant after(Instant dropped) {
    return dropped == std::numeric_limits<Instant>::max() ? dropped : dropped + 1;
}

}  // namespace

// ---------------------------------------------------------------- series, totals

Fault Statements::register_series(std::string_view name, std::int64_t look_back, std::size_t most,
                                  std::int64_t& id) {
    Query counted(count_series_);
    if (!counted.next()) return counted.fault();
    const bool full = counted.number(0) >= static_cast<std::int64_t>(most);
    {
        Query found(find_series_);
        const bool known = found.bind(name).next();
        if (!known && full) return found.fault() == Fault::none ? Fault::full : found.fault();
    }
    const Fault fault = Query(add_series_).bind(name).bind(look_back).run();
    if (fault != Fault::none) return fault;
    Query found(find_series_);
    if (found.bind(name).next()) id = found.number(0);
    return found.fault();
}

Fault Statements::next_series(std::int64_t id, std::int64_t& next) {
    Query query(next_series_);
    if (query.bind(id).next()) next = query.number(0);
    return query.fault();
}

Fault Statements::total(const SeriesSpec& spec, const Look& look, Total& out) {
    switch (spec.measure) {
        case SeriesSpec::Measure::count: return count(look, out);
        case SeriesSpec::Measure::sum: return sum(look, out);
        case SeriesSpec::Measure::distinct: return distinct(look, out);
    }
    return Fault::none;
}

Fault Statements::count(const Look& look, Total& out) {
    Query query(look_);
    query.bind(static_cast<std::int64_t>(look.series)).bind(look.key).bind(look.since);
    while (query.next()) {
        ++out.all;
        if (query.number(0) == static_cast<std::int64_t>(EventState::confirmed)) ++out.settled;
    }
    return query.fault();
}

Fault Statements::sum(const Look& look, Total& out) {
    struct Sums {
        model::Currency currency = 0;
        ExactSum settled;
        ExactSum all;
    };
    std::vector<Sums> found;
    Query query(look_);
    query.bind(static_cast<std::int64_t>(look.series)).bind(look.key).bind(look.since);
    while (query.next()) {
        const auto currency = static_cast<model::Currency>(query.number(1));
        if (look.currency != 0 && currency != look.currency) continue;
        const std::int64_t scale = query.number(3);
        if (query.number(2) < 0 || scale < 0 || scale > model::max_scale) return Fault::damaged;
        const model::Decimal amount{query.number(2), static_cast<std::uint8_t>(scale)};
        auto at = std::find_if(found.begin(), found.end(),
                               [&](const Sums& one) { return one.currency == currency; });
        if (at == found.end()) at = found.insert(at, {currency, {}, {}});
        at->all.add(amount);
        if (query.number(0) == static_cast<std::int64_t>(EventState::confirmed)) {
            at->settled.add(amount);
        }
    }
    if (query.fault() != Fault::none) return query.fault();
    for (const Sums& one : found) {
        const auto settled = one.settled.decimal();
        const auto all = one.all.decimal();
        if (!settled || !all) return Fault::overflow;
        if (all->coefficient == 0) continue;
        if (out.currencies == Total::most_currencies) return Fault::full;
        out.sums[out.currencies++] = {one.currency, *settled, *all};
    }
    return Fault::none;
}

Fault Statements::distinct(const Look& look, Total& out) {
    std::set<MemberDigest> all;
    std::set<MemberDigest> settled;
    Query query(look_);
    query.bind(static_cast<std::int64_t>(look.series)).bind(look.key).bind(look.since);
    while (query.next()) {
        const std::string_view bytes = query.bytes(4);
        MemberDigest member{};
        if (bytes.size() != member.size()) return Fault::damaged;
        std::memcpy(member.data(), bytes.data(), member.size());
        all.insert(member);
        if (query.number(0) == static_cast<std::int64_t>(EventState::confirmed)) {
            settled.insert(member);
        }
    }
    out.all = static_cast<std::int64_t>(all.size());
    out.settled = static_cast<std::int64_t>(settled.size());
    const std::set<MemberDigest> asked(look.members.begin(), look.members.end());
    out.added = std::count_if(asked.begin(), asked.end(),
                              [&](const MemberDigest& one) { return all.count(one) == 0; });
    return query.fault();
}

Fault Statements::room_for(const Event& event, std::size_t more, std::size_t most) {
    if (more > most) return Fault::full;
    Query query(key_events_);
    query.bind(static_cast<std::int64_t>(event.series)).bind(event.key);
    query.bind(static_cast<std::int64_t>(most - more + 1));
    if (!query.next()) return query.fault();
    const bool fits = query.number(0) <= static_cast<std::int64_t>(most - more);
    return fits ? Fault::none : Fault::full;
}

// ---------------------------------------------------------------- calls

Fault Statements::find_call(std::string_view id, std::optional<KnownCall>& out) {
    Query query(find_call_);
    if (!query.bind(id).next()) return query.fault();
    KnownCall call;
    const std::string_view plan = query.bytes(0);
    if (plan.size() != call.plan.size()) return Fault::damaged;
    std::memcpy(call.plan.data(), plan.data(), plan.size());
    if (!read_enum(query.number(1), outcomes, call.answer.outcome) ||
        !read_enum(query.number(2), reasons, call.answer.reason) ||
        !read_enum(query.number(3), outcomes, call.answer.best_case) ||
        !read_enum(query.number(4), states, call.state)) {
        return Fault::damaged;
    }
    out = call;
    return Fault::none;
}

Fault Statements::find_number(std::string_view id, std::int64_t& number, EventState& state) {
    number = 0;
    Query query(find_number_);
    if (!query.bind(id).next()) return query.fault();
    number = query.number(0);
    return read_enum(query.number(1), states, state) ? Fault::none : Fault::damaged;
}

Fault Statements::settle(std::int64_t number, EventState to) {
    const auto state = static_cast<std::int64_t>(to);
    const Fault fault = Query(settle_call_).bind(number).bind(state).run();
    return fault == Fault::none ? Query(settle_events_).bind(number).bind(state).run() : fault;
}

// ---------------------------------------------------------------- forgetting

// Several at the latest instant go together, so that what is held begins behind it.
Fault Statements::forget(Statement& latest, Statement& remove, Instant before, int count,
                         Instant& since) {
    Instant end = 0;
    {
        Query query(latest);
        if (!query.bind(before).bind(std::int64_t{count}).next()) return query.fault();
        if (query.is_null(0)) return Fault::none;
        end = after(query.number(0));
    }
    since = std::max(since, end);
    return Query(remove).bind(end).run();
}

Fault Statements::forget_calls(Instant before, int count, Instant& since) {
    return forget(old_call_, drop_calls_, before, count, since);
}

Fault Statements::forget_rejects(Instant before, int count, Instant& since) {
    return forget(old_reject_, drop_rejects_, before, count, since);
}

Fault Statements::forget_requests(Instant before, int count) {
    Instant since = std::numeric_limits<Instant>::min();
    return forget(old_request_, drop_requests_, before, count, since);
}

Fault Statements::forget_events(SeriesId series, Instant late, int count) {
    const auto id = static_cast<std::int64_t>(series);
    Instant end = 0;
    {
        Query query(old_event_);
        query.bind(id).bind(late).bind(std::int64_t{count});
        if (!query.next()) return query.fault();
        if (query.is_null(0)) return Fault::none;
        end = after(query.number(0));
    }
    const Fault fault = Query(hold_since_).bind(id).bind(end).run();
    return fault == Fault::none ? Query(drop_events_).bind(id).bind(end).run() : fault;
}

// ---------------------------------------------------------------- halts

Fault Statements::put_halt(const HaltScope& scope, std::string_view reason, std::int64_t epoch) {
    Query query(put_halt_);
    query.bind(static_cast<std::int64_t>(scope.kind)).bind(scope.name).bind(reason).bind(epoch);
    return query.run();
}

Fault Statements::drop_halt(const HaltScope& scope, bool& was_there) {
    const Fault fault =
        Query(drop_halt_).bind(static_cast<std::int64_t>(scope.kind)).bind(scope.name).run();
    was_there = fault == Fault::none && sqlite3_changes(database_.handle()) > 0;
    return fault;
}

Fault Statements::read_halts(std::vector<Halt>& out) {
    Query query(read_halts_);
    while (query.next()) {
        Halt halt;
        if (!read_enum(query.number(0), kinds, halt.scope.kind)) return Fault::damaged;
        halt.scope.name = query.bytes(1);
        halt.reason = query.bytes(2);
        halt.epoch = static_cast<std::uint64_t>(query.number(3));
        out.push_back(std::move(halt));
    }
    return query.fault();
}

}  // namespace proviso::decide
