// The table of slots against a map, with hashes that collide.
#include "engine/decide/hash_slots.h"

#include <random>
#include <unordered_map>

#include <catch2/catch.hpp>

namespace proviso::decide {
namespace {

TEST_CASE("hash slots find what was put in and not taken out") {
    std::mt19937 random(5);
    HashSlots slots;
    std::unordered_map<std::uint32_t, std::uint64_t> held;  // number → hash
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const auto number = static_cast<std::uint32_t>(random() % 500);
        const auto at = held.find(number);
        if (at == held.end()) {
            const std::uint64_t hash = std::uint64_t{random() % 90} << 32U | number;
            slots.insert(hash, number);
            held.emplace(number, hash);
        } else {
            slots.erase(at->second, number);
            held.erase(at);
        }
        const auto asked = static_cast<std::uint32_t>(random() % 500);
        const auto found = held.find(asked);
        const std::uint64_t hash =
            found == held.end() ? std::uint64_t{asked} % 90 << 32U : found->second;
        const std::uint32_t number_found =
            slots.find(hash, [&](std::uint32_t one) { return one == asked; });
        REQUIRE(number_found == (found == held.end() ? HashSlots::none : asked));
        REQUIRE(slots.size() == held.size());
    }
}

TEST_CASE("keyed hashes depend on every byte and on the seed") {
    CHECK(keyed_hash(1, "abcdefghi") != keyed_hash(1, "abcdefghj"));
    CHECK(keyed_hash(1, "abcdefghi") != keyed_hash(2, "abcdefghi"));
    CHECK(keyed_hash(1, std::string_view("a\0", 2)) != keyed_hash(1, "a"));
    CHECK(keyed_hash(1, "") == keyed_hash(1, ""));
}

TEST_CASE("a hash with a number depends on every bit of the number") {
    const std::uint64_t hash = keyed_hash(1, "abc");
    for (int bit = 0; bit < 64; ++bit) {
        CHECK(hash_with(hash, 0) != hash_with(hash, std::uint64_t{1} << bit));
    }
    CHECK(hash_with(hash, 7) != hash_with(keyed_hash(1, "abd"), 7));
    CHECK(hash_with(hash, 7) == hash_with(hash, 7));
}

}  // namespace
}  // namespace proviso::decide
