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

namespace proviso::decide {

namespace names {

inline std::uint64_t load8(const char* from) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, 8);
    return word;
}

inline std::uint32_t load4(const char* from) {
    std::uint32_t word = 0;
    std::memcpy(&word, from, 4);
    return word;
}

/// One to seven bytes as one word that differs for different bytes of one length.
inline std::uint64_t load_short(const char* from, std::size_t size) {
    if (size >= 4) return load4(from) | std::uint64_t{load4(from + size - 4)} << 32;
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(from[i])};
    };
    return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

inline constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio

/// A name ready to be looked up. The two words are all of it up to 16 bytes, so that comparing
/// them compares the names.
struct Key {
    std::uint64_t first = 0;  // the first eight bytes, or all
    std::uint64_t last = 0;   // the last eight bytes of more than eight
    std::uint64_t hash = 0;
};

inline Key key_of(std::string_view name) {
    const char* text = name.data();
    const std::size_t size = name.size();
    Key key;
    if (size > 8) {
        key.first = load8(text);
        key.last = load8(text + size - 8);
    } else {
        key.first = size == 8 ? load8(text) : size == 0 ? 0 : load_short(text, size);
    }
    key.hash = (key.first ^ (key.last << 29 | key.last >> 35) ^ size) * spread;
    for (std::size_t at = 8; at + 8 < size; at += 8) {
        key.hash = ((key.hash >> 32) ^ key.hash ^ load8(text + at)) * spread;
    }
    return key;
}

}  // namespace names

class NameIndex {
  public:
    using Named = std::pair<std::string, std::uint32_t>;

    NameIndex() = default;
    /// Of a name that occurs twice the first is found.
    explicit NameIndex(const std::vector<Named>& names);

    /// The number of the name, or bytecode::none.
    [[nodiscard]] std::uint32_t find(std::string_view name) const {
        const names::Key key = names::key_of(name);
        // The high bits of the product are the ones that all of the name went into.
        for (std::uint64_t at = key.hash >> shift_;; at = (at + 1) & mask_) {
            const Cell& cell = cells_[at];
            if (cell.first == key.first && cell.last == key.last && cell.size == name.size() &&
                (name.size() <= 16 || same_text(cell, name))) {
                return cell.number;
            }
            if (cell.number == bytecode::none) return bytecode::none;
        }
    }
    [[nodiscard]] bool has_backslash() const { return has_backslash_; }
    [[nodiscard]] bool empty() const { return empty_; }

  private:
    struct Cell {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
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
