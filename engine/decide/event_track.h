// The events of one key in the order of their times, and what lies since an instant in them.
//
// Nearly every key has a few events: they are looked through. A longer track has a tree of partial
// sums (Fenwick's) and, for distinct members, a table of where each stands last, so that adding in
// order, reading, confirming and cancelling cost the logarithm of its length. An event that comes
// late is put in its place and the tree made anew. Sums are whole numbers at the largest scale that
// the track has met: exact, and without a bound that real amounts reach. The sum of all entries is
// kept beside them, so that a look that takes in all of them, as most do, reads none.
//
// Distinct members: an event counts where it is the last one of its member that is not cancelled,
// and is settled where it is the last confirmed one. So the members since an instant are the events
// since then that are last.
//
// Covered by tests/unit/engine/decide/store_total_test.cpp, against a plain list.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/decide/exact_sum.h"
#include "engine/decide/series_name.h"
#include "engine/decide/store.h"
#include "engine/model/archive.h"

namespace proviso::decide {

class EventTrack {
  public:
    using Measure = SeriesSpec::Measure;
    /// Two to a line of a cache: with a million keys the lines are what a step costs.
    struct Entry {
        Instant time = 0;
        std::uint64_t call : 56 = 0;  // 0: of no id
        EventState state : 6 = EventState::pending;
        bool last : 1 = false;  // distinct, of its member: that is not cancelled
        bool last_confirmed : 1 = false;
        MemberDigest member{};  // distinct; of a sum the amount

        void set(model::Decimal amount) {
            std::memcpy(member.data(), &amount.coefficient, sizeof amount.coefficient);
            member[sizeof amount.coefficient] = amount.scale;
        }
        [[nodiscard]] model::Decimal amount() const {
            model::Decimal amount;
            std::memcpy(&amount.coefficient, member.data(), sizeof amount.coefficient);
            amount.scale = member[sizeof amount.coefficient];
            return amount;
        }
    };
    static_assert(sizeof(Entry) == 32);
    struct Sums {
        std::int64_t settled = 0;  // count, distinct
        std::int64_t all = 0;
        std::optional<model::Decimal> settled_sum;  // sum; nothing: it does not fit
        std::optional<model::Decimal> all_sum;
    };

    EventTrack() noexcept;
    ~EventTrack();
    EventTrack(EventTrack&&) noexcept;
    EventTrack& operator=(EventTrack&&) noexcept;

    /// Whether an amount can be summed with those that are there.
    [[nodiscard]] bool takes(model::Decimal amount) const {
        const std::uint8_t scale = std::max(amount.scale, scale_);
        return amount.coefficient >= 0 && fits(amount, scale) &&
               (scale == scale_ || all_fit(scale));
    }
    /// `entry.state` is pending.
    void add(Measure measure, const Entry& entry);
    [[nodiscard]] Sums since(Measure measure, Instant first) const;
    /// Whether the member has an event, not cancelled, at or after `first`.
    [[nodiscard]] bool has(const MemberDigest& member, Instant first) const;
    /// The states of the events of a call, whose times lie from `first` to `last`. Those that are
    /// confirmed stay so.
    void settle(Measure measure, std::uint64_t call, Instant first, Instant last, EventState to);
    [[nodiscard]] bool has_before(Instant first) const { return oldest_ < first && !empty(); }
    /// Drops all before `first`, of which there are some; the time of the latest of them.
    Instant drop_before(Measure measure, Instant first);

    /// What `since` will read, and the place of the next entry.
    void prefetch(Instant first) const {
        constexpr std::size_t line = 64;
        constexpr std::size_t most = 8 * line;
        const auto* at = reinterpret_cast<const char*>(entries_.data());
        const std::size_t bytes = entries_.size() * sizeof(Entry);
        __builtin_prefetch(at + bytes, 1);
        if (first <= oldest_) return;
        for (std::size_t byte = 0; byte < std::min(bytes, most); byte += line) {
            __builtin_prefetch(at + byte);
        }
    }
    void save(model::Saver& saver) const;
    /// Into an empty track.
    void load(Measure measure, model::Loader& loader);

    [[nodiscard]] std::size_t size() const { return entries_.size() - first_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// The latest time of an entry; none: the lowest instant.
    [[nodiscard]] Instant newest() const { return newest_; }

  private:
    struct Index;
    // Words of the usual alignment: sixteen bytes of padding are a line of a cache more.
    __extension__ typedef unsigned __int128 Packed __attribute__((aligned(8)));
    struct Weights {
        Packed settled = 0;
        Packed all = 0;
        Weights& operator+=(const Weights& more);
        Weights& operator-=(const Weights& less);
    };
    /// An addend is below 2^100 and a track has fewer than 2^20: sums stay below 2^120.
    [[nodiscard]] static bool fits(model::Decimal amount, std::uint8_t scale) {
        return scaled(amount.coefficient, scale - amount.scale) >> 100U == 0;
    }
    [[nodiscard]] bool all_fit(std::uint8_t scale) const;
    [[nodiscard]] Weights weights(Measure measure, const Entry& entry) const;
    [[nodiscard]] Weights sum_from(Measure measure, std::size_t position) const;
    [[nodiscard]] std::size_t position_of(Instant first) const;
    [[nodiscard]] std::size_t last_of(const MemberDigest& member) const;
    void mark_last(const MemberDigest& member);
    void append(Measure measure, const Entry& entry);
    void no_longer_last(const MemberDigest& member);
    void insert(Measure measure, const Entry& entry);
    void index(Measure measure);
    void compact(Measure measure);
    /// After entries have changed otherwise than by one more at the end.
    void sum_again(Measure measure);

    Weights sum_;                  // of all from `first_` on
    Instant oldest_ = since_ever;  // of those; anything where there is none
    Instant newest_ = since_ever;
    std::vector<Entry> entries_;  // ascending by time
    std::unique_ptr<Index> index_;
    std::uint32_t first_ = 0;  // those before it are dropped
    std::uint8_t scale_ = 0;   // the largest
};

}  // namespace proviso::decide
