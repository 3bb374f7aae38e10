#include "simulator/history/digest.h"

#include <cstddef>

namespace proviso::simulator {
namespace {

constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
constexpr std::array<std::uint64_t, 2> bases{0x0e9b5a4f2c7d1863, 0x17c3d2a96be85f41};
constexpr std::array<std::uint64_t, 2> tweaks{0x9e3779b97f4a7c15, 0xd1b54a32d192ed03};

__extension__ using Product = unsigned __int128;

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
    const Product product = static_cast<Product>(a) * b;
    const std::uint64_t sum =
        (static_cast<std::uint64_t>(product) & prime) + static_cast<std::uint64_t>(product >> 61);
    return sum >= prime ? sum - prime : sum;
}

std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t sum = a + b;
    return sum >= prime ? sum - prime : sum;
}

/// The remainder of any number.
std::uint64_t reduced(std::uint64_t x) {
    const std::uint64_t sum = (x & prime) + (x >> 61);
    return sum >= prime ? sum - prime : sum;
}

std::uint64_t power(std::uint64_t base, std::uint64_t exponent) {
    std::uint64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0) result = times(result, base);
        base = times(base, base);
    }
    return result;
}

void append_hex(std::string& out, std::uint64_t value) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[(value >> shift) & 0xF];
}

}  // namespace

void Digest::add(std::uint64_t token) {
    for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i] = plus(times(sums_[i], bases[i]), reduced(spread(token ^ tweaks[i])));
    }
    ++length_;
}

Digest::Step::Step(std::span<const std::uint64_t> tokens) {
    Digest made;
    for (const std::uint64_t token : tokens) made.add(token);
    sums_ = made.sums_;
    length_ = made.length_;
    for (std::size_t i = 0; i < factors_.size(); ++i) factors_[i] = power(bases[i], length_);
}

void Digest::add(const Step& step) {
    for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i] = plus(times(sums_[i], step.factors_[i]), step.sums_[i]);
    }
    length_ += step.length_;
}

void Digest::append(const Digest& later) {
    for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i] = plus(times(sums_[i], power(bases[i], later.length_)), later.sums_[i]);
    }
    length_ += later.length_;
}

std::string Digest::hex(std::string_view text) const {
    std::string out;
    const std::uint64_t rest = spread(hash_text(text) + length_);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
        append_hex(out, spread(sums_[i] ^ spread(rest ^ tweaks[i])));
    }
    return out;
}

}  // namespace proviso::simulator
