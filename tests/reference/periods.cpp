// See periods.h.
#include "tests/reference/periods.h"

#include <algorithm>
#include <set>

#include "tests/reference/text_forms.h"
#include "tests/reference/windows.h"

namespace proviso::reference {

namespace {

using check::CalendarUnit;

std::int64_t day_of(std::int64_t seconds) {
    const std::int64_t of_day = ((seconds % day_seconds) + day_seconds) % day_seconds;
    return (seconds - of_day) / day_seconds;
}

/// What the clocks show, by looking through the whole table.
std::int64_t day_shown(const model::Zone& zone, std::int64_t seconds) {
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < zone.starts.size(); ++i) {
        if (zone.starts[i] <= seconds) offset = zone.offsets[i];
    }
    return day_of(seconds + offset);
}

/// The first day of the month, or of the quarter, by walking months from 1969 on.
std::int64_t first_of_months(std::int64_t day, int months) {
    std::int64_t begin = -365;  // 1969-01-01
    std::int64_t found = begin;
    for (std::int64_t year = 1969;; ++year) {
        const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int month = 0;
        for (const std::int64_t days :
             {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}) {
            if (begin > day) return found;
            if (month % months == 0) found = begin;
            begin += days;
            ++month;
        }
    }
}

/// The first day of the next unit.
std::int64_t next_first_day(CalendarUnit unit, std::int64_t day) {
    std::int64_t next = day + 1;
    while (first_day(unit, next) == first_day(unit, day)) ++next;
    return next;
}

}  // namespace

std::int64_t first_day(CalendarUnit unit, std::int64_t day) {
    switch (unit) {
        case CalendarUnit::day: return day;
        case CalendarUnit::week: return day - ((day + 3) % 7 + 7) % 7;
        case CalendarUnit::month: return first_of_months(day, 1);
        case CalendarUnit::quarter: return first_of_months(day, 3);
    }
    return day;
}

std::int64_t first_moment(const model::Zone& zone, std::int64_t first, std::int64_t last) {
    // What the clocks show jumps where the table says so, else it goes on from midnight.
    std::set<std::int64_t> moments(zone.starts.begin(), zone.starts.end());
    moments.insert(0);
    for (const std::int32_t offset : zone.offsets) moments.insert(first * day_seconds - offset);
    for (const std::int64_t moment : moments) {
        if (moment < 0) continue;
        const std::int64_t shown = day_shown(zone, moment);
        if (shown >= first && shown < last) return moment;
    }
    return 0;
}

std::optional<Since> since(const check::PolicySet& set, const check::Period& period,
                           std::int64_t time) {
    if (period.rolling) return Since{time - period.length_seconds * microseconds, false};
    const auto seconds = shown(set, period.zone, time);
    if (!seconds) return std::nullopt;
    const std::int64_t first = first_day(period.unit, day_of(*seconds));
    const std::int64_t last = next_first_day(period.unit, first);
    const std::int64_t moment = first_moment(set.zones[period.zone], first, last);
    return Since{moment * microseconds, true};
}

}  // namespace proviso::reference
