#include "simulator/figures/durations.h"

#include <algorithm>
#include <bit>

namespace proviso::simulator {
namespace {

constexpr std::int64_t exact_below = 64;
constexpr unsigned bits_kept = 5;  // behind the leading one: 32 buckets a power of two
constexpr std::uint32_t buckets_a_power = 1u << bits_kept;

}  // namespace

std::uint32_t duration_bucket(std::int64_t seconds) {
    if (seconds < exact_below) return static_cast<std::uint32_t>(seconds);
    const auto number = static_cast<std::uint64_t>(seconds);
    const auto power = static_cast<unsigned>(std::bit_width(number) - 1);  // at least 6
    const auto place = static_cast<std::uint32_t>(number >> (power - bits_kept)) - buckets_a_power;
    return static_cast<std::uint32_t>(exact_below) + (power - 6) * buckets_a_power + place;
}

std::int64_t longest_of_bucket(std::uint32_t bucket) {
    if (bucket < exact_below) return bucket;
    const std::uint32_t above = bucket - static_cast<std::uint32_t>(exact_below);
    const unsigned power = 6 + above / buckets_a_power;
    const std::uint64_t place = buckets_a_power + above % buckets_a_power;
    return static_cast<std::int64_t>(((place + 1) << (power - bits_kept)) - 1);
}

void DurationTally::add(std::int64_t seconds) {
    seconds = std::max<std::int64_t>(seconds, 0);
    ++buckets_[duration_bucket(seconds)];
    ++count_;
    longest_ = std::max(longest_, seconds);
}

void DurationTally::merge(const DurationTally& other) {
    for (const auto& [bucket, count] : other.buckets_) buckets_[bucket] += count;
    count_ += other.count_;
    longest_ = std::max(longest_, other.longest_);
}

Durations DurationTally::durations() const {
    if (count_ == 0) return {};
    return {count_, percentile(50), percentile(95), longest_};
}

// By nearest rank: the smallest that so many per cent do not exceed.
std::int64_t DurationTally::percentile(std::uint64_t per_cent) const {
    const std::uint64_t rank = (count_ * per_cent + 99) / 100;
    std::uint64_t seen = 0;
    for (const auto& [bucket, count] : buckets_) {
        seen += count;
        if (seen >= rank) return std::min(longest_of_bucket(bucket), longest_);
    }
    return longest_;
}

}  // namespace proviso::simulator
