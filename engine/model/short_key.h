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
    std::uint64_t first = 0;  // the first eight bytes, or all; a number
    std::uint64_t last = 0;   // the last eight bytes of more than eight
    std::uint64_t hash = 0;   // its high bits are the ones that all of the key went into

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

/// One to seven bytes as one word that differs for different bytes of one length.
inline std::uint64_t load_short(const char* from, std::size_t size) {
    if (size >= 4) return load4(from) | std::uint64_t{load4(from + size - 4)} << 32;
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(from[i])};
    };
    return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

inline constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio

}  // namespace short_key

inline ShortKey key_of(std::string_view text) {
    using short_key::load8;
    using short_key::spread;
    const char* bytes = text.data();
    const std::size_t size = text.size();
    ShortKey key;
    if (size > 8) {
        key.first = load8(bytes);
        key.last = load8(bytes + size - 8);
    } else {
        key.first = size == 8 ? load8(bytes) : size == 0 ? 0 : short_key::load_short(bytes, size);
    }
    key.hash = (key.first ^ (key.last << 29 | key.last >> 35) ^ size) * spread;
    for (std::size_t at = 8; at + 8 < size; at += 8) {
        key.hash = ((key.hash >> 32) ^ key.hash ^ load8(bytes + at)) * spread;
    }
    return key;
}

inline ShortKey key_of(std::int64_t number) {
    const auto word = static_cast<std::uint64_t>(number);
    return {word, 0, word * short_key::spread};
}

}  // namespace proviso::model
