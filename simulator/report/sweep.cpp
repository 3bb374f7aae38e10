#include "simulator/report/sweep.h"

namespace proviso::simulator {
namespace {

constexpr double seconds_of_week = 7.0 * 86'400;
constexpr std::int64_t shortest_span = 86'400;

}  // namespace

std::uint64_t SweepCounts::caught() const noexcept {
    const auto& row = verdicts[static_cast<std::size_t>(HumanVerdict::rejected)];
    return row[static_cast<std::size_t>(Outcome::gate)] +
           row[static_cast<std::size_t>(Outcome::block)];
}

std::uint64_t SweepCounts::missed() const noexcept {
    const auto& row = verdicts[static_cast<std::size_t>(HumanVerdict::rejected)];
    return row[static_cast<std::size_t>(Outcome::allow)] +
           row[static_cast<std::size_t>(Outcome::notify)];
}

std::optional<double> SweepReport::a_week(std::uint64_t calls) const noexcept {
    if (seconds < shortest_span) return std::nullopt;
    return static_cast<double>(calls) * seconds_of_week / static_cast<double>(seconds);
}

}  // namespace proviso::simulator
