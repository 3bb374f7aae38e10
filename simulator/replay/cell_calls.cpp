#include "simulator/replay/cell_calls.h"

#include <algorithm>
#include <utility>

namespace proviso::simulator {

// What stays as it was is of less interest than what changes.
bool CellKeeper::wants(CellPlace cell) const noexcept {
    const std::size_t bound =
        cell.before == cell.now ? std::min(bound_, unchanged_cell_calls) : bound_;
    return calls_[cell.before][cell.now].size() < bound;
}

void CellKeeper::add(CellPlace cell, ChangedCall call) {
    calls_[cell.before][cell.now].push_back(std::move(call));
}

void CellKeeper::set_place(const Placing& place) {
    for (auto& row : calls_) {
        for (auto& cell : row) {
            for (ChangedCall& call : cell) {
                const HistoryPlace at = place(call.after.line);
                call.after.file = at.file;
                call.after.line = at.line;
                call.after.call = at.call;
            }
        }
    }
}

void CellKeeper::append(CellKeeper later) {
    for (std::size_t i = 0; i < class_count; ++i) {
        for (std::size_t j = 0; j < class_count; ++j) {
            for (ChangedCall& call : later.calls_[i][j]) {
                if (!wants({i, j})) break;
                add({i, j}, std::move(call));
            }
        }
    }
}

void CellKeeper::tell_full(FullCells& full) const {
    for (std::size_t i = 0; i < class_count; ++i) {
        for (std::size_t j = 0; j < class_count; ++j) {
            if (!wants({i, j})) full.cells[i][j] = true;
        }
    }
}

}  // namespace proviso::simulator
