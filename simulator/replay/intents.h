// Distinct intents: an action and its retries, told apart by a hash, and the cells of a comparison
// that their calls fell in.
//
// Exact up to a bound. Beyond it a sample is kept: the intents whose hash ends in some zero bits,
// as few bits as keep the sample within the bound, each of which then stands for 2^bits. Which ones
// these are follows from the set alone, so no order of calls and no number of threads shows.
// Covered by tests/unit/simulator/intents_test.cpp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/history/digest.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// Intents that are told apart exactly: 16 bytes each, at most twice that while they are counted,
/// for each thread.
inline constexpr std::size_t most_intents = 1u << 20;

/// Of what a history calls the intent of a call.
[[nodiscard]] std::uint64_t told_intent(std::string_view text);
/// The same, of its `text_hash`.
[[nodiscard]] std::uint64_t told_intent_of(std::uint64_t hash);
/// The same call in the same run: by hashes of the names of run and tool, and of the arguments.
[[nodiscard]] constexpr std::uint64_t action_intent(std::uint64_t run, std::uint64_t tool,
                                                    std::uint64_t arguments) {
    return spread(spread(spread(spread(run + 2) + tool)) + arguments);
}

class IntentSet {
  public:
    explicit IntentSet(std::size_t bound = most_intents) : bound_(bound) {}

    void add(std::uint64_t hash, std::size_t before, std::size_t after);
    /// Memory that `add` will want soon.
    void fetch(std::uint64_t hash) const {
        if (!entries_.empty()) __builtin_prefetch(&entries_[first_of(hash)], 1);
    }
    void merge(const IntentSet& other);

    [[nodiscard]] bool exact() const noexcept { return level_ == 0; }
    /// Estimated where it is not exact; `key` is left empty.
    [[nodiscard]] IntentTable table() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, entries, size, level] = it;
        visit(entries, size, level);
    }

  private:
    struct Entry {
        std::uint64_t hash = 0;   // 0: free
        std::uint32_t cells = 0;  // a bit a cell
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [hash, cells] = it;
            visit(hash, cells);
        }
    };
    void add_cells(std::uint64_t hash, std::uint32_t cells);
    void put(std::uint64_t hash, std::uint32_t cells);
    void rebuild(std::size_t slots);
    [[nodiscard]] bool is_sampled(std::uint64_t hash) const {
        return (hash & ((std::uint64_t{1} << level_) - 1)) == 0;
    }

    [[nodiscard]] std::size_t first_of(std::uint64_t hash) const {
        return hash >> static_cast<unsigned>(64 - std::countr_zero(entries_.size()));
    }

    std::size_t bound_;
    std::vector<Entry> entries_;  // a power of two; a probe goes on from its hash's upper bits
    std::size_t size_ = 0;
    unsigned level_ = 0;
};

}  // namespace proviso::simulator
