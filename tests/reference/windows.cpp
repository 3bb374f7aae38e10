#include "tests/reference/windows.h"

#include <algorithm>
#include <vector>

#include "tests/reference/text_forms.h"

namespace proviso::reference {

namespace {

using check::Window;
using check::WindowPart;

constexpr std::int64_t end_of_2099 = 4'102'444'800;

std::int64_t floored(std::int64_t a, std::int64_t b) {
    return (a - ((a % b) + b) % b) / b;
}

std::optional<std::int64_t> offset(const model::Zone& zone, std::int64_t seconds) {
    if (seconds < 0 || seconds >= end_of_2099) return std::nullopt;
    std::int64_t result = 0;
    for (std::size_t i = 0; i < zone.starts.size() && zone.starts[i] <= seconds; ++i) {
        result = zone.offsets[i];
    }
    return result;
}

std::int64_t weekday(std::int64_t day) {
    return ((day + 3) % 7 + 7) % 7;
}

/// Day of the month, from 1, by walking months; and how long the month is.
struct MonthDay {
    std::int64_t day = 1;
    std::int64_t length = 31;
};
MonthDay month_day(std::int64_t day) {
    std::int64_t begin = -365;  // 1969-01-01
    for (std::int64_t year = 1969;; ++year) {
        const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (const std::int64_t days :
             {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}) {
            if (day < begin + days) return {day - begin + 1, days};
            begin += days;
        }
    }
}

bool is_workday_at_edge(const WindowPart& part, std::int64_t day) {
    const MonthDay in = month_day(day);
    if (weekday(day) > 4) return false;
    std::uint32_t nearer = 0;  // workdays between this one and the edge
    if (part.last) {
        for (std::int64_t i = 1; i <= in.length - in.day; ++i) nearer += weekday(day + i) < 5;
    } else {
        for (std::int64_t i = 1; i < in.day; ++i) nearer += weekday(day - i) < 5;
    }
    return nearer < part.workdays;
}

class Windows {
  public:
    Windows(const check::PolicySet& set, std::int64_t seconds) : set_(set), seconds_(seconds) {}

    /// `without`: what those who name this window take away, with them.
    bool holds(const Window& window, std::vector<const Window*> without = {}) {
        without.push_back(&window);
        for (const WindowPart& part : window.include) {
            if (part.kind == WindowPart::Kind::window) {
                if (holds(set_.window(part.window), without)) return true;
                continue;
            }
            for (const std::int64_t opened : {day(window.zone), day(window.zone) - 1}) {
                if (is_open(window, part, opened) && stays(without, window.zone, opened)) {
                    return true;
                }
            }
        }
        return false;
    }

  private:
    std::int64_t local(std::uint32_t zone) const {
        return seconds_ + *offset(set_.zones[zone], seconds_);
    }
    std::int64_t day(std::uint32_t zone) const { return floored(local(zone), day_seconds); }

    /// Whether the part, where it opens on that day, is open now.
    bool is_open(const Window& window, const WindowPart& part, std::int64_t opened) const {
        const std::int64_t today = day(window.zone);
        if (part.kind == WindowPart::Kind::dates) {
            return opened == today && opened >= part.first_day && opened <= part.last_day;
        }
        if (part.kind == WindowPart::Kind::workdays) {
            return opened == today && is_workday_at_edge(part, opened);
        }
        if ((part.weekdays >> weekday(opened) & 1) == 0) return false;
        const std::int64_t minute = floored(local(window.zone) - opened * day_seconds, 60);
        const std::int64_t end =
            part.to_minute > part.from_minute ? part.to_minute : part.to_minute + 24 * 60;
        return minute >= part.from_minute && minute < end;
    }

    bool stays(const std::vector<const Window*>& without, std::uint32_t zone, std::int64_t opened) {
        for (const Window* window : without) {
            for (const WindowPart& part : window->except) {
                if (takes_away(*window, part, zone, opened)) return false;
            }
        }
        return true;
    }

    bool takes_away(const Window& window, const WindowPart& part, std::uint32_t zone,
                    std::int64_t opened) {
        const bool named = part.kind == WindowPart::Kind::window;
        if (part.days && zone_of_days(window, part) == zone) {
            return named ? has_day(set_.window(part.window), opened) : is_day(part, opened);
        }
        if (named) return holds(set_.window(part.window));
        const std::int64_t today = day(window.zone);
        return is_open(window, part, today) || is_open(window, part, today - 1);
    }

    /// The zone whose days a part made of days is made of.
    std::uint32_t zone_of_days(const Window& window, const WindowPart& part) const {
        if (part.kind != WindowPart::Kind::window) return window.zone;
        const Window& other = set_.window(part.window);
        return zone_of_days(other, other.include.front());
    }

    static bool is_day(const WindowPart& part, std::int64_t day) {
        if (part.kind == WindowPart::Kind::weekly) return (part.weekdays >> weekday(day) & 1) != 0;
        if (part.kind == WindowPart::Kind::workdays) return is_workday_at_edge(part, day);
        return day >= part.first_day && day <= part.last_day;
    }

    /// Of a window made of days.
    bool has_day(const Window& window, std::int64_t day) const {
        const auto any = [&](const std::vector<WindowPart>& parts) {
            return std::any_of(parts.begin(), parts.end(), [&](const WindowPart& part) {
                if (part.kind != WindowPart::Kind::window) return is_day(part, day);
                return has_day(set_.window(part.window), day);
            });
        };
        return any(window.include) && !any(window.except);
    }

    const check::PolicySet& set_;
    std::int64_t seconds_;
};

}  // namespace

std::optional<std::int64_t> shown(const check::PolicySet& set, std::uint32_t zone,
                                  std::int64_t microseconds_since) {
    const std::int64_t seconds = floored(microseconds_since, microseconds);
    const auto found = offset(set.zones[zone], seconds);
    return found ? std::optional(seconds + *found) : std::nullopt;
}

std::optional<bool> lies_in(const check::PolicySet& set, check::WindowId window,
                            std::int64_t microseconds_since) {
    const std::int64_t seconds = floored(microseconds_since, microseconds);
    if (seconds < 0 || seconds >= end_of_2099) return std::nullopt;
    return Windows(set, seconds).holds(set.window(window));
}

Stamp read_stamp(const model::Zone& zone, std::int64_t local) {
    const std::int64_t seconds = floored(local, microseconds);
    std::vector<std::int32_t> offsets = zone.offsets;
    std::sort(offsets.begin(), offsets.end());
    offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
    std::vector<std::int64_t> found;
    bool outside = false;
    for (const std::int64_t one : offsets) {
        const auto holds = offset(zone, seconds - one);
        outside = outside || !holds;
        if (holds == one) found.push_back(local - one * microseconds);
    }
    if (found.size() == 1) return {found.front(), true};
    return {std::nullopt, !(found.empty() && outside)};
}

}  // namespace proviso::reference
