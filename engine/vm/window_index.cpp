// See window_index.h. What opened the day before and goes on past midnight is tested against that
// day, as all else is against its own.
#include "engine/vm/window_index.h"

#include <algorithm>
#include <limits>

#include "engine/model/window.h"
#include "engine/model/zone.h"

namespace proviso::vm {
namespace {

constexpr unsigned span_shift = 22;
constexpr auto spans_of_zone =
    static_cast<std::uint32_t>(((model::covered_to - 1) >> span_shift) + 1);

constexpr std::uint32_t day_seconds = 86'400;
constexpr std::uint32_t week_seconds = 7 * day_seconds;
constexpr std::int32_t monday = 3;  // 1970-01-01 was a Thursday
constexpr std::uint32_t since_monday = monday * day_seconds;
static_assert(model::covered_to + since_monday + model::largest_offset <=
              std::numeric_limits<std::uint32_t>::max());
static_assert(model::covered_from == 0 && since_monday >= model::largest_offset);

std::uint32_t minute_of_week(std::uint32_t local) {
    return local % week_seconds / 60;
}
/// Days since 1970.
std::int32_t day_of(std::uint32_t local) {
    return static_cast<std::int32_t>(local / day_seconds) - monday;
}
std::uint32_t weekday(std::int32_t day) {
    return static_cast<std::uint32_t>(day + monday) % 7;
}

bool is_covered(std::int64_t time) {
    constexpr std::int64_t second = 1'000'000;
    return time >= 0 && time < model::covered_to * second;
}
std::uint32_t seconds_of(std::int64_t time) {
    constexpr std::uint64_t second = 1'000'000;
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(time) / second);
}

}  // namespace

// ---------------------------------------------------------------- making it

WindowIndex::WindowIndex(const bytecode::Program& program) {
    for (const model::Zone& zone : program.zones) add_zone(zone);
    for (const model::Window& window : program.windows) add_window(window);
}

void WindowIndex::add_zone(const model::Zone& zone) {
    const auto base = static_cast<std::uint32_t>(changes_.size());
    for (std::size_t i = 0; i < zone.starts.size(); ++i) {
        changes_.push_back({zone.starts[i], zone.offsets[i]});
    }
    changes_.push_back({std::numeric_limits<std::int64_t>::max(), 0});
    std::uint32_t at = base;
    for (std::int64_t i = 0; i < spans_of_zone; ++i) {
        const std::int64_t begin = i << span_shift;
        const std::int64_t end = (i + 1) << span_shift;
        while (changes_[at + 1].start <= begin) ++at;
        Span span{.change = std::numeric_limits<Seconds>::max(), .before = changes_[at].offset};
        span.after = span.before;
        if (changes_[at + 1].start < end) {
            span.change = static_cast<Seconds>(changes_[at + 1].start);
            span.after = changes_[at + 1].offset;
            if (changes_[at + 2].start < end) span.more = at + 1;
        }
        spans_.push_back(span);
    }
}

std::uint32_t WindowIndex::add_bits(const std::vector<model::MinuteSpan>& spans) {
    if (spans.empty()) return bytecode::none;
    const std::size_t begin = bits_.size();
    bits_.resize(begin + (model::minutes_per_week + 63) / 64);
    for (const model::MinuteSpan& span : spans) {
        for (std::uint32_t minute = span.begin; minute < span.end; ++minute) {
            bits_[begin + minute / 64] |= std::uint64_t{1} << minute % 64;
        }
    }
    return static_cast<std::uint32_t>(begin);
}

void WindowIndex::add_window(const model::Window& window) {
    const auto size = [](const auto& items) { return static_cast<std::uint32_t>(items.size()); };
    windows_.push_back({size(terms_), size(window.terms)});
    for (const model::WindowTerm& term : window.terms) {
        Term made{.zone = term.zone, .hours = add_bits(term.hours), .spill = add_bits(term.spill)};
        made.days = {size(days_), size(term.days)};
        days_.insert(days_.end(), term.days.begin(), term.days.end());
        made.except = {size(except_), 0};
        for (const model::WindowExcept& one : term.except) take_away(made, one);
        terms_.push_back(made);
    }
}

