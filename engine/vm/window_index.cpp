// See window_index.h. What opened the day before and goes on past midnight is tested against that
// day, as all else is against its own.
#include "engine/vm/window_index.h"

#include <algorithm>
#include <limits>

#include "engine/model/calendar.h"
#include "engine/model/window.h"
#include "engine/model/zone.h"

namespace proviso::vm {
namespace {

constexpr std::int64_t first_weekday = 3;  // 1970-01-01 was a Thursday

std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

std::uint32_t weekday(std::int64_t day) {
    return static_cast<std::uint32_t>(day + first_weekday + 7) % 7;  // local dates begin 1969-12-30
}

std::vector<std::uint64_t> bits_of(const std::vector<model::MinuteSpan>& spans) {
    if (spans.empty()) return {};
    std::vector<std::uint64_t> bits((model::minutes_per_week + 63) / 64);
    for (const model::MinuteSpan& span : spans) {
        for (std::uint32_t minute = span.begin; minute < span.end; ++minute) {
            bits[minute / 64] |= std::uint64_t{1} << minute % 64;
        }
    }
    return bits;
}

bool has(const std::vector<std::uint64_t>& bits, std::uint32_t minute) {
    return !bits.empty() && (bits[minute / 64] >> minute % 64 & 1U) != 0;
}

bool has(const std::vector<model::DaySpan>& days, std::int64_t day) {
    const auto after = std::upper_bound(
        days.begin(), days.end(), day,
        [](std::int64_t at, const model::DaySpan& span) { return at < span.first; });
    return after != days.begin() && day <= std::prev(after)->last;
}

}  // namespace

ZoneClock::ZoneClock(const model::Zone& zone) {
    for (std::size_t i = 0; i < zone.starts.size(); ++i) {
        changes_.push_back({zone.starts[i], zone.offsets[i]});
    }
    changes_.push_back({std::numeric_limits<std::int64_t>::max(), 0});
    std::uint32_t at = 0;
    const auto spans = static_cast<std::uint64_t>(model::covered_to - 1) >> shift;
    for (std::uint64_t span = 0; span <= spans; ++span) {
        const auto begin = static_cast<std::int64_t>(span << shift);
        while (changes_[at + 1].start <= begin) ++at;
        first_.push_back(at);
    }
}

WindowIndex::WindowIndex(const bytecode::Program& program) {
    for (const model::Zone& zone : program.zones) clocks_.emplace_back(zone);
    for (const model::Window& window : program.windows) {
        Terms& terms = windows_.emplace_back();
        for (const model::WindowTerm& term : window.terms) {
            terms.push_back(
                {term.zone, bits_of(term.hours), bits_of(term.spill), term.days, term.except});
        }
    }
}

WindowIndex::Reading WindowIndex::read(std::uint32_t zone, std::int64_t seconds) const {
    const std::int64_t local = seconds + clocks_[zone].offset(seconds);
    const std::int64_t day = floor_divided(local, model::seconds_per_day);
    const auto of_day = static_cast<std::uint32_t>(local - day * model::seconds_per_day);
    return {day, weekday(day) * model::minutes_per_day + of_day / 60};
}

bool WindowIndex::holds(const Terms& terms, std::int64_t seconds) const {
    std::uint32_t zone = bytecode::none;
    Reading now;
    for (const Term& term : terms) {
        if (term.zone != zone) now = read(term.zone, seconds);
        zone = term.zone;
        const bool opens = has(term.hours, now.minute) || has(term.days, now.day);
        if (opens && stays(term, seconds, now.day)) return true;
        if (has(term.spill, now.minute) && stays(term, seconds, now.day - 1)) return true;
    }
    return false;
}

bool WindowIndex::stays(const Term& term, std::int64_t seconds, std::int64_t opened) const {
    return std::none_of(term.except.begin(), term.except.end(),
                        [&](const model::WindowExcept& one) {
                            const Terms& other = windows_[one.window];
                            return one.by_day ? holds_day(other, opened) : holds(other, seconds);
                        });
}

// Of a window that is made of days.
bool WindowIndex::holds_day(const Terms& terms, std::int64_t day) const {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
        const std::uint32_t midnight = weekday(day) * model::minutes_per_day;
        return (has(term.hours, midnight) || has(term.days, day)) && stays(term, 0, day);
    });
}

InWindow WindowIndex::test(std::uint32_t window, std::int64_t time) const {
    const std::int64_t seconds = floor_divided(time, model::microseconds_per_second);
    if (seconds < model::covered_from || seconds >= model::covered_to) {
        return InWindow::not_covered;
    }
    return holds(windows_[window], seconds) ? InWindow::yes : InWindow::no;
}

model::Value WindowIndex::local(std::uint32_t zone, std::uint16_t part, std::int64_t time) const {
    const std::int64_t seconds = floor_divided(time, model::microseconds_per_second);
    if (seconds < model::covered_from || seconds >= model::covered_to) {
        return model::unknown(model::State::out_of_range);
    }
    const Reading now = read(zone, seconds);
    if (part == 0) return model::of_integer(now.minute % model::minutes_per_day / 60);
    return model::of_integer(part == 1 ? now.minute / model::minutes_per_day : now.day);
}

}  // namespace proviso::vm
