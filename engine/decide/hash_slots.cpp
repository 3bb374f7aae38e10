#include "engine/decide/hash_slots.h"

namespace proviso::decide {

namespace {

__extension__ typedef unsigned __int128 Product;

constexpr std::size_t first_slots = 64;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const Product product = static_cast<Product>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

constexpr std::uint64_t odd_one = 0xA0761D6478BD642FU;
constexpr std::uint64_t odd_two = 0xE7037ED1A0B428DBU;

}  // namespace

void HashSlots::place(std::uint64_t slot) {
    std::size_t at = home(slot);
    while (slots_[at] != 0) at = (at + 1) & mask();
    slots_[at] = slot;
}

void HashSlots::grow() {
    PagedVector<std::uint64_t> old(slots_.empty() ? first_slots : slots_.size() * 2, 0);
    old.swap(slots_);
    for (const std::uint64_t slot : old) {
        if (slot != 0) place(slot);
    }
}

void HashSlots::insert(std::uint64_t hash, std::uint32_t number) {
    if (used_ * 2 >= slots_.size()) grow();
    place((hash & ~std::uint64_t{0xFFFFFFFF}) | (std::uint64_t{number} + 1));
    ++used_;
}

// What stands behind the hole moves into it where that is nearer to its home.
void HashSlots::erase(std::uint64_t hash, std::uint32_t number) {
    const std::uint64_t wanted = (hash & ~std::uint64_t{0xFFFFFFFF}) | (std::uint64_t{number} + 1);
    std::size_t hole = home(hash);
    while (slots_[hole] != wanted) hole = (hole + 1) & mask();
    for (std::size_t at = (hole + 1) & mask(); slots_[at] != 0; at = (at + 1) & mask()) {
        const std::size_t from_home = (at - home(slots_[at])) & mask();
        if (from_home < ((at - hole) & mask())) continue;
        slots_[hole] = slots_[at];
        hole = at;
    }
    slots_[hole] = 0;
    --used_;
}

std::uint64_t keyed_hash(std::uint64_t seed, std::string_view bytes) {
    std::uint64_t hash = seed ^ bytes.size();
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        hash = mix(hash ^ word, odd_one ^ seed);
    }
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    return mix(mix(hash ^ word, odd_one ^ seed) ^ odd_two, odd_two ^ seed);
}

std::uint64_t hash_with(std::uint64_t hash, std::uint64_t number) {
    return mix(hash ^ number * odd_one, odd_two);
}

}  // namespace proviso::decide
