#include "engine/decide/periods.h"

#include <algorithm>
#include <chrono>

#include "engine/model/calendar.h"
#include "engine/model/zone.h"

namespace proviso::decide {
namespace {

using bytecode::CalendarUnit;
using bytecode::Period;
using model::microseconds_per_second;
using model::seconds_per_day;

constexpr std::int64_t buckets = 60;  // of a period that is kept by buckets

/// How many whole units, rounded down.
constexpr std::int64_t floor_of(std::int64_t value, std::int64_t unit) {
    return value / unit - (value % unit < 0 ? 1 : 0);
}

std::int64_t bucket_of(const Period& period) {
    return std::max<std::int64_t>(1, period.length_seconds / buckets) * microseconds_per_second;
}

/// Days since 1970 of the first day of the unit, or of the one after it.
std::int64_t first_day(CalendarUnit unit, std::int64_t day, int units_later) {
    using std::chrono::days;
    using std::chrono::months;
    using std::chrono::sys_days;
    using std::chrono::year_month;
    using std::chrono::year_month_day;
    if (unit == CalendarUnit::day) return day + units_later;
    if (unit == CalendarUnit::week) return day - model::weekday_of(day) + 7 * units_later;
    const year_month_day date{sys_days{days{day}}};
    const unsigned length = unit == CalendarUnit::month ? 1 : 3;
    const unsigned month = (unsigned{date.month()} - 1) / length * length;
    const year_month first = date.year() / std::chrono::month{month + 1};
    const year_month begin = first + months{static_cast<int>(length) * units_later};
    return sys_days{begin / 1}.time_since_epoch().count();
}

/// The first second at which the clocks show a local time in [from, to).
std::int64_t first_shown(const model::Zone& zone, std::int64_t from, std::int64_t to) {
    const auto after =
        std::upper_bound(zone.starts.begin(), zone.starts.end(), from - model::largest_offset);
    std::size_t i = after == zone.starts.begin()
                        ? 0
                        : static_cast<std::size_t>(after - zone.starts.begin()) - 1;
    for (; i < zone.starts.size(); ++i) {
        const std::int64_t end =
            i + 1 < zone.starts.size() ? zone.starts[i + 1] : model::covered_to;
        const std::int64_t at = std::max(zone.starts[i], from - zone.offsets[i]);
        if (at < end && at + zone.offsets[i] < to) return at;
    }
    return model::covered_from;
}

}  // namespace

std::optional<std::int64_t> calendar_since(const model::Zone& zone, CalendarUnit unit,
                                           std::int64_t time) {
    const std::int64_t seconds = floor_of(time, microseconds_per_second);
    const std::optional<std::int32_t> offset = model::offset_at(zone, seconds);
    if (!offset) return {};
    const std::int64_t day = floor_of(seconds + *offset, seconds_per_day);
    const std::int64_t from = first_day(unit, day, 0) * seconds_per_day;
    const std::int64_t to = first_day(unit, day, 1) * seconds_per_day;
    return first_shown(zone, from, to) * microseconds_per_second;
}

std::int64_t about_since(const Period& period, std::int64_t time) {
    const std::int64_t first = time - period.length_seconds * microseconds_per_second + 1;
    return floor_of(first, bucket_of(period)) * bucket_of(period);
}

std::int64_t look_back(const Period& period) {
    if (period.rolling) {
        const std::int64_t rounding = period.about ? bucket_of(period) : 0;
        return period.length_seconds * microseconds_per_second + rounding;
    }
    // With room for what clocks are changed by.
    constexpr std::int64_t days[] = {3, 9, 33, 94};
    return days[static_cast<std::size_t>(period.unit)] * model::microseconds_per_day;
}

}  // namespace proviso::decide
