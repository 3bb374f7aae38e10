// A table from hashes to numbers of records that are kept elsewhere: eight bytes a slot, open
// addressing, one line of a cache for nearly every look-up.
//
// The hash is the caller's, and keyed by it: agents choose texts that are hashed here. Covered by
// tests/unit/engine/decide/hash_slots_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/decide/huge_pages.h"

namespace proviso::decide {

class HashSlots {
  public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// The number under the hash of which `is_it(number)` holds.
    template <class IsIt>
    [[nodiscard]] std::uint32_t find(std::uint64_t hash, const IsIt& is_it) const {
        if (slots_.empty()) return none;
        for (std::size_t at = home(hash);; at = (at + 1) & mask()) {
            const std::uint64_t slot = slots_[at];
            if (slot == 0) return none;
            if (slot >> 32 == hash >> 32 && is_it(number(slot))) return number(slot);
        }
    }
    void prefetch(std::uint64_t hash) const {
        if (!slots_.empty()) __builtin_prefetch(&slots_[home(hash)]);
    }
    /// The first number whose hash may be this one, its record unseen.
    [[nodiscard]] std::uint32_t likely(std::uint64_t hash) const {
        return find(hash, [](std::uint32_t) { return true; });
    }

    /// Numbers are below `none`, and none of them stands in the table twice.
    void insert(std::uint64_t hash, std::uint32_t number);
    void erase(std::uint64_t hash, std::uint32_t number);
    [[nodiscard]] std::size_t size() const { return used_; }

  private:
    // A slot: the hash's upper half, and the number plus one; 0 is free. The home is told by that
    // half too, so that slots can be moved without their hashes.
    [[nodiscard]] static std::uint32_t number(std::uint64_t slot) {
        return static_cast<std::uint32_t>(slot) - 1;
    }
    [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
    [[nodiscard]] std::size_t home(std::uint64_t hash) const { return (hash >> 32) & mask(); }
    void place(std::uint64_t slot);
    void grow();

    PagedVector<std::uint64_t> slots_;
    std::size_t used_ = 0;
};

/// Of any bytes, under a seed that nobody outside can know.
[[nodiscard]] std::uint64_t keyed_hash(std::uint64_t seed, std::string_view bytes);

/// Of a hash and a number that goes with what was hashed.
[[nodiscard]] std::uint64_t hash_with(std::uint64_t hash, std::uint64_t number);

}  // namespace proviso::decide
