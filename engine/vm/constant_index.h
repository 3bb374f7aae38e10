// Constants of one kind, hashed: which of them a value equals is one probe and one comparison.
//
// Open addressing, at most half full. A cell holds its constant's key (model/short_key.h), so that
// only texts of more than 16 bytes, and kinds that are no text or number, are looked up themselves.
// Covered by tests/unit/engine/vm/constant_index_test.cpp.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/short_key.h"
#include "engine/model/type.h"
#include "engine/model/value.h"

namespace proviso::vm {

/// How constants of a kind are told apart.
enum class KeyForm : std::uint8_t { number, text, whole_value };
[[nodiscard]] KeyForm key_form(model::Kind kind);

/// Immutable; shared by all threads.
class ConstantIndex {
  public:
    ConstantIndex() = default;
    /// `keys` are constants of `program`, which outlives this; equal keys must not occur twice.
    ConstantIndex(const bytecode::Program& program, const std::vector<std::uint32_t>& keys,
                  model::Kind kind);

    /// Position in `keys` of the one that equals a known value, or none.
    [[nodiscard]] std::uint32_t find(const model::Value& value) const {
        switch (form_) {
            case KeyForm::number: return find_key(model::key_of(value.integer), value);
            case KeyForm::text: return find_key(model::key_of(value.view()), value);
            case KeyForm::whole_value: break;
        }
        return find_whole(value);
    }

  private:
    struct Cell {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        std::uint32_t extra = 0;  // a text's size
        std::uint32_t position = bytecode::none;
    };
    [[nodiscard]] model::ShortKey key(const model::Value& value) const;
    [[nodiscard]] std::uint32_t find_key(const model::ShortKey& key,
                                         const model::Value& value) const {
        for (std::uint64_t at = key.hash >> shift_;; at = (at + 1) & mask_) {
            const Cell& cell = cells_[at];
            if (cell.position == bytecode::none) return bytecode::none;
            if (cell.first == key.first && cell.second == key.second && cell.extra == value.extra &&
                (form_ == KeyForm::number || value.extra <= model::ShortKey::whole ||
                 keys_[cell.position].view() == value.view())) {
                return cell.position;
            }
        }
    }
    [[nodiscard]] std::uint32_t find_whole(const model::Value& value) const;

    KeyForm form_ = KeyForm::number;
    model::Kind kind_ = model::Kind::integer;
    int shift_ = 63;
    std::uint64_t mask_ = 1;
    std::vector<Cell> cells_{2};
    std::vector<model::Value> keys_;
};

}  // namespace proviso::vm
