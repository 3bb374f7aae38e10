// Ids that several calls of the histories have: histories overlap, or ids are not unique.
//
// Threads note the ids of a block; blocks are joined in the order of the history. Ids are told
// apart by a hash, exactly up to a bound. Beyond it a sample is kept, as of intents (intents.h):
// the ids whose hash ends in some zero bits. Which those are follows from the set of ids alone, so
// no number of threads and no size of blocks shows. Covered by
// tests/unit/simulator/replay/repeated_ids_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/figures/figure_stream.h"
#include "simulator/report/doubts.h"

namespace proviso::simulator {

/// Ids that are told apart exactly: 16 bytes each, at most four times that while they are counted.
inline constexpr std::size_t most_ids = 1u << 16;

/// Of an id's text.
[[nodiscard]] std::uint64_t id_hash(std::string_view id);

/// The ids of a block, in its order.
class BlockIds {
  public:
    /// Memory for so many.
    void reserve(std::size_t calls) { seen_.reserve(calls); }
    /// `what` is a hash of the call's tool, stage and time. `line` from 0.
    void add(std::uint64_t hash, std::uint64_t line, std::uint64_t what, std::string_view id);

  private:
    friend class IdSet;
    struct Seen {
        std::uint64_t hash = 0;
        std::uint32_t line = 0;
        std::uint16_t what = 0;  // most of it
        std::uint16_t size = 0;  // of its text
    };
    std::vector<Seen> seen_;
    std::string texts_;
};

/// Of the blocks that are joined.
class IdSet {
  public:
    explicit IdSet(std::size_t bound = most_ids) : bound_(bound) {}

    void join(const BlockIds& ids, const CallPlacing& place);
    /// An id whose hash has any of these bits is not looked for, now or later.
    [[nodiscard]] std::uint64_t passed_over() const { return (std::uint64_t{1} << level_) - 1; }
    /// `files` are the paths that places name by number.
    [[nodiscard]] RepeatedIds report(const std::vector<std::string>& files) const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, entries, size, level, sums, example] = it;
        visit(entries, size, level, sums, example);
    }

  private:
    static constexpr std::uint16_t again_bit = 1;

    /// The first call of an id. Of a line in a file beyond the 65,535th, or of one beyond the
    /// 4,294,967,295th, the place is told as that.
    struct Entry {
        std::uint64_t hash = 0;  // 0: free
        std::uint32_t line = 0;
        std::uint16_t file = 0;
        std::uint16_t what = 0;  // and whether a later call has the id, as its lowest bit
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [hash, line, file, what] = it;
            visit(hash, line, file, what);
        }
    };
    /// As in RepeatedIds, of the hashes that end in so many zero bits: those of a sample are the
    /// ones from its level on.
    struct Sums {
        std::uint64_t ids = 0;
        std::uint64_t calls = 0;
        std::uint64_t same = 0;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [ids, calls, same] = it;
            visit(ids, calls, same);
        }
    };
    struct Example {
        std::string id;
        bool is_same = false;
        CallPlace first;
        CallPlace again;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [id, is_same, first, again] = it;
            visit(id, is_same, first, again);
        }
    };
    Entry& entry_of(std::uint64_t hash);
    void add(const BlockIds::Seen& one, std::string_view id, const CallPlacing& place);
    void count_again(Entry& first, const BlockIds::Seen& one, std::string_view id,
                     const CallPlacing& place);
    void rebuild(std::size_t slots);

    std::size_t bound_;
    std::vector<Entry> entries_;  // a power of two; a probe goes on from its hash's upper bits
    std::size_t size_ = 0;
    unsigned level_ = 0;
    std::array<Sums, 65> sums_{};
    Example example_;
};

}  // namespace proviso::simulator
