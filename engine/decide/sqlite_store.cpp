#include "engine/decide/sqlite_store.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_map>
#include <utility>

#include "engine/decide/careful_clock.h"
#include "engine/decide/commit_group.h"
#include "engine/decide/exact_sum.h"
#include "engine/decide/halt_page.h"
#include "engine/decide/series_name.h"
#include "engine/decide/sqlite_db.h"
#include "engine/decide/sqlite_schema.h"
#include "engine/decide/sqlite_statements.h"

namespace proviso::decide {

namespace {

constexpr int deleted_at_once = 4;
// A halt waits longer than a decision does, so that it is stored.
constexpr int halt_patience = 8;

/// The row of the table `state`.
struct StoreState {
    CarefulClock clock;
    std::int64_t halt_epoch = 0;
    std::int64_t last_number = 0;
    std::int64_t last_series = 0;
    Instant ids_since = since_ever;
    Instant rejects_since = since_ever;
};

class SqliteStore final : public StoreBackend {
  public:
    explicit SqliteStore(const StoreOptions& options)
        : limits_(options.limits),
          durability_(options.durability),
          sql_(database_),
          group_(database_, sql_) {}
    std::string open(const std::string& path);

    Fault series(const SeriesSpec& spec, SeriesId& out) override;
    bool idle(std::string_view) const override { return false; }
    StepPtr begin(std::optional<Instant> time, Access access, Fault& fault) override;
    Settled settle(std::string_view id, EventState to, Fault& fault) override;

    [[nodiscard]] const std::atomic<std::uint64_t>& halt_epoch() const override {
        return page_.epoch();
    }
    Fault halt(const HaltScope& scope, std::string_view reason) override;
    Fault resume(const HaltScope& scope, bool& was_halted) override;
    Fault halts(std::vector<Halt>& out, std::uint64_t& epoch) override;

  private:
    class SqliteStep final : public Step {
      public:
        SqliteStep(SqliteStore& store, std::optional<Instant> time, Access access)
            : store_(store),
              time_(time),
              access_(access) {}
        Fault begin();

        Fault total(const Look& look, Total& out) override;
        Fault held_since(SeriesId series, Instant& out) override;
        Fault find_call(std::string_view id, std::optional<KnownCall>& out) override;
        Fault find_reject(const PlanDigest& plan, std::optional<KnownReject>& out) override;
        Fault find_request(const PlanDigest& plan, std::optional<Instant>& out) override;
        void add(const Event& event) override { events_.push_back(event); }
        void bind(std::string_view id, const PlanDigest& plan, const Answer& answer) override {
            binds_ = true;
            id_ = id;
            known_ = {plan, answer, EventState::pending};
        }
        void remember_reject(const PlanDigest& plan, std::string_view by, Instant until) override {
            rejects_.push_back({plan, std::string(by), until});
        }
        void remember_request(const PlanDigest& plan, Instant at, Instant until) override {
            requests_.push_back({plan, at, until});
        }
        Fault commit() override;

      private:
        struct Reject {
            PlanDigest plan;
            std::string by;
            Instant until = 0;
        };
        struct Request {
            PlanDigest plan;
            Instant at = 0;
            Instant until = 0;
        };
        void end() override { delete this; }
        [[nodiscard]] Fault write();
        [[nodiscard]] Fault write_call(std::int64_t& number);
        [[nodiscard]] Fault write_event(const Event& event, std::int64_t call);
        [[nodiscard]] Fault write_plans();
        [[nodiscard]] Fault forget(Instant now);
        [[nodiscard]] Fault forget_events(SeriesId series, Instant now);

        SqliteStore& store_;
        const std::optional<Instant> time_;
        const Access access_;
        std::optional<CommitGroup::Member> writes_;
        std::optional<CommitGroup::Alone> reads_;
        std::vector<Event> events_;
        bool binds_ = false;
        std::string id_;
        KnownCall known_;
        std::vector<Reject> rejects_;
        std::vector<Request> requests_;
    };

