// What is remembered between calls: events that limits and counters count, call ids with the answer
// they got, rejections, requests for approval, halts. Two kinds of store keep it: in memory
// (memory_store.h) and in a file that several processes share (sqlite_store.h).
//
// Everything that one call reads and writes is one *step*: no other step of the store, of whatever
// thread or process, lies between its reads and its commit. Reads do not see what the step itself
// adds; what it adds is all kept by a commit or not at all.
//
// A store has no clock. It follows the times of the calls, and carefully so: what may be forgotten
// is told by the earliest of the last calls, so that one call with a time in the future pushes
// nothing out. Whatever it has forgotten makes an earlier look-back a `Fault`, never a smaller sum.
//
// Whatever goes wrong is a `Fault`: to the decision it is one more thing that is not known, which
// tightens. Nothing here throws but for memory that cannot be had.
//
// Covered by tests/unit/engine/decide/store_*_test.cpp, on both kinds.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/store_key.h"
#include "engine/model/archive.h"
#include "engine/model/decimal.h"
#include "engine/model/value.h"
#include "proviso/limits.h"
#include "proviso/outcome.h"
#include "proviso/store.h"

namespace proviso::decide {

/// µs since 1970 UTC, as calls tell it.
using Instant = std::int64_t;
/// SHA-256 of what a call asks for (docs/language.md, "Gates and approvals").
using PlanDigest = std::array<std::uint8_t, 32>;

/// Why a store cannot answer.
enum class Fault : std::uint8_t {
    none,
    locked,        // another process held it for longer than Limits::store_busy_milliseconds
    full,          // no room on the disk, or past a bound of Limits
    damaged,       // what it reads is not what a store writes
    unreadable,    // the system failed a read or write
    closed,        // the file is gone or was replaced
    forgotten,     // asked about a time before what it still holds
    overflow,      // a total that does not fit exactly
    out_of_range,  // a negative amount, a call id that is too long
};

/// As decisions tell it: "store locked", "store full", …; empty for `none`.
[[nodiscard]] std::string_view cause(Fault fault);

// ---------------------------------------------------------------- series

/// A series of one store; the number means nothing to another one.
enum class SeriesId : std::uint32_t {};

/// The memory of one limit or counter. Two versions of a policy share it where the first five
/// members are equal; another measure under the same name is another series.
struct SeriesSpec {
    enum class Measure : std::uint8_t { count, sum, distinct };
    enum class Kind : std::uint8_t { none, number, money };  // of a sum: money has currencies

    std::string policy;
    std::string statement;
    Measure measure = Measure::count;
    Kind kind = Kind::none;
    std::uint32_t per = 0;          // values of a key
    std::int64_t look_back_us = 0;  // the longest that is asked for; a store keeps to the longest
                                    // that was registered, and Limits::store_late_seconds more
};

// ---------------------------------------------------------------- events

enum class EventState : std::uint8_t { pending, confirmed, cancelled };

/// A look that a step was told of beforehand. Means nothing to other steps, which may be given it.
enum class Foreseen : std::uint64_t { no };

/// One thing to count. Views what it is made of till the commit.
struct Event {
    SeriesId series{};
    std::string_view key;  // of a KeyBuilder
    Instant time = 0;
    model::Decimal amount;                  // sum; not negative
    model::Currency currency = 0;           // sum of money
    std::span<const MemberDigest> members;  // distinct; one twice counts once
    Foreseen foreseen = Foreseen::no;       // of the same series, key and currency
};

/// A question about one key. `since` is the first instant that counts; later events all do, also
/// those after the call.
struct Look {
    SeriesId series{};
    std::string_view key;
    Instant since = 0;
    model::Currency currency = 0;           // sum of money: of this one alone; 0: of each
    std::span<const MemberDigest> members;  // distinct: those that the call would add
    Foreseen foreseen = Foreseen::no;       // of the same series, key and currency
};

/// What `Look` finds. Cancelled events count nowhere.
struct Total {
    static constexpr std::size_t most_currencies = 16;
    struct Sum {
        model::Currency currency = 0;
        model::Decimal settled;  // of confirmed events
        model::Decimal all;      // of confirmed and pending ones
    };

    std::int64_t settled = 0;  // confirmed events; distinct: members of confirmed events
    std::int64_t all = 0;      // the same of confirmed and pending ones
    std::int64_t added = 0;    // distinct: members of `Look::members` that are in neither
    std::uint32_t currencies = 0;
    std::array<Sum, most_currencies> sums;  // a sum of numbers: one, of currency 0, if any

    /// Nothing found. What is in `sums` stays, and is not read: to write all of it takes longer
    /// than to look.
    void clear() {
        settled = all = added = 0;
        currencies = 0;
    }
    [[nodiscard]] std::span<const Sum> found() const { return {sums.data(), currencies}; }
};

// ---------------------------------------------------------------- calls and plans

/// What a call got when it was let through.
struct Answer {
    Outcome outcome = Outcome::block;
    Reason reason = Reason::missing_data;
    Outcome best_case = Outcome::block;
};

/// A call id that is bound.
struct KnownCall {
    PlanDigest plan{};
    Answer answer;
    EventState state = EventState::pending;
};

/// A plan that somebody rejected; it is blocked up to and including `until`.
struct KnownReject {
    std::string by;
    Instant until = 0;
};

// ---------------------------------------------------------------- steps

enum class Access : std::uint8_t {
    preview,  // reads; what is added is dropped, a commit does nothing
    decide,
};

/// One call's reads and writes. Ends, without a trace, where it is not committed. The store is
/// locked meanwhile: keep it short, and begin no second one in the same thread.
class Step {
  public:
    virtual ~Step() = default;
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

