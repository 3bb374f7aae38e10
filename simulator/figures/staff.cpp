#include "simulator/figures/staff.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace proviso::simulator {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::int64_t longest_handling = 365LL * 86'400;

std::optional<unsigned> digits(std::string_view text) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Both sides of a `..`; one word is both.
std::pair<std::string_view, std::string_view> span_of(std::string_view text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) return {text, text};
    return {text.substr(0, dots), text.substr(dots + 2)};
}

std::optional<unsigned> minute_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = digits(text.substr(0, 2));
    const auto minute = digits(text.substr(3));
    if (!hour || !minute || *minute > 59) return std::nullopt;
    const unsigned all = *hour * 60 + *minute;
    return all <= 24 * 60 ? std::optional(all) : std::nullopt;
}

bool read_days(std::string_view text, OfficeHours& hours) {
    const auto [first, last] = span_of(text);
    const auto from = std::find(weekdays.begin(), weekdays.end(), first);
    const auto to = std::find(weekdays.begin(), weekdays.end(), last);
    if (from == weekdays.end() || to == weekdays.end() || to < from) return false;
    hours.days.fill(false);
    std::fill(hours.days.begin() + (from - weekdays.begin()),
              hours.days.begin() + (to - weekdays.begin()) + 1, true);
    return true;
}

}  // namespace

std::optional<Approvers> read_approvers(std::string_view text) {
    const std::size_t sign = text.find('=');
    if (sign == 0 || sign == std::string_view::npos) return std::nullopt;
    const auto people = digits(text.substr(sign + 1));
    if (!people || *people == 0) return std::nullopt;
    return Approvers{std::string{text.substr(0, sign)}, *people};
}

std::optional<OfficeHours> read_hours(std::string_view text) {
    OfficeHours hours;
    const std::size_t blank = text.find(' ');
    if (blank != std::string_view::npos) {
        if (!read_days(text.substr(0, blank), hours)) return std::nullopt;
        text.remove_prefix(blank + 1);
    }
    const auto [first, last] = span_of(text);
    const auto from = minute_of_day(first);
    const auto to = minute_of_day(last);
    if (!from || !to || *from >= *to) return std::nullopt;
    hours.from_minute = *from;
    hours.to_minute = *to;
    return hours;
}

std::optional<std::int64_t> read_handling(std::string_view text) {
    constexpr std::array<std::pair<char, std::int64_t>, 4> units{
        {{'d', 86'400}, {'h', 3'600}, {'m', 60}, {'s', 1}}};
    std::int64_t seconds = 0;
    auto unit = units.begin();
    while (!text.empty()) {
        const std::size_t end = text.find_first_not_of("0123456789");
        if (end == 0 || end == std::string_view::npos) return std::nullopt;
        const auto number = digits(text.substr(0, end));
        unit = std::find_if(unit, units.end(),
                            [&](const auto& one) { return one.first == text[end]; });
        if (!number || unit == units.end()) return std::nullopt;
        seconds += *number * unit->second;
        if (seconds > longest_handling) return std::nullopt;
        ++unit;
        text.remove_prefix(end + 1);
    }
    return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

}  // namespace proviso::simulator
