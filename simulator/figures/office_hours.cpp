#include "simulator/figures/office_hours.h"

#include <algorithm>

namespace proviso::simulator {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t week_days = 7;

std::int64_t day_at(std::int64_t at) {
    return at >= 0 ? at / day_seconds : -((-at + day_seconds - 1) / day_seconds);
}

std::size_t weekday_of(std::int64_t day) {
    return static_cast<std::size_t>(((day + 3) % week_days + week_days) % week_days);
}

struct Span {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Of a day; empty where it is closed.
Span open_on(const OfficeHours& hours, std::int64_t day) {
    if (!hours.days[weekday_of(day)]) return {};
    const std::int64_t midnight = day * day_seconds;
    return {midnight + std::int64_t{hours.from_minute} * 60,
            midnight + std::int64_t{hours.to_minute} * 60};
}

std::int64_t open_a_week(const OfficeHours& hours) {
    const auto days = std::count(hours.days.begin(), hours.days.end(), true);
    return std::int64_t{hours.to_minute - hours.from_minute} * 60 * days;
}

}  // namespace

bool is_ever_open(const OfficeHours& hours) {
    return hours.from_minute < hours.to_minute && open_a_week(hours) > 0;
}

std::int64_t next_open(const OfficeHours& hours, std::int64_t at) {
    for (std::int64_t day = day_at(at);; ++day) {
        const Span open = open_on(hours, day);
        if (open.from < open.to && at < open.to) return std::max(at, open.from);
    }
}

std::int64_t after_work(const OfficeHours& hours, std::int64_t at, std::int64_t seconds) {
    const std::int64_t weeks = seconds / open_a_week(hours);
    at += weeks * week_days * day_seconds;
    seconds -= weeks * open_a_week(hours);
    if (seconds == 0) return at;
    for (std::int64_t day = day_at(at);; ++day) {
        const Span open = open_on(hours, day);
        const std::int64_t from = std::max(at, open.from);
        const std::int64_t there = std::max<std::int64_t>(open.to - from, 0);
        if (there >= seconds) return from + seconds;
        seconds -= there;
    }
}

std::int64_t open_between(const OfficeHours& hours, std::int64_t from, std::int64_t to) {
    if (to <= from) return 0;
    const std::int64_t weeks = (to - from) / (week_days * day_seconds);
    std::int64_t sum = weeks * open_a_week(hours);
    from += weeks * week_days * day_seconds;
    for (std::int64_t day = day_at(from); day * day_seconds < to; ++day) {
        const Span open = open_on(hours, day);
        sum += std::max<std::int64_t>(std::min(to, open.to) - std::max(from, open.from), 0);
    }
    return sum;
}

}  // namespace proviso::simulator
