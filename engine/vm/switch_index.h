// A switch of a program made ready: from a call's value to the rules that ask for it.
//
// Rules of a case asked `slot == key` first of all; where the value is known that question is
// answered, so their code starts behind it. A cell has everything for a case of one rule, which
// most are: a look-up touches one line of memory. Covered by
// tests/unit/engine/switch_index_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/short_key.h"
#include "engine/model/value.h"

namespace proviso::vm {

/// Immutable; shared by all threads.
class SwitchIndex {
  public:
    /// The program outlives this.
    SwitchIndex(const bytecode::Program& program, const bytecode::Switch& from);

    /// The rules that a value leaves over: those of its case, or none; of an unknown one all.
    [[nodiscard]] std::span<const bytecode::Entry> candidates(const model::Value* places) const {
        const model::Value& value = places[slot_];
        if (!value.known()) return all_;
        const model::ShortKey key =
            is_text_ ? model::key_of(value.view()) : model::key_of(value.integer);
        for (std::uint64_t at = key.hash >> shift_;; at = (at + 1) & mask_) {
            const Cell& cell = cells_[at];
            if (cell.first == key.first && cell.second == key.second && is_same(cell, value)) {
                return cell.count == 1 ? std::span(&cell.entry, 1)
                                       : std::span(entries_).subspan(cell.entry.block, cell.count);
            }
            if (cell.count == 0) return {};
        }
    }

  private:
    struct Cell {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        std::uint32_t size = 0;   // of a text
        std::uint32_t key = 0;    // constant
        std::uint32_t count = 0;  // of entries; none of a free cell
        bytecode::Entry entry;    // the only one, or in `block` the first one's place in entries_
    };
    [[nodiscard]] bool is_same(const Cell& cell, const model::Value& value) const {
        return cell.size == value.extra && (!is_text_ || cell.size <= model::ShortKey::whole ||
                                            constants_[cell.key].view() == value.view());
    }
    void add(const bytecode::Program& program, const bytecode::Switch& from,
             const bytecode::Case& one);

    bool is_text_ = true;
    int shift_ = 63;
    std::uint32_t slot_ = 0;
    std::uint64_t mask_ = 0;
    const model::Value* constants_ = nullptr;
    std::vector<Cell> cells_;
    std::vector<bytecode::Entry> entries_;  // of cases with several
    std::span<const bytecode::Entry> all_;
};

}  // namespace proviso::vm
