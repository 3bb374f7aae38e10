// See values.h.
#include "lint/values.h"

#include <algorithm>
#include <compare>
#include <iterator>
#include <utility>

namespace proviso::lint {
namespace {

constexpr Decimal one{1, 0};

/// Order of two lower bounds, of which an excluded one lies above an included one.
std::strong_ordering compare_low(const std::optional<Bound>& a, const std::optional<Bound>& b) {
    if (!a || !b) return a.has_value() <=> b.has_value();
    const auto order = model::compare(a->value, b->value);
    return order != 0 ? order : b->inclusive <=> a->inclusive;
}

/// Of two upper bounds, of which an excluded one lies below an included one.
std::strong_ordering compare_high(const std::optional<Bound>& a, const std::optional<Bound>& b) {
    if (!a || !b) return b.has_value() <=> a.has_value();
    const auto order = model::compare(a->value, b->value);
    return order != 0 ? order : a->inclusive <=> b->inclusive;
}

bool is_empty(const Interval& interval) {
    if (!interval.low || !interval.high) return false;
    const auto order = model::compare(interval.low->value, interval.high->value);
    return order > 0 || (order == 0 && !(interval.low->inclusive && interval.high->inclusive));
}

/// The largest whole number that is not above.
std::optional<Decimal> floor_of(Decimal value) {
    std::int64_t whole = value.coefficient;
    for (std::uint8_t i = 0; i < value.scale; ++i) whole /= 10;
    if (value.coefficient < 0 && value.scale > 0) --whole;
    return model::make_decimal(whole, 0);
}

std::optional<Bound> whole_low(const Bound& low) {
    const auto floor = floor_of(low.value);
    if (floor && *floor == low.value && low.inclusive) return low;
    const auto above = floor ? model::add(*floor, one) : std::nullopt;
    return above ? std::optional<Bound>({*above, true}) : low;
}

std::optional<Bound> whole_high(const Bound& high) {
    const auto floor = floor_of(high.value);
    if (!floor) return high;
    if (*floor != high.value || high.inclusive) return Bound{*floor, true};
    const auto below = model::subtract(*floor, one);
    return below ? std::optional<Bound>({*below, true}) : high;
}

/// Neighbours become one, so that equal sets look alike.
void append_whole(std::vector<Interval>& intervals, const Interval& next) {
    if (!intervals.empty() && intervals.back().high && next.low) {
        const auto behind = model::add(intervals.back().high->value, one);
        if (behind && *behind == next.low->value) {
            intervals.back().high = next.high;
            return;
        }
    }
    intervals.push_back(next);
}

std::vector<std::string> common(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
}

std::vector<std::string> without(const std::vector<std::string>& from,
                                 const std::vector<std::string>& what) {
    std::vector<std::string> left;
    std::set_difference(from.begin(), from.end(), what.begin(), what.end(),
                        std::back_inserter(left));
    return left;
}

ValueSet text_intersection(const ValueSet& a, const ValueSet& b) {
    if (!a.all_but && !b.all_but) return texts(common(a.texts, b.texts), false);
    if (!a.all_but) return texts(without(a.texts, b.texts), false);
    if (!b.all_but) return texts(without(b.texts, a.texts), false);
    std::vector<std::string> all;
    std::set_union(a.texts.begin(), a.texts.end(), b.texts.begin(), b.texts.end(),
                   std::back_inserter(all));
    return texts(std::move(all), true);
}

ValueSet of_interval(Interval interval) {
    ValueSet set;
    if (!is_empty(interval)) set.intervals.push_back(interval);
    return set;
}

}  // namespace

ValueSet everything(bool is_text) {
    ValueSet set;
    set.is_text = is_text;
    set.all_but = is_text;
    if (!is_text) set.intervals.emplace_back();
    return set;
}

ValueSet nothing() {
    return {};
}

ValueSet at_most(Decimal value, bool inclusive) {
    return of_interval({std::nullopt, Bound{value, inclusive}});
}

ValueSet at_least(Decimal value, bool inclusive) {
    return of_interval({Bound{value, inclusive}, std::nullopt});
}

ValueSet between(Decimal low, Decimal high) {
    return of_interval({Bound{low, true}, Bound{high, true}});
}

ValueSet points(std::vector<Decimal> values, bool all_but) {
    std::sort(values.begin(), values.end(),
              [](Decimal a, Decimal b) { return model::compare(a, b) < 0; });
    values.erase(std::unique(values.begin(), values.end()), values.end());
    ValueSet set;
    std::optional<Bound> low;
    for (const Decimal value : values) {
        if (!all_but) set.intervals.push_back({Bound{value, true}, Bound{value, true}});
        if (all_but) set.intervals.push_back({low, Bound{value, false}});
        low = Bound{value, false};
    }
    if (all_but) set.intervals.push_back({low, std::nullopt});
    return set;
}

ValueSet texts(std::vector<std::string> values, bool all_but) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    ValueSet set;
    set.is_text = true;
    set.all_but = all_but;
    set.texts = std::move(values);
    return set;
}

ValueSet to_discrete(const ValueSet& set) {
    ValueSet whole = set;
    whole.intervals.clear();
    for (Interval interval : set.intervals) {
        if (interval.low) interval.low = whole_low(*interval.low);
        if (interval.high) interval.high = whole_high(*interval.high);
        if (!is_empty(interval)) append_whole(whole.intervals, interval);
    }
    return whole;
}

bool is_empty(const ValueSet& set) {
    return set.is_text ? !set.all_but && set.texts.empty() : set.intervals.empty();
}

bool contains(const ValueSet& set, Decimal value) {
    return !is_empty(intersection(set, points({value}, false)));
}

ValueSet intersection(const ValueSet& a, const ValueSet& b) {
    if (a.is_text) return text_intersection(a, b);
    ValueSet both;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.intervals.size() && j < b.intervals.size()) {
        const Interval& x = a.intervals[i];
        const Interval& y = b.intervals[j];
        const Interval part{compare_low(x.low, y.low) < 0 ? y.low : x.low,
                            compare_high(x.high, y.high) < 0 ? x.high : y.high};
        if (!is_empty(part)) both.intervals.push_back(part);
        compare_high(x.high, y.high) < 0 ? ++i : ++j;
    }
    return both;
}

bool is_subset(const ValueSet& part, const ValueSet& whole) {
    return intersection(part, whole) == part;
}

}  // namespace proviso::lint
