// Whether a time lies in a window, and what clocks show: docs/language.md, "Windows" and "Time
// zones", part by part as it is written there.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/check/policy_set.h"

namespace proviso::reference {

/// What the clocks of a zone show, in seconds since 1970-01-01 there; nothing outside 1970 to 2099.
[[nodiscard]] std::optional<std::int64_t> shown(const check::PolicySet& set, std::uint32_t zone,
                                                std::int64_t microseconds);

[[nodiscard]] std::optional<bool> lies_in(const check::PolicySet& set, check::WindowId window,
                                          std::int64_t microseconds);

/// The one time, in microseconds, at which the clocks of the zone show `local` (microseconds too).
struct Stamp {
    std::optional<std::int64_t> time;
    bool covered = true;
};
[[nodiscard]] Stamp read_stamp(const model::Zone& zone, std::int64_t local);

}  // namespace proviso::reference
