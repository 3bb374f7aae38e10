// The tables of a store in memory: keys with their events, call ids, plans. Not thread-safe: the
// store holds its lock. Each forgets what is expired two records at a time (`sweep`), told by a
// careful clock, and says up to when it has forgotten.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/decide/event_track.h"
#include "engine/decide/hash_slots.h"
#include "engine/decide/huge_pages.h"
#include "engine/decide/inline_text.h"
#include "engine/decide/series_name.h"
#include "engine/decide/store.h"
#include "engine/model/archive.h"

namespace proviso::decide {

/// Records that stay where they are, with numbers that are used again.
template <class Record>
class Slab {
  public:
    Slab() = default;
    Slab(const Slab&) = delete;
    Slab& operator=(const Slab&) = delete;
    ~Slab() {
        for (Record* records : blocks_) std::destroy_n(records, block);
        for (const Piece& piece : pieces_) {
            give_pages(piece.memory, piece.bytes, alignof(Record));
        }
    }

    [[nodiscard]] Record& operator[](std::uint32_t number) {
        return blocks_[number / block][number % block];
    }
    std::uint32_t take() {
        if (!free_.empty()) {
            const std::uint32_t number = free_.back();
            free_.pop_back();
            return number;
        }
        if (taken_ % block == 0) add_block();
        return taken_++;
    }
    void give_back(std::uint32_t number) {
        (*this)[number] = {};
        free_.push_back(number);
    }
    [[nodiscard]] std::uint32_t ever_taken() const { return taken_; }
    [[nodiscard]] std::size_t live() const { return taken_ - free_.size(); }
    /// The next number of a round over all of them.
    std::uint32_t turn() { return hand_ = hand_ + 1 >= taken_ ? 0 : hand_ + 1; }

    void save(model::Saver& saver, const auto& save_record) {
        saver(free_, taken_, hand_);
        for (std::uint32_t i = 0; i < taken_; ++i) save_record((*this)[i]);
    }
    /// Into an empty one.
    void load(model::Loader& loader, const auto& load_record) {
        std::vector<std::uint32_t> free;
        std::uint32_t taken = 0;
        std::uint32_t hand = 0;
        loader(free, taken, hand);
        for (std::uint32_t i = 0; i < taken && !loader.failed(); ++i) {
            load_record((*this)[take()], i);
        }
        const auto is_none = [&](std::uint32_t number) { return number >= taken; };
        if (std::any_of(free.begin(), free.end(), is_none) || (hand > 0 && is_none(hand))) {
            loader.fail("a record's number is none");
        }
        free_ = std::move(free);
        hand_ = hand;
    }

  private:
    static constexpr std::uint32_t block = 1024;

    static constexpr std::size_t blocks_at_once = 64;
    static constexpr std::size_t block_bytes = block * sizeof(Record);
    struct Piece {
        std::byte* memory = nullptr;
        std::size_t bytes = 0;
        std::size_t used = 0;
    };

    void add_block() {
        if (pieces_.empty() || pieces_.back().used == pieces_.back().bytes) add_piece();
        Piece& piece = pieces_.back();
        auto* records = reinterpret_cast<Record*>(piece.memory + piece.used);
        std::uninitialized_value_construct_n(records, block);
        blocks_.push_back(records);
        piece.used += block_bytes;
    }
    /// A block, and once there are many of them many, which then lie in huge pages.
    void add_piece() {
        const std::size_t bytes =
            (blocks_.size() < blocks_at_once ? 1 : blocks_at_once) * block_bytes;
        void* memory = take_pages(bytes, alignof(Record));
        pieces_.push_back({static_cast<std::byte*>(memory), bytes, 0});
    }

    std::vector<Piece> pieces_;
    std::vector<Record*> blocks_;
    std::vector<std::uint32_t> free_;
    std::uint32_t taken_ = 0;
    std::uint32_t hand_ = 0;
};

// ---------------------------------------------------------------- keys

struct SeriesState {
    SeriesSpec spec;
    Instant held_since = since_ever;
    std::vector<model::Currency> currencies;  // ever met; sum of money
    bool many_currencies = false;             // more than are kept
};

class KeyTable {
  public:
    KeyTable(std::uint64_t seed, const Limits& limits);

    [[nodiscard]] Fault series(const SeriesSpec& spec, SeriesId& out);
    [[nodiscard]] SeriesState& state(SeriesId id) { return series_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] Fault total(const Look& look, Total& out);
    /// Has the memory fetched that `total` will read: of all looks at once, since each is a chain
    /// of reads that wait for one another. The key stays as it is till `begin`.
    [[nodiscard]] Foreseen foresee(const Look& look);
    void fetch();
    void begin() {
        first_foreseen_ += foreseen_;
        foreseen_ = 0;
        tracks_wait_ = false;
    }
    /// Whether the event can be added; its key is there from then on.
    [[nodiscard]] Fault reserve(const Event& event, std::uint32_t& key);
    /// What is expired `now` may go.
    void add(const Event& event, std::uint32_t key, std::uint64_t call, std::optional<Instant> now);
    void settle(std::uint32_t key, std::uint64_t call, Instant first, Instant last, EventState to);
    void sweep(Instant now);
    void save(model::Saver& saver);
    /// Into a table that has no keys; the series have to be those that were saved.
    void load(model::Loader& loader);
    [[nodiscard]] std::uint32_t ever_taken() const { return records_.ever_taken(); }

