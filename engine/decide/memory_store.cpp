#include "engine/decide/memory_store.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "engine/decide/careful_clock.h"
#include "engine/decide/halt_board.h"
#include "engine/decide/memory_tables.h"
#include "engine/decide/snapshot.h"

namespace proviso::decide {

namespace {

class MemoryStore final : public StoreBackend {
  public:
    explicit MemoryStore(const Limits& limits)
        : limits_(limits),
          keys_(seed(), limits_),
          calls_(seed(), limits_),
          requests_(limits_),
          rejects_(limits_),
          step_(*this) {}

    Fault series(const SeriesSpec& spec, SeriesId& out) override {
        const std::scoped_lock lock(mutex_);
        return keys_.series(spec, out);
    }
    bool idle(std::string_view id) const override {
        return idle_.load(std::memory_order_acquire) && id.size() <= limits_.store_id_bytes;
    }
    StepPtr begin(std::optional<Instant> time, Access access, Fault& fault) override {
        mutex_.lock();
        fault = Fault::none;
        step_.begin(time, access);
        return StepPtr(&step_);
    }
    Settled settle(std::string_view id, EventState to, Fault& fault) override;

    [[nodiscard]] const std::atomic<std::uint64_t>& halt_epoch() const override { return epoch_; }
    Fault halt(const HaltScope& scope, std::string_view reason) override;
    Fault resume(const HaltScope& scope, bool& was_halted) override;
    Fault halts(std::vector<Halt>& out, std::uint64_t& epoch) override {
        const std::scoped_lock lock(halts_mutex_);
        out = halts_;
        epoch = epoch_.load(std::memory_order_relaxed);
        return Fault::none;
    }

    void save(model::Saver& saver) override {
        const std::scoped_lock lock(mutex_);
        saver(idle_.load(), clock_.state());
        keys_.save(saver);
        calls_.save(saver);
        requests_.save(saver);
        rejects_.save(saver);
    }
    void load(model::Loader& loader) override {
        const std::scoped_lock lock(mutex_);
        bool idle = true;
        CarefulClock::State clock;
        loader(idle, clock);
        clock_.set(clock);
        keys_.load(loader);
        calls_.load(loader, keys_.ever_taken());
        requests_.load(loader);
        rejects_.load(loader);
        idle_ = idle;
    }

  private:
    class MemoryStep final : public Step {
      public:
        explicit MemoryStep(MemoryStore& store) : store_(store) {}
        void begin(std::optional<Instant> time, Access access);

        Fault total(const Look& look, Total& out) override { return store_.keys_.total(look, out); }
        Foreseen foresee(const Look& look) override { return store_.keys_.foresee(look); }
        void fetch() override { store_.keys_.fetch(); }
        Fault held_since(SeriesId series, Instant& out) override {
            out = store_.keys_.state(series).held_since;
            return Fault::none;
        }
        Fault find_call(std::string_view id, std::optional<KnownCall>& out) override;
        Fault find_reject(const PlanDigest& plan, std::optional<KnownReject>& out) override;
        Fault find_request(const PlanDigest& plan, std::optional<Instant>& out) override;
        void add(const Event& event) override { events_.emplace_back(event); }
        void bind(std::string_view id, const PlanDigest& plan, const Answer& answer) override {
            binds_ = true;
            id_ = id;
            known_ = {plan, answer, EventState::pending};
            store_.calls_.foresee(id);
        }
        void remember_reject(const PlanDigest& plan, std::string_view by, Instant until) override {
            rejects_.push_back({plan, {until, 0, std::string(by)}});
        }
        void remember_request(const PlanDigest& plan, Instant at, Instant until) override {
            requests_.push_back({plan, {until, at, {}}});
        }
        Fault commit() override;

      private:
        void end() override { store_.mutex_.unlock(); }
        [[nodiscard]] Fault reserve();
        void apply();

        struct Added {
            explicit Added(const Event& one) : event(one) {}  // made in its place
            Event event;
            std::uint32_t key = 0;
        };
        MemoryStore& store_;
        std::optional<Instant> time_;
        Access access_ = Access::preview;
        std::vector<Added> events_;
        bool binds_ = false;
        std::string id_;
        KnownCall known_;
        std::vector<std::pair<PlanDigest, PlanTable::Record>> rejects_;
        std::vector<std::pair<PlanDigest, PlanTable::Record>> requests_;
    };

    // Where the store lies is as good as random, and nothing that is decided depends on it.
    [[nodiscard]] std::uint64_t seed() const {
        return reinterpret_cast<std::uintptr_t>(this) * 0x9E3779B97F4A7C15U;
    }

    const Limits limits_;
    std::mutex mutex_;
    std::atomic<bool> idle_{true};
    CarefulClock clock_;
    KeyTable keys_;
    CallTable calls_;
    PlanTable requests_;
    PlanTable rejects_;
    MemoryStep step_;