// A list of dates, which most that is taken away is, is looked at right here.
void WindowIndex::take_away(Term& term, const model::WindowExcept& one) {
    const Range terms = windows_[one.window];
    const Term& first = terms_[terms.begin];
    const bool is_list = terms.count == 1 && first.hours == bytecode::none &&
                         first.closed.count == 0 && first.except.count == 0;
    if (one.by_day && is_list && term.closed.count == 0) {
        term.closed = first.days;
        return;
    }
    except_.push_back(one);
    ++term.except.count;
}

// ---------------------------------------------------------------- looking up

inline WindowIndex::LocalSeconds WindowIndex::local_seconds(std::uint32_t zone,
                                                            Seconds seconds) const {
    const Span& span = spans_[zone * spans_of_zone + (seconds >> span_shift)];
    std::int32_t offset = seconds >= span.change ? span.after : span.before;
    if (span.more != 0) [[unlikely]] {
        const Change* change = &changes_[span.more - 1];
        while (change[1].start <= seconds) ++change;
        offset = change->offset;
    }
    return seconds + since_monday + static_cast<std::uint32_t>(offset);
}

inline bool WindowIndex::has_minute(std::uint32_t bits, std::uint32_t minute) const {
    return bits != bytecode::none && (bits_[bits + minute / 64] >> minute % 64 & 1U) != 0;
}

inline bool WindowIndex::has_day(Range days, std::int32_t day) const {
    if (days.count == 0) return false;
    const auto begin = days_.begin() + days.begin;
    const auto after = std::upper_bound(
        begin, begin + days.count, day,
        [](std::int32_t at, const model::DaySpan& span) { return at < span.first; });
    return after != begin && day <= std::prev(after)->last;
}

inline bool WindowIndex::stays(const Term& term, Seconds seconds, std::int32_t opened) const {
    if (has_day(term.closed, opened)) return false;
    return term.except.count == 0 || !is_taken_away(term.except, seconds, opened);
}

bool WindowIndex::holds(Range terms, Seconds seconds) const {
    for (std::uint32_t i = 0; i < terms.count; ++i) {
        const Term& term = terms_[terms.begin + i];
        const LocalSeconds local = local_seconds(term.zone, seconds);
        const std::uint32_t minute = minute_of_week(local);
        const std::int32_t day = day_of(local);
        const bool opens = has_minute(term.hours, minute) || has_day(term.days, day);
        if (opens && stays(term, seconds, day)) return true;
        if (has_minute(term.spill, minute) && stays(term, seconds, day - 1)) return true;
    }
    return false;
}

bool WindowIndex::is_taken_away(Range except, Seconds seconds, std::int32_t opened) const {
    for (std::uint32_t i = 0; i < except.count; ++i) {
        const model::WindowExcept& one = except_[except.begin + i];
        const Range terms = windows_[one.window];
        if (one.by_day ? holds_day(terms, opened) : holds(terms, seconds)) return true;
    }
    return false;
}

// Of a window that is made of days.
bool WindowIndex::holds_day(Range terms, std::int32_t day) const {
    for (std::uint32_t i = 0; i < terms.count; ++i) {
        const Term& term = terms_[terms.begin + i];
        const std::uint32_t midnight = weekday(day) * model::minutes_per_day;
        const bool opens = has_day(term.days, day) || has_minute(term.hours, midnight);
        if (opens && stays(term, 0, day)) return true;
    }
    return false;
}

InWindow WindowIndex::test(std::uint32_t window, std::int64_t time) const {
    if (!is_covered(time)) return InWindow::not_covered;
    return holds(windows_[window], seconds_of(time)) ? InWindow::yes : InWindow::no;
}

model::Value WindowIndex::local(std::uint32_t zone, std::uint16_t part, std::int64_t time) const {
    if (!is_covered(time)) return model::unknown(model::State::out_of_range);
    const LocalSeconds now = local_seconds(zone, seconds_of(time));
    if (part == 0) return model::of_integer(now % day_seconds / 3600);
    if (part == 1) return model::of_integer(now % week_seconds / day_seconds);
    return model::of_integer(day_of(now));
}

}  // namespace proviso::vm
