// From when on events count for a call: the periods of limits and counters, docs/language.md,
// "Limits and counters". Rolling periods look back so many seconds; calendar periods begin with the
// first moment at which the clocks of their zone show the first day of the unit. Plain walks over
// days and over the zone's table. Tested by periods_test.cpp.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/check/policy_set.h"
#include "engine/model/zone.h"

namespace proviso::reference {

/// Events count that lie behind `time`; where `included`, those at it as well. Microseconds.
struct Since {
    std::int64_t time = 0;
    bool included = false;

    [[nodiscard]] bool counts(std::int64_t event) const {
        return event > time || (included && event == time);
    }
};

/// Nothing where the clocks of the zone are not known at `time`.
[[nodiscard]] std::optional<Since> since(const check::PolicySet& set, const check::Period& period,
                                         std::int64_t time);

/// The first day, since 1970, of the unit that the day lies in.
[[nodiscard]] std::int64_t first_day(check::CalendarUnit unit, std::int64_t day);

/// The first moment, in seconds, at which the clocks of the zone show a day from `first` on, but
/// before `last`; the beginning of 1970 where they showed one before.
[[nodiscard]] std::int64_t first_moment(const model::Zone& zone, std::int64_t first,
                                        std::int64_t last);

}  // namespace proviso::reference
