// Names of a program, hashed once: what a key, tool, role or enum word of a call stands for is one
// probe and one comparison.
//
// A JSON key is looked up as it is written: without a backslash it is its own plain form. Names
// that hold a backslash themselves are rare; an index that has one says so, and keys are then
// unescaped before they are looked up.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/short_key.h"

namespace proviso::decide {

class NameIndex {
  public:
    using Named = std::pair<std::string, std::uint32_t>;

    NameIndex() = default;
    /// Of a name that occurs twice the first is found.
    explicit NameIndex(const std::vector<Named>& names);

    /// The number of the name, or bytecode::none.
    [[nodiscard]] std::uint32_t find(std::string_view name) const {
        return find(name, model::key_of(name));
    }
    /// The same of a name with 16 readable bytes at its beginning, as all texts of a document have.
    [[nodiscard]] std::uint32_t find_padded(std::string_view name) const {
        return find(name, model::key_of_padded(name));
    }
    [[nodiscard]] bool has_backslash() const { return has_backslash_; }
    [[nodiscard]] bool empty() const { return empty_; }

  private:
    [[nodiscard]] std::uint32_t find(std::string_view name, const model::ShortKey& key) const {
        // The high bits of the product are the ones that all of the name went into.
        for (std::uint64_t at = key.hash >> shift_;; at = (at + 1) & mask_) {
            const Cell& cell = cells_[at];
            if (cell.first == key.first && cell.second == key.second && cell.size == name.size() &&
                (name.size() <= model::ShortKey::whole || same_text(cell, name))) {
                return cell.number;
            }
            if (cell.number == bytecode::none) return bytecode::none;
        }
    }

    struct Cell {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        std::uint32_t number = bytecode::none;
        std::uint32_t size = 0xFFFFFFFF;  // no name's
        std::uint64_t begin = 0;
    };
    [[nodiscard]] bool same_text(const Cell& cell, std::string_view name) const {
        return std::memcmp(text_.data() + cell.begin, name.data(), name.size()) == 0;
    }
    void insert(std::string_view name, std::uint32_t number);

    std::vector<Cell> cells_{2};  // a power of two, at least one of them free
    std::string text_;
    std::uint64_t mask_ = 1;
    int shift_ = 63;
    bool empty_ = true;
    bool has_backslash_ = false;
};

}  // namespace proviso::decide
