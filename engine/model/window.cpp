#include "engine/model/window.h"

#include <algorithm>
#include <chrono>

#include "engine/model/calendar.h"

namespace proviso::model {
namespace {

// Local time may be a day before or behind what is covered.
constexpr std::chrono::year_month first_month{std::chrono::year(1969), std::chrono::December};
constexpr std::chrono::year_month last_month{std::chrono::year(2100), std::chrono::January};
constexpr std::int64_t saturday = 5;

std::int32_t day_number(std::chrono::sys_days day) {
    return static_cast<std::int32_t>(day.time_since_epoch().count());
}

void add_workdays(std::vector<DaySpan>& spans, std::int32_t first, std::int32_t last,
                  std::uint32_t count, bool from_end) {
    std::int32_t day = from_end ? last : first;
    for (std::uint32_t left = count; left > 0 && day >= first && day <= last;) {
        if (weekday_of(day) < saturday) {
            spans.push_back({day, day});
            --left;
        }
        day += from_end ? -1 : 1;
    }
}

}  // namespace

void join(std::vector<MinuteSpan>& spans) {
    std::sort(spans.begin(), spans.end(),
              [](const MinuteSpan& a, const MinuteSpan& b) { return a.begin < b.begin; });
    std::vector<MinuteSpan> joined;
    for (const MinuteSpan& span : spans) {
        if (!joined.empty() && span.begin <= joined.back().end) {
            joined.back().end = std::max(joined.back().end, span.end);
        } else {
            joined.push_back(span);
        }
    }
    spans = std::move(joined);
}

void join(std::vector<DaySpan>& spans) {
    std::sort(spans.begin(), spans.end(),
              [](const DaySpan& a, const DaySpan& b) { return a.first < b.first; });
    std::vector<DaySpan> joined;
    for (const DaySpan& span : spans) {
        if (!joined.empty() && span.first <= joined.back().last + 1) {
            joined.back().last = std::max(joined.back().last, span.last);
        } else {
            joined.push_back(span);
        }
    }
    spans = std::move(joined);
}

std::vector<DaySpan> month_workdays(std::uint32_t count, bool last) {
    std::vector<DaySpan> spans;
    for (std::chrono::year_month month = first_month; month <= last_month;
         month += std::chrono::months(1)) {
        add_workdays(spans, day_number(month / 1), day_number(month / std::chrono::last), count,
                     last);
    }
    join(spans);
    return spans;
}

std::optional<std::uint32_t> zone_of_days(const Window& window) {
    if (window.terms.empty()) return std::nullopt;
    const std::uint32_t zone = window.terms.front().zone;
    for (const WindowTerm& term : window.terms) {
        const bool whole =
            std::all_of(term.hours.begin(), term.hours.end(), [](const MinuteSpan& span) {
                return span.begin % minutes_per_day == 0 && span.end % minutes_per_day == 0;
            });
        const bool by_day = std::all_of(term.except.begin(), term.except.end(),
                                        [](const WindowExcept& one) { return one.by_day; });
        if (!whole || !by_day || !term.spill.empty() || term.zone != zone) return std::nullopt;
    }
    return zone;
}

}  // namespace proviso::model
