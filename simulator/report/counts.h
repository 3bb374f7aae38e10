// Calls by outcome, and what people said of them: what every part of a report counts in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <proviso/decision.h>

namespace proviso::simulator {

inline constexpr std::size_t outcome_count = 4;

/// Calls by outcome. `unknown` are those among them of which missing data decided: with all known,
/// the outcome could be lighter.
struct Counts {
    std::array<std::uint64_t, outcome_count> outcomes{};
    std::array<std::uint64_t, outcome_count> unknown{};

    [[nodiscard]] std::uint64_t calls() const noexcept;
    [[nodiscard]] std::uint64_t unknown_calls() const noexcept;
    [[nodiscard]] std::uint64_t of(Outcome outcome) const noexcept {
        return outcomes[static_cast<std::size_t>(outcome)];
    }
    [[nodiscard]] std::uint64_t unknown_of(Outcome outcome) const noexcept {
        return unknown[static_cast<std::size_t>(outcome)];
    }
};

enum class HumanVerdict : std::uint8_t { approved, edited, rejected };
inline constexpr std::size_t verdict_count = 3;

/// What came of a call, as its receipt says.
enum class ResultStatus : std::uint8_t { ok, failed, not_executed };

/// Calls that people decided, by what they said.
struct VerdictCounts {
    std::array<std::uint64_t, verdict_count> verdicts{};

    [[nodiscard]] std::uint64_t calls() const noexcept {
        return verdicts[0] + verdicts[1] + verdicts[2];
    }
    [[nodiscard]] std::uint64_t of(HumanVerdict verdict) const noexcept {
        return verdicts[static_cast<std::size_t>(verdict)];
    }
};

void add(Counts& counts, const Verdict& verdict, std::uint64_t calls = 1);
void merge(Counts& counts, const Counts& other);
void add(VerdictCounts& counts, HumanVerdict verdict, std::uint64_t calls = 1);
void merge(VerdictCounts& counts, const VerdictCounts& other);

/// "allow", "notify", "gate", "block".
[[nodiscard]] std::optional<Outcome> outcome_of(std::string_view word);
/// "ok", "failed", "not_executed".
[[nodiscard]] std::optional<ResultStatus> status_of(std::string_view word);
/// "approved", "edited", "rejected".
[[nodiscard]] std::optional<HumanVerdict> verdict_of(std::string_view word);
[[nodiscard]] std::string_view name(HumanVerdict verdict) noexcept;

}  // namespace proviso::simulator
