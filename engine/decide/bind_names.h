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

inline constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio

/// A name ready to be looked up. The two words are all of it up to 16 bytes, so that comparing
/// them compares the names.
struct Key {
    std::uint64_t first = 0;   // up to eight bytes, then zeros
    std::uint64_t second = 0;  // the next eight
    std::uint64_t hash = 0;
};

inline void hash_key(Key& key, std::string_view name) {
    key.hash = (key.first ^ (key.second << 29 | key.second >> 35) ^ name.size()) * spread;
    if (name.size() <= 16) return;
    const char* text = name.data();
    for (std::size_t at = 16; at + 8 < name.size(); at += 8) {
        key.hash = ((key.hash >> 32) ^ key.hash ^ load8(text + at)) * spread;
    }
    key.hash = ((key.hash >> 32) ^ key.hash ^ load8(text + name.size() - 8)) * spread;
}

/// Up to seven bytes as one word.
inline std::uint64_t load_short(const char* from, std::size_t size) {
    if (size >= 4) return load4(from) | std::uint64_t{load4(from + size - 4)} << 8 * (size - 4);
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(from[i])} << 8 * i;
    };
    return size == 0 ? 0 : byte(0) | byte(size / 2) | byte(size - 1);
}

inline Key key_of(std::string_view name) {
    const char* text = name.data();
    const std::size_t size = name.size();
    Key key;
    key.first = size >= 8 ? load8(text) : load_short(text, size);
    if (size >= 16)
        key.second = load8(text + 8);
    else if (size > 8)
        key.second = load8(text + size - 8) >> 8 * (16 - size);
    hash_key(key, name);
    return key;
}

/// The low bytes of a word, as many as are asked for.
inline std::uint64_t low_bytes(std::size_t count) {
    return count < 8 ? (std::uint64_t{1} << 8 * count) - 1 : ~std::uint64_t{0};
}

/// The same of a name with 16 readable bytes at its beginning, without a branch.
inline Key key_of_padded(std::string_view name) {
    const std::size_t size = name.size();
    Key key;
    key.first = load8(name.data()) & low_bytes(size);
    key.second = load8(name.data() + 8) & low_bytes(size < 8 ? 0 : size - 8);
    hash_key(key, name);
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
        return find(name, names::key_of(name));
    }
    /// The same of a name with 16 readable bytes at its beginning, as all texts of a document have.
    [[nodiscard]] std::uint32_t find_padded(std::string_view name) const {
        return find(name, names::key_of_padded(name));
    }
    [[nodiscard]] bool has_backslash() const { return has_backslash_; }
    [[nodiscard]] bool empty() const { return empty_; }

  private:
    [[nodiscard]] std::uint32_t find(std::string_view name, const names::Key& key) const {
        // The high bits of the product are the ones that all of the name went into.
        for (std::uint64_t at = key.hash >> shift_;; at = (at + 1) & mask_) {
            const Cell& cell = cells_[at];
            if (cell.first == key.first && cell.second == key.second && cell.size == name.size() &&
                (name.size() <= 16 || same_text(cell, name))) {
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
