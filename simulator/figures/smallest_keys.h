// A table with a bound on its rows: beyond it the rows with the smallest keys are kept, and what
// the others counted is counted together.
//
// Which rows are kept follows from the set of keys alone: a row that a thread drops has as many
// smaller ones in that thread already, so that it would be dropped in the end as well. No order of
// calls and no number of threads shows.
// Covered by tests/unit/simulator/figures/smallest_keys_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

namespace proviso::simulator {

/// `Row` has `calls()`, what it counts, and `merge(const Row&)`.
template <class Key, class Row>
class SmallestKeys {
  public:
    explicit SmallestKeys(std::size_t bound) : bound_(bound) {}

    /// The key's row; null where it is past the bound: then `count_beyond` is for it. Stays where
    /// it is until it is dropped.
    Row* find(const Key& key) {
        const auto at = rows_.lower_bound(key);
        if (at != rows_.end() && !(key < at->first)) return &at->second;
        if (rows_.size() >= bound_ && at == rows_.end()) return nullptr;
        Row& row = rows_.emplace_hint(at, key, Row{})->second;
        if (rows_.size() > bound_) drop_last();
        return &row;
    }
    void count_beyond(std::uint64_t calls) { beyond_ += calls; }

    void merge(const SmallestKeys& other) {
        beyond_ += other.beyond_;
        for (const auto& [key, row] : other.rows_) {
            if (Row* mine = find(key); mine != nullptr)
                mine->merge(row);
            else
                beyond_ += row.calls();
        }
    }

    [[nodiscard]] const std::map<Key, Row>& rows() const noexcept { return rows_; }
    [[nodiscard]] std::uint64_t beyond() const noexcept { return beyond_; }
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, rows, beyond, drops] = it;
        visit(rows, beyond);
    }
    /// Rows that have gone: pointers to any of them are no good since this has changed.
    [[nodiscard]] std::uint64_t drops() const noexcept { return drops_; }

  private:
    void drop_last() {
        const auto last = std::prev(rows_.end());
        beyond_ += last->second.calls();
        rows_.erase(last);
        ++drops_;
    }

    std::size_t bound_;
    std::map<Key, Row> rows_;
    std::uint64_t beyond_ = 0;
    std::uint64_t drops_ = 0;
};

}  // namespace proviso::simulator