    // reads
    [[nodiscard]] virtual Fault total(const Look& look, Total& out) = 0;
    /// The first instant from which on the series holds all events; the lowest there is where
    /// nothing was ever dropped. `total` checks it.
    [[nodiscard]] virtual Fault held_since(SeriesId series, Instant& out) = 0;
    /// Nothing in `out` where the id is not bound. `forgotten` where the call's time lies before
    /// what is known of ids, so that it may have been.
    [[nodiscard]] virtual Fault find_call(std::string_view id, std::optional<KnownCall>& out) = 0;
    /// The rejection of the plan that lasts longest, if any does at the call's time. Where the call
    /// has no time, every one that is kept lasts.
    [[nodiscard]] virtual Fault find_reject(const PlanDigest& plan,
                                            std::optional<KnownReject>& out) = 0;
    /// When approval of the plan was first asked for.
    [[nodiscard]] virtual Fault find_request(const PlanDigest& plan,
                                             std::optional<Instant>& out) = 0;

    /// What `total` will be asked about: a store may fetch it meanwhile. No answer depends on it,
    /// but a look or an event that names it is found sooner. The key stays where and as it is till
    /// the step ends.
    [[nodiscard]] virtual Foreseen foresee(const Look& look) {
        (void)look;
        return Foreseen::no;
    }
    /// There is nothing more to foresee. Best called some work before the first `total`.
    virtual void fetch() {}

    // writes, kept by the commit; texts are copied, an event's views are not
    virtual void add(const Event& event) = 0;
    /// Events of this step belong to the id from then on.
    virtual void bind(std::string_view id, const PlanDigest& plan, const Answer& answer) = 0;
    virtual void remember_reject(const PlanDigest& plan, std::string_view by, Instant until) = 0;
    /// The first request stays; it may be forgotten after `until`.
    virtual void remember_request(const PlanDigest& plan, Instant at, Instant until) = 0;

    /// All of the writes, or none and why. The step is over either way.
    [[nodiscard]] virtual Fault commit() = 0;

  protected:
    Step() = default;
    friend struct EndStep;
    virtual void end() = 0;
};

struct EndStep {
    void operator()(Step* step) const { step->end(); }
};
using StepPtr = std::unique_ptr<Step, EndStep>;

// ---------------------------------------------------------------- stores

/// Thread-safe.
class StoreBackend {
  public:
    StoreBackend() = default;
    virtual ~StoreBackend() = default;
    StoreBackend(const StoreBackend&) = delete;
    StoreBackend& operator=(const StoreBackend&) = delete;

    /// Registers a series, or finds it again.
    [[nodiscard]] virtual Fault series(const SeriesSpec& spec, SeriesId& out) = 0;
    /// Whether nothing was ever kept but halts, and the id is short enough: a preview of it need
    /// not ask.
    [[nodiscard]] virtual bool idle(std::string_view id) const = 0;
    /// Null where there is a fault. `time` is the call's; without one nothing is forgotten for it.
    [[nodiscard]] virtual StepPtr begin(std::optional<Instant> time, Access access,
                                        Fault& fault) = 0;

    /// `pending` to what the host reports of the call, for all its events. What was confirmed stays
    /// so; what was cancelled may be confirmed after all.
    enum class Settled : std::uint8_t { done, unknown_id, was_confirmed, failed };
    [[nodiscard]] virtual Settled settle(std::string_view id, EventState to, Fault& fault) = 0;

    /// Halts are few: they are read as a whole, and only when the epoch has changed. The epoch is
    /// raised before and after a change that other processes make as well.
    [[nodiscard]] virtual const std::atomic<std::uint64_t>& halt_epoch() const = 0;
    [[nodiscard]] virtual Fault halt(const HaltScope& scope, std::string_view reason) = 0;
    [[nodiscard]] virtual Fault resume(const HaltScope& scope, bool& was_halted) = 0;
    /// By scope; `epoch` is the one that they belong to.
    [[nodiscard]] virtual Fault halts(std::vector<Halt>& out, std::uint64_t& epoch) = 0;

    /// All that it remembers but halts, for a replay that is put aside (snapshot.h). A store that
    /// others share fails both.
    virtual void save(model::Saver& saver) { saver.fail("the store is a file"); }
    /// Into a store of which nothing was asked yet but its series.
    virtual void load(model::Loader& loader) { loader.fail("the store is a file"); }
};

}  // namespace proviso::decide

namespace proviso {

struct Store::Impl {
    std::unique_ptr<decide::StoreBackend> backend;
    Limits limits;
};

}  // namespace proviso
