// Which calls stand behind a cell of the table of outcomes: the first ones of the history, so many
// of each cell, for a reader who asks what a number is made of.
//
// Blocks are joined in the order of the history, so what is kept does not depend on threads.
// Covered by tests/unit/simulator/replay/cell_calls_test.cpp and replay_threads_test.cpp.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

#include "simulator/history/placing.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// [before][now], as in ClassTable.
struct CellPlace {
    std::size_t before = 0;
    std::size_t now = 0;
};

/// Cells of which the whole run needs no more calls: it only ever grows.
struct FullCells {
    std::array<std::array<std::atomic<bool>, class_count>, class_count> cells{};

    [[nodiscard]] const std::atomic<bool>& at(CellPlace cell) const noexcept {
        return cells[cell.before][cell.now];
    }
};

class CellKeeper {
  public:
    CellKeeper() = default;  ///< keeps nothing
    explicit CellKeeper(std::size_t bound) : bound_(bound) {}

    [[nodiscard]] bool wants(CellPlace cell) const noexcept;
    /// Of a cell that wants it; calls come in the order of the history.
    void add(CellPlace cell, ChangedCall call);
    /// Tells each of them its place in the histories instead of that in its block.
    void set_place(const Placing& place);
    void append(CellKeeper later);
    void tell_full(FullCells& full) const;
    [[nodiscard]] CellCalls take() { return std::move(calls_); }
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, calls] = it;
        visit(calls);
    }

  private:
    std::size_t bound_ = 0;
    CellCalls calls_{};
};

}  // namespace proviso::simulator
