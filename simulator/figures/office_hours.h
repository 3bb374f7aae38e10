// When approvers work: what is open at which second, for a queue that is replayed.
// Covered by tests/unit/simulator/figures/office_hours_test.cpp.
#pragma once

#include <cstdint>

#include "simulator/report/figures.h"

namespace proviso::simulator {

/// All times in seconds since 1970 UTC. The hours leave some second of some day open.
/// The first open second from `at` on.
[[nodiscard]] std::int64_t next_open(const OfficeHours& hours, std::int64_t at);
/// When so many open seconds from `at` on are over.
[[nodiscard]] std::int64_t after_work(const OfficeHours& hours, std::int64_t at,
                                      std::int64_t seconds);
/// Open seconds from `from` to `to`.
[[nodiscard]] std::int64_t open_between(const OfficeHours& hours, std::int64_t from,
                                        std::int64_t to);
[[nodiscard]] bool is_ever_open(const OfficeHours& hours);

}  // namespace proviso::simulator