    std::mutex halts_mutex_;
    std::vector<Halt> halts_;
    std::atomic<std::uint64_t> epoch_{0};
};

// ---------------------------------------------------------------- steps

void MemoryStore::MemoryStep::begin(std::optional<Instant> time, Access access) {
    time_ = time;
    access_ = access;
    events_.clear();
    rejects_.clear();
    requests_.clear();
    binds_ = false;
    store_.keys_.begin();
    if (access == Access::preview) return;
    if (time) store_.clock_.see(*time);
    const std::optional<Instant> now = store_.clock_.now();
    if (!now) return;
    store_.keys_.sweep(*now);
    store_.calls_.sweep(*now);
    store_.rejects_.sweep(*now);
    store_.requests_.sweep(*now);
}

Fault MemoryStore::MemoryStep::find_call(std::string_view id, std::optional<KnownCall>& out) {
    out.reset();
    if (id.size() > store_.limits_.store_id_bytes) return Fault::out_of_range;
    const CallTable::Record* found = store_.calls_.find(id);
    if (found != nullptr) {
        out = found->known;
        return Fault::none;
    }
    return time_ && *time_ < store_.calls_.held_since() ? Fault::forgotten : Fault::none;
}

Fault MemoryStore::MemoryStep::find_reject(const PlanDigest& plan,
                                           std::optional<KnownReject>& out) {
    out.reset();
    const PlanTable::Record* found = store_.rejects_.find(plan);
    if (found != nullptr && (!time_ || *time_ <= found->until)) {
        out = KnownReject{found->by, found->until};
        return Fault::none;
    }
    const bool forgotten = time_ && *time_ < store_.rejects_.held_since();
    return found == nullptr && forgotten ? Fault::forgotten : Fault::none;
}

Fault MemoryStore::MemoryStep::find_request(const PlanDigest& plan, std::optional<Instant>& out) {
    out.reset();
    const PlanTable::Record* found = store_.requests_.find(plan);
    if (found != nullptr) out = found->at;
    return Fault::none;
}

// Everything that can fail, before anything is kept.
Fault MemoryStore::MemoryStep::reserve() {
    for (Added& added : events_) {
        const Fault fault = store_.keys_.reserve(added.event, added.key);
        if (fault != Fault::none) return fault;
    }
    for (const auto& [plan, record] : rejects_) {
        if (store_.rejects_.find(plan) == nullptr && !store_.rejects_.has_room()) {
            return Fault::full;
        }
    }
    if (!binds_) return Fault::none;
    if (id_.size() > store_.limits_.store_id_bytes) return Fault::out_of_range;
    return store_.calls_.has_room() ? Fault::none : Fault::full;
}

void MemoryStore::MemoryStep::apply() {
    store_.idle_.store(false, std::memory_order_release);
    CallTable::Record* call = nullptr;
    const std::optional<Instant> now = store_.clock_.now();
    if (binds_) {
        call = &store_.calls_.add(id_);
        call->known = known_;
        call->at = time_ ? *time_ : now.value_or(since_ever);
    }
    for (const Added& added : events_) {
        const Event& event = added.event;
        store_.keys_.add(event, added.key, call == nullptr ? 0 : call->number, now);
        if (call == nullptr) continue;
        const bool first = call->keys.empty();
        call->first_event = first ? event.time : std::min(call->first_event, event.time);
        call->last_event = first ? event.time : std::max(call->last_event, event.time);
        call->keys.push_back(added.key);
    }
    for (auto& [plan, record] : rejects_) {
        const PlanTable::Record* known = store_.rejects_.find(plan);
        if (known == nullptr || known->until < record.until) {
            store_.rejects_.put(plan, std::move(record));
        }
    }
    for (auto& [plan, record] : requests_) {
        const bool is_first = store_.requests_.find(plan) == nullptr;
        if (is_first && store_.requests_.has_room()) {
            store_.requests_.put(plan, std::move(record));
        }
    }
}

Fault MemoryStore::MemoryStep::commit() {
    if (access_ == Access::preview) return Fault::none;
    const Fault fault = reserve();
    if (fault == Fault::none) apply();
    access_ = Access::preview;  // over
    return fault;
}

// ---------------------------------------------------------------- confirmations, halts

StoreBackend::Settled MemoryStore::settle(std::string_view id, EventState to, Fault& fault) {
    const std::scoped_lock lock(mutex_);
    fault = Fault::none;
    CallTable::Record* call = calls_.find(id);
    if (call == nullptr) return Settled::unknown_id;
    if (call->known.state == EventState::confirmed && to == EventState::cancelled) {
        return Settled::was_confirmed;
    }
    call->known.state = to;
    for (const std::uint32_t key : call->keys) {
        keys_.settle(key, call->number, call->first_event, call->last_event, to);
    }
    return Settled::done;
}

Fault MemoryStore::halt(const HaltScope& scope, std::string_view reason) {
    const std::scoped_lock lock(halts_mutex_);
    const auto at = std::lower_bound(
        halts_.begin(), halts_.end(), scope,
        [](const Halt& one, const HaltScope& wanted) { return before(one.scope, wanted); });
    const std::uint64_t next = epoch_.load(std::memory_order_relaxed) + 1;
    if (at != halts_.end() && at->scope == scope) {
        *at = {scope, std::string(reason), next};
    } else if (halts_.size() >= limits_.store_halts) {
        return Fault::full;
    } else {
        halts_.insert(at, {scope, std::string(reason), next});
    }
    epoch_.store(next, std::memory_order_release);
    return Fault::none;
}

Fault MemoryStore::resume(const HaltScope& scope, bool& was_halted) {
    const std::scoped_lock lock(halts_mutex_);
    was_halted = std::erase_if(halts_, [&](const Halt& one) { return one.scope == scope; }) > 0;
    if (was_halted) epoch_.fetch_add(1, std::memory_order_release);
    return Fault::none;
}

}  // namespace

std::unique_ptr<StoreBackend> make_memory_store(const Limits& limits) {
    return std::make_unique<MemoryStore>(limits);
}

}  // namespace proviso::decide
