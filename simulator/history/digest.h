// A fingerprint of a sequence that may be taken in pieces.
//
// Two polynomials modulo 2^61 - 1: the digest of a sequence set behind another follows from both
// digests and a length, so that each thread digests its own blocks and the pieces are joined in
// order. It tells runs apart; it is no protection against somebody who wants two to look alike.
// Covered by tests/unit/simulator/history/digest_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace proviso::simulator {

/// FNV-1a.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3;
    }
    return hash;
}

/// Spreads the bits of a number over all of it (SplitMix64's last step); one to one.
[[nodiscard]] constexpr std::uint64_t spread(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

class Digest {
  public:
    /// What some tokens, one behind the other, do to a digest: for those that come again and again.
    class Step {
      public:
        Step() = default;
        explicit Step(std::span<const std::uint64_t> tokens);

      private:
        friend class Digest;
        std::array<std::uint64_t, 2> factors_{};
        std::array<std::uint64_t, 2> sums_{};
        std::uint64_t length_ = 0;
    };
    void add(std::uint64_t token);
    void add(const Step& step);
    /// Sets another sequence behind this one.
    void append(const Digest& later);
    /// 32 hex digits over the sequence, its length, and a text.
    [[nodiscard]] std::string hex(std::string_view text) const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [sums, length] = it;
        visit(sums, length);
    }

  private:
    std::array<std::uint64_t, 2> sums_{};
    std::uint64_t length_ = 0;
};

}  // namespace proviso::simulator
