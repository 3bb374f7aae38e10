// sample: SHA-256 (FIPS 180-4) over "proviso-sample-1:" and the key; its first eight bytes, as a
// number n with the highest first, give n / 2^64, cut to nine digits behind the point.
//
// The hash stands here because libcrypto's allocates and takes locks, which no decision may. Its
// second opinion is libcrypto's: tests/unit/stdlib/sample_test.cpp, and the reference evaluator.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "stdlib/functions.h"

namespace proviso::stdlib {
namespace {

// NOLINTNEXTLINE(modernize-use-using): `__extension__` takes a typedef alone.
__extension__ typedef unsigned __int128 Wide;

constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

class Sha256 {
  public:
    void add(std::string_view bytes) {
        for (const char c : bytes) add(static_cast<std::uint8_t>(c));
    }

    /// The first eight of its bytes. Nothing can be added after it.
    std::uint64_t first_half_words() {
        const std::uint64_t bits = length_ * 8;
        add(std::uint8_t{0x80});
        while (length_ % block_bytes != block_bytes - 8) add(std::uint8_t{0});
        for (int shift = 56; shift >= 0; shift -= 8) add(static_cast<std::uint8_t>(bits >> shift));
        return std::uint64_t{state_[0]} << 32U | state_[1];
    }

  private:
    static constexpr std::size_t block_bytes = 64;

    void add(std::uint8_t byte) {
        block_[length_ % block_bytes] = byte;
        if (++length_ % block_bytes == 0) take_block();
    }

    [[nodiscard]] std::uint32_t word(std::size_t i) const {
        return std::uint32_t{block_[i * 4]} << 24U | std::uint32_t{block_[i * 4 + 1]} << 16U |
               std::uint32_t{block_[i * 4 + 2]} << 8U | block_[i * 4 + 3];
    }

    void take_block() {
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i < 16; ++i) w[i] = word(i);
        for (std::size_t i = 16; i < 64; ++i) {
            const std::uint32_t a = w[i - 15];
            const std::uint32_t b = w[i - 2];
            w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3U) + w[i - 7] +
                   (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10U);
        }
        std::array<std::uint32_t, 8> s = state_;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::uint32_t sum_e =
                std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25);
            const std::uint32_t sum_a =
                std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22);
            const std::uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
            const std::uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
            const std::uint32_t first = s[7] + sum_e + choice + round_constants[i] + w[i];
            s = {first + sum_a + majority, s[0], s[1], s[2], s[3] + first, s[4], s[5], s[6]};
        }
        for (std::size_t i = 0; i < s.size(); ++i) state_[i] += s[i];
    }

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, block_bytes> block_{};
    std::uint64_t length_ = 0;
};

constexpr std::uint64_t billion = 1'000'000'000;
constexpr std::uint8_t digits = 9;

}  // namespace

native::Value sample(std::span<const native::Value> arguments, std::span<char> /*room*/) {
    Sha256 hash;
    hash.add("proviso-sample-1:");
    hash.add(std::get<std::string_view>(arguments[0].is));
    const Wide scaled = Wide{hash.first_half_words()} * billion;
    return {native::Decimal{static_cast<std::int64_t>(scaled >> 64U), digits}};
}

}  // namespace proviso::stdlib