    [[nodiscard]] Fault read_state();
    [[nodiscard]] Fault read_state_and_tell();
    [[nodiscard]] Fault write_state();
    /// `change` between two raises of the page, in a transaction that is worth waiting for.
    template <class Change>
    [[nodiscard]] Fault change_halts(const Change& change);
    [[nodiscard]] Fault add_halt(const HaltScope& scope, std::string_view reason);

    const Limits limits_;
    const Durability durability_;
    Database database_;
    Statements sql_;
    CommitGroup group_;
    HaltPage page_;
    StoreState state_;  // as of the transaction under way
    std::int64_t seen_epoch_ = 0;
    std::unordered_map<std::string, SeriesId> names_;
    std::vector<SeriesSpec> specs_;  // by SeriesId, which is the row's id
};

std::int64_t us(std::size_t seconds) {
    constexpr std::size_t most = std::size_t{1} << 40U;
    return static_cast<std::int64_t>(std::min(seconds, most)) * 1'000'000;
}

Instant minus(Instant a, std::int64_t b) {
    Instant result = 0;
    return __builtin_sub_overflow(a, b, &result) ? since_ever : result;
}

// ---------------------------------------------------------------- opening

// SQLite does not wait where two processes find a file new and both set its mode.
Fault prepare_connection(Database& database, std::chrono::milliseconds patience) {
    const auto last = std::chrono::steady_clock::now() + patience;
    while (true) {
        const Fault fault = database.run(
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA journal_mode = WAL;");
        if (fault != Fault::locked || std::chrono::steady_clock::now() >= last) return fault;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::string SqliteStore::open(const std::string& path) {
    std::string error = database_.open(path);
    if (!error.empty()) return error;
    constexpr std::size_t most_patience = 60'000;
    const auto patience =
        static_cast<int>(std::min(limits_.store_busy_milliseconds, most_patience));
    database_.wait_for(patience * halt_patience);
    const bool power_loss = durability_ == Durability::power_loss;
    Fault fault = prepare_connection(database_, std::chrono::milliseconds(patience));
    if (fault == Fault::none) {
        fault =
            database_.run(power_loss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    }
    if (fault == Fault::damaged) return "it is damaged, or not a store of Proviso";
    if (fault != Fault::none) return std::string(cause(fault));
    error = prepare_schema(database_);
    if (error.empty()) error = page_.open(path + "-halts", path);
    database_.wait_for(patience);
    return error;
}

Fault SqliteStore::read_state() {
    Query query(sql_.read_state);
    if (!query.next()) return query.fault() == Fault::none ? Fault::damaged : query.fault();
    state_.clock.set({query.number(0), query.number(1), query.number(2)});
    state_.halt_epoch = query.number(3);
    state_.last_number = query.number(4);
    state_.last_series = query.number(5);
    state_.ids_since = query.number(6);
    state_.rejects_since = query.number(7);
    return Fault::none;
}

Fault SqliteStore::read_state_and_tell() {
    const Fault fault = read_state();
    if (fault != Fault::none || state_.halt_epoch == seen_epoch_) return fault;
    // Another process halted, and came to its end before it said so.
    page_.raise();
    seen_epoch_ = state_.halt_epoch;
    return fault;
}

Fault SqliteStore::write_state() {
    const CarefulClock::State& clock = state_.clock.state();
    Query query(sql_.write_state);
    query.bind(clock.before).bind(clock.earliest).bind(clock.seen).bind(state_.halt_epoch);
    query.bind(state_.last_number).bind(state_.last_series);
    query.bind(state_.ids_since).bind(state_.rejects_since);
    return query.run();
}

Fault SqliteStore::series(const SeriesSpec& spec, SeriesId& out) {
    const CommitGroup::Alone alone(group_);
    const std::string name = series_name(spec);
    const auto known = names_.find(name);
    if (known != names_.end()) {
        out = known->second;
        SeriesSpec& kept = specs_[static_cast<std::size_t>(out)];
        if (kept.look_back_us >= spec.look_back_us) return Fault::none;
    }
    Fault fault = sql_.begin_write();
    if (fault != Fault::none) return fault;
    std::int64_t number = 0;
    fault = sql_.register_series(name, spec.look_back_us, limits_.store_series, number);
    if (fault == Fault::none) fault = sql_.commit();
    if (fault != Fault::none) return fault;
    out = static_cast<SeriesId>(number);
    names_[name] = out;
    if (specs_.size() <= static_cast<std::size_t>(number)) {
        specs_.resize(static_cast<std::size_t>(number) + 1);
    }
    specs_[static_cast<std::size_t>(number)] = spec;
    return Fault::none;
}

// ---------------------------------------------------------------- reads

StepPtr SqliteStore::begin(std::optional<Instant> time, Access access, Fault& fault) {
    auto step = std::make_unique<SqliteStep>(*this, time, access);
    fault = step->begin();
    return fault == Fault::none ? StepPtr(step.release()) : nullptr;
}

Fault SqliteStore::SqliteStep::begin() {
    Fault fault = Fault::none;
    if (access_ == Access::decide) {
        fault = writes_.emplace(store_.group_).begin();
    } else {
        reads_.emplace(store_.group_);
        fault = store_.database_.moved() ? Fault::closed : store_.sql_.begin_read();
    }
    return fault == Fault::none ? store_.read_state_and_tell() : fault;
}

Fault SqliteStore::SqliteStep::held_since(SeriesId series, Instant& out) {
    Query query(store_.sql_.held_since);
    query.bind(static_cast<std::int64_t>(series));
    if (!query.next()) return query.fault() == Fault::none ? Fault::damaged : query.fault();
    out = query.number(0);
    return Fault::none;
}

Fault SqliteStore::SqliteStep::total(const Look& look, Total& out) {
    out = {};
    Instant held = 0;
    const Fault fault = held_since(look.series, held);
    if (fault != Fault::none) return fault;
    if (look.since < held) return Fault::forgotten;
    const SeriesSpec& spec = store_.specs_[static_cast<std::size_t>(look.series)];
    return store_.sql_.total(spec, look, out);
}

Fault SqliteStore::SqliteStep::find_call(std::string_view id, std::optional<KnownCall>& out) {
    out.reset();
    if (id.size() > store_.limits_.store_id_bytes) return Fault::out_of_range;
    const Fault fault = store_.sql_.find_call(id, out);
    if (fault != Fault::none || out) return fault;
    return time_ && *time_ < store_.state_.ids_since ? Fault::forgotten : Fault::none;
}

Fault SqliteStore::SqliteStep::find_reject(const PlanDigest& plan,
                                           std::optional<KnownReject>& out) {
    out.reset();
    Query query(store_.sql_.find_reject);
    query.bind(plan.data(), plan.size());
    if (query.next()) {
        const Instant until = query.number(1);
        if (!time_ || *time_ <= until) out = KnownReject{std::string(query.bytes(0)), until};
        return Fault::none;
    }
    if (query.fault() != Fault::none) return query.fault();
    return time_ && *time_ < store_.state_.rejects_since ? Fault::forgotten : Fault::none;
}

Fault SqliteStore::SqliteStep::find_request(const PlanDigest& plan, std::optional<Instant>& out) {
    out.reset();
    Query query(store_.sql_.find_request);
    query.bind(plan.data(), plan.size());
    if (query.next()) out = query.number(0);
    return query.fault();
}

// ---------------------------------------------------------------- writes

Fault SqliteStore::SqliteStep::commit() {
    if (!writes_) return Fault::none;
    const Fault fault = write();
    const Fault kept = fault == Fault::none ? writes_->keep() : fault;
    writes_.reset();
    return kept;
}

Fault SqliteStore::SqliteStep::write() {
    if (time_) store_.state_.clock.see(*time_);
    std::int64_t call = 0;
    if (binds_) {
        const Fault fault = write_call(call);
        if (fault != Fault::none) return fault;
    }
    for (const Event& event : events_) {
        const Fault fault = write_event(event, call);
        if (fault != Fault::none) return fault;
    }
    Fault fault = write_plans();
    if (const auto now = store_.state_.clock.now(); now && fault == Fault::none) {
        fault = forget(*now);
    }
    return fault == Fault::none ? store_.write_state() : fault;
}

Fault SqliteStore::SqliteStep::write_call(std::int64_t& number) {
    if (id_.size() > store_.limits_.store_id_bytes) return Fault::out_of_range;
    number = ++store_.state_.last_number;
    Query query(store_.sql_.add_call);
    query.bind(number).bind(id_).bind(known_.plan.data(), known_.plan.size());
    query.bind(static_cast<std::int64_t>(known_.answer.outcome));
    query.bind(static_cast<std::int64_t>(known_.answer.reason));
    query.bind(static_cast<std::int64_t>(known_.answer.best_case));
    const std::optional<Instant> at = time_ ? time_ : store_.state_.clock.now();
    at ? query.bind(*at) : query.bind_null();
    return query.run();
}

Fault SqliteStore::SqliteStep::write_event(const Event& event, std::int64_t call) {
    const SeriesSpec& spec = store_.specs_[static_cast<std::size_t>(event.series)];
    const bool distinct = spec.measure == SeriesSpec::Measure::distinct;
    if (event.amount.coefficient < 0) return Fault::out_of_range;
    const std::size_t more = distinct ? event.members.size() : 1;
    const Fault fault = store_.sql_.room_for(event, more, store_.limits_.store_events);
    if (fault != Fault::none) return fault;
    for (std::size_t i = 0; i < more; ++i) {
        Query query(store_.sql_.add_event);
        query.bind(static_cast<std::int64_t>(event.series)).bind(event.key).bind(event.time);
        query.bind(++store_.state_.last_number).bind(call).bind(std::int64_t{event.currency});
        query.bind(event.amount.coefficient).bind(std::int64_t{event.amount.scale});
        if (distinct) {
            query.bind(event.members[i].data(), event.members[i].size());
        } else {
            query.bind(std::string_view{});
        }
        const Fault added = query.run();
        if (added != Fault::none) return added;
    }
    return Fault::none;
}

Fault SqliteStore::SqliteStep::write_plans() {
    for (const Reject& reject : rejects_) {
        Query query(store_.sql_.add_reject);
        query.bind(reject.plan.data(), reject.plan.size()).bind(reject.by).bind(reject.until);
        if (const Fault fault = query.run(); fault != Fault::none) return fault;
    }
    for (const Request& request : requests_) {
        Query query(store_.sql_.add_request);
        query.bind(request.plan.data(), request.plan.size()).bind(request.at).bind(request.until);
        if (const Fault fault = query.run(); fault != Fault::none) return fault;
    }
    return Fault::none;
}

// ---------------------------------------------------------------- forgetting

// Of the series that the step counts in, and of one more by turns: a statement may be gone.
Fault SqliteStore::SqliteStep::forget(Instant now) {
    for (const Event& event : events_) {
        const Fault fault = forget_events(event.series, now);
        if (fault != Fault::none) return fault;
    }
    StoreState& state = store_.state_;
    Fault fault = store_.sql_.next_series(state.last_series, state.last_series);
    if (fault == Fault::none && state.last_series != 0) {
        fault = forget_events(static_cast<SeriesId>(state.last_series), now);
    }
    const Limits& limits = store_.limits_;
    const Instant late = minus(now, us(limits.store_late_seconds));
    if (fault == Fault::none) {
        const Instant kept = minus(now, us(limits.store_id_seconds));
        fault = store_.sql_.forget_calls(kept, deleted_at_once, state.ids_since);
    }
    if (fault == Fault::none) {
        fault = store_.sql_.forget_rejects(late, deleted_at_once, state.rejects_since);
    }
    return fault == Fault::none ? store_.sql_.forget_requests(late, deleted_at_once) : fault;
}

Fault SqliteStore::SqliteStep::forget_events(SeriesId series, Instant now) {
    const Instant late = minus(now, us(store_.limits_.store_late_seconds));
    return store_.sql_.forget_events(series, late, deleted_at_once);
}

// ---------------------------------------------------------------- confirmations, halts

StoreBackend::Settled SqliteStore::settle(std::string_view id, EventState to, Fault& fault) {
    const CommitGroup::Alone alone(group_);
    fault = database_.moved() ? Fault::closed : sql_.begin_write();
    if (fault != Fault::none) return Settled::failed;
    Settled result = Settled::failed;
    std::int64_t number = 0;
    EventState state = EventState::pending;
    fault = sql_.find_number(id, number, state);
    if (fault == Fault::none && number == 0) {
        result = Settled::unknown_id;
    } else if (fault == Fault::none && state == EventState::confirmed &&
               to == EventState::cancelled) {
        result = Settled::was_confirmed;
    } else if (fault == Fault::none) {
        fault = sql_.settle(number, to);
        if (fault == Fault::none) fault = sql_.commit();
        if (fault == Fault::none) result = Settled::done;
    }
    return result;
}

template <class Change>
Fault SqliteStore::change_halts(const Change& change) {
    const CommitGroup::Alone alone(group_);
    if (database_.moved()) return Fault::closed;
    page_.raise();
    Fault fault = Fault::locked;
    for (int i = 0; i < halt_patience && fault == Fault::locked; ++i) fault = sql_.begin_write();
    if (fault == Fault::none) fault = read_state();
    if (fault == Fault::none) {
        ++state_.halt_epoch;
        fault = change();
    }
    if (fault == Fault::none) fault = write_state();
    if (fault == Fault::none) fault = sql_.commit();
    if (fault == Fault::none) seen_epoch_ = state_.halt_epoch;
    page_.raise();
    return fault;
}

Fault SqliteStore::halt(const HaltScope& scope, std::string_view reason) {
    return change_halts([&] {
        const Fault fault = sql_.put_halt(scope, reason, state_.halt_epoch);
        if (fault != Fault::none) return fault;
        Fault counted = Fault::none;
        const std::int64_t halts = database_.number("SELECT count(*) FROM halt", counted);
        if (counted != Fault::none) return counted;
        const bool too_many = halts > static_cast<std::int64_t>(limits_.store_halts);
        return too_many ? Fault::full : Fault::none;
    });
}

Fault SqliteStore::resume(const HaltScope& scope, bool& was_halted) {
    return change_halts([&] { return sql_.drop_halt(scope, was_halted); });
}

Fault SqliteStore::halts(std::vector<Halt>& out, std::uint64_t& epoch) {
    const CommitGroup::Alone alone(group_);
    out.clear();
    Fault fault = database_.moved() ? Fault::closed : sql_.begin_read();
    if (fault == Fault::none) fault = read_state();
    if (fault == Fault::none) fault = sql_.read_halts(out);
    epoch = static_cast<std::uint64_t>(state_.halt_epoch);
    seen_epoch_ = state_.halt_epoch;
    return fault;
}

}  // namespace

std::unique_ptr<StoreBackend> open_sqlite_store(const std::string& path,
                                                const StoreOptions& options, std::string& error) {
    auto store = std::make_unique<SqliteStore>(options);
    error = store->open(path);
    if (!error.empty()) return nullptr;
    return store;
}

}  // namespace proviso::decide
