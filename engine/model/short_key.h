// A text or number as a key of a hash table that compares without going to the text.
//
// The two words are all of a text of up to 16 bytes, so that comparing them compares the texts.
// Covered by the tests of the tables that use it: names of a call (engine/decide/bind_names.h),
// constants of a program (engine/vm/constant_index.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace proviso::model {

struct ShortKey {
    std::uint64_t first = 0;   // up to eight bytes, then zeros; a number
    std::uint64_t second = 0;  // the next eight
    std::uint64_t hash = 0;    // its high bits are the ones that all of the key went into

    /// Texts up to so many bytes are equal where their words and sizes are.
    static constexpr std::size_t whole = 16;
};

namespace short_key {

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

inline void hash(ShortKey& key, std::string_view text) {
    key.hash = (key.first ^ (key.second << 29 | key.second >> 35) ^ text.size()) * spread;
    if (text.size() <= ShortKey::whole) return;
    const char* bytes = text.data();
    for (std::size_t at = 16; at + 8 < text.size(); at += 8) {
        key.hash = ((key.hash >> 32) ^ key.hash ^ load8(bytes + at)) * spread;
    }
    key.hash = ((key.hash >> 32) ^ key.hash ^ load8(bytes + text.size() - 8)) * spread;
}

/// Up to seven bytes as one word.
inline std::uint64_t load_short(const char* from, std::size_t size) {
    if (size >= 4) return load4(from) | std::uint64_t{load4(from + size - 4)} << 8 * (size - 4);
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(from[i])} << 8 * i;
    };
    return size == 0 ? 0 : byte(0) | byte(size / 2) | byte(size - 1);
}

/// The low bytes of a word, as many as are asked for.
inline std::uint64_t low_bytes(std::size_t count) {
    return count < 8 ? (std::uint64_t{1} << 8 * count) - 1 : ~std::uint64_t{0};
}

}  // namespace short_key

inline ShortKey key_of(std::string_view text) {
    const char* bytes = text.data();
    const std::size_t size = text.size();
    ShortKey key;
    key.first = size >= 8 ? short_key::load8(bytes) : short_key::load_short(bytes, size);
    if (size >= 16) {
        key.second = short_key::load8(bytes + 8);
    } else if (size > 8) {
        key.second = short_key::load8(bytes + size - 8) >> 8 * (16 - size);
    }
    short_key::hash(key, text);
    return key;
}

/// The same of a text with 16 readable bytes at its beginning, without a branch.
inline ShortKey key_of_padded(std::string_view text) {
    const std::size_t size = text.size();
    ShortKey key;
    key.first = short_key::load8(text.data()) & short_key::low_bytes(size);
    key.second = short_key::load8(text.data() + 8) & short_key::low_bytes(size < 8 ? 0 : size - 8);
    short_key::hash(key, text);
    return key;
}

inline ShortKey key_of(std::int64_t number) {
    const auto word = static_cast<std::uint64_t>(number);
    return {word, 0, word * short_key::spread};
}

}  // namespace proviso::model