  private:
    static constexpr std::uint32_t unused = 0xFFFFFFFF;
    /// Two lines of a cache, which are all that most looks read of a key.
    struct alignas(64) Record {
        std::uint64_t hash = 0;
        std::uint32_t series = unused;
        model::Currency currency = 0;
        InlineText key;
        EventTrack track;

        [[nodiscard]] bool is_used() const { return series != unused; }
    };
    static_assert(sizeof(Record) == 128);
    /// Where the record of a key is, if it has one.
    struct Place {
        SeriesId series{};
        model::Currency currency = 0;
        std::string_view key;
        std::uint64_t of_key = 0;  // the hash of the key alone
        std::uint64_t hash = 0;
        Instant since = 0;         // of a look that was foreseen
        Record* record = nullptr;  // none: not sought, or not there
        std::uint32_t number = HashSlots::none;
        bool is_sure = false;  // else the record is most likely its own, as told by the hash alone
    };
    /// Events before it may go.
    [[nodiscard]] Instant expired(const SeriesState& series, Instant now) const;
    void foresee_tracks();
    [[nodiscard]] static std::uint64_t hash(SeriesId series, model::Currency currency,
                                            std::uint64_t of_key);
    [[nodiscard]] static Place place_of(SeriesId series, model::Currency currency,
                                        std::string_view key, std::uint64_t of_key);
    /// Valid till the next call. Once found, what was foreseen is known for the rest of the step.
    [[nodiscard]] Place& find(SeriesId series, model::Currency currency, std::string_view key,
                              Foreseen foreseen);
    [[nodiscard]] static bool is_for(const Place& place, SeriesId series, model::Currency currency,
                                     std::string_view key);
    [[nodiscard]] static bool is_its(const Place& place, const Record& record);
    void set(Place& place, std::uint32_t number);
    [[nodiscard]] bool seek(Place& place);
    void add_key(Place& place);
    [[nodiscard]] Fault add_up(const Look& look, SeriesSpec::Measure measure,
                               model::Currency currency, Total& out);
    void drop(Record& record, SeriesState& series, Instant before);
    void save(model::Saver& saver, Record& record) const;
    void load(model::Loader& loader, Record& record, std::uint32_t number);

    std::uint64_t seed_;
    const Limits& limits_;
    std::int64_t late_us_;  // how late an event may come
    std::vector<SeriesState> series_;
    std::map<std::string, SeriesId> names_;
    HashSlots slots_;
    Slab<Record> records_;
    std::array<Place, 16> places_;
    std::size_t foreseen_ = 0;          // so many of these
    std::uint64_t first_foreseen_ = 1;  // of this step; numbers go on from step to step
    bool tracks_wait_ = false;          // for the memory of what is foreseen to be fetched
    Place unforeseen_;                  // the last one
};

// ---------------------------------------------------------------- call ids

class CallTable {
  public:
    struct Record {
        std::uint64_t hash = 0;
        std::uint64_t number = 0;  // of its events; 0: the record is free
        Instant at = since_ever;   // none: kept
        Instant first_event = 0;
        Instant last_event = 0;
        std::string id;
        KnownCall known;
        std::vector<std::uint32_t> keys;
    };
    CallTable(std::uint64_t seed, const Limits& limits);

    [[nodiscard]] Record* find(std::string_view id);
    [[nodiscard]] bool has_room() const { return records_.live() < limits_.store_ids; }
    Record& add(std::string_view id);
    void foresee(std::string_view id) const { slots_.prefetch(keyed_hash(seed_, id)); }
    void sweep(Instant now);
    [[nodiscard]] Instant held_since() const { return held_since_; }
    void save(model::Saver& saver);
    /// Into an empty table. `keys`: how many numbers of keys there are.
    void load(model::Loader& loader, std::uint32_t keys);

  private:
    std::uint64_t seed_;
    const Limits& limits_;
    std::int64_t kept_us_;
    HashSlots slots_;
    Slab<Record> records_;
    std::uint64_t last_number_ = 0;
    Instant held_since_ = since_ever;
};

// ---------------------------------------------------------------- plans

/// What is known of plans until an instant: the first request, or the rejection that lasts longest.
class PlanTable {
  public:
    struct Record {
        Instant until = 0;
        Instant at = 0;
        std::string by;
    };
    explicit PlanTable(const Limits& limits);

    [[nodiscard]] const Record* find(const PlanDigest& plan) const;
    [[nodiscard]] bool has_room() const { return records_.size() < limits_.store_plans; }
    void put(const PlanDigest& plan, Record record);
    void sweep(Instant now) {
        if (!ends_.empty()) forget(now);
    }
    [[nodiscard]] Instant held_since() const { return held_since_; }
    void save(model::Saver& saver) const;
    /// Into an empty table.
    void load(model::Loader& loader);

  private:
    void forget(Instant now);

    struct Hash {
        std::size_t operator()(const PlanDigest& plan) const;
    };
    const Limits& limits_;
    std::int64_t late_us_;
    std::unordered_map<PlanDigest, Record, Hash> records_;
    std::multimap<Instant, PlanDigest> ends_;
    Instant held_since_ = since_ever;
};

}  // namespace proviso::decide
