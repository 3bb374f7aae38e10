// POSIX TZ with the extensions of RFC 9636: hours of a change from -167 to 167.
#include "engine/model/zone_rule.h"

#include <chrono>

#include "engine/model/calendar.h"
#include "engine/model/zone.h"

namespace proviso::model {
namespace {

class RuleReader {
  public:
    explicit RuleReader(std::string_view text) : rest_(text) {}

    std::optional<ZoneRule> run() {
        ZoneRule rule;
        std::int64_t west = 0;
        if (!name() || !clock(west, 24)) return std::nullopt;
        rule.standard = static_cast<std::int32_t>(-west);
        if (rest_.empty()) return rule;
        rule.has_daylight = true;
        if (!name()) return std::nullopt;
        west -= 3600;
        if (!rest_.empty() && rest_.front() != ',' && !clock(west, 24)) return std::nullopt;
        rule.daylight = static_cast<std::int32_t>(-west);
        if (!take(',') || !day(rule.begin) || !take(',') || !day(rule.end)) return std::nullopt;
        return rest_.empty() ? std::optional(rule) : std::nullopt;
    }

  private:
    bool take(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

    // `EST`, or `<+0330>`.
    bool name() {
        std::size_t size = 0;
        if (take('<')) {
            size = rest_.find('>');
            if (size == std::string_view::npos || size < 3) return false;
            rest_.remove_prefix(size + 1);
            return true;
        }
        while (size < rest_.size() && is_letter(rest_[size])) ++size;
        rest_.remove_prefix(size);
        return size >= 3;
    }

    bool number(std::int64_t& result, std::int64_t most) {
        if (rest_.empty() || !is_digit(rest_.front())) return false;
        result = 0;
        for (int digits = 0; digits < 3 && !rest_.empty() && is_digit(rest_.front()); ++digits) {
            result = result * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return result <= most;
    }

    // `5`, `-3:30`, `+10:30:00`, in seconds.
    bool clock(std::int64_t& seconds, std::int64_t most_hours) {
        const bool minus = take('-');
        if (!minus) (void)take('+');
        std::int64_t hours = 0;
        std::int64_t minutes = 0;
        std::int64_t rest = 0;
        if (!number(hours, most_hours)) return false;
        if (take(':') && !number(minutes, 59)) return false;
        if (take(':') && !number(rest, 59)) return false;
        seconds = (hours * 60 + minutes) * 60 + rest;
        if (minus) seconds = -seconds;
        return true;
    }

    bool small(int& result, std::int64_t least, std::int64_t most) {
        std::int64_t read = 0;
        if (!number(read, most) || read < least) return false;
        result = static_cast<int>(read);
        return true;
    }

    bool day(RuleDay& day) {
        bool good = false;
        if (take('M')) {
            good = small(day.month, 1, 12) && take('.') && small(day.week, 1, 5) && take('.') &&
                   small(day.weekday, 0, 6);
        } else if (take('J')) {
            day.form = RuleDay::Form::without_leap_day;
            good = small(day.day, 1, 365);
        } else {
            day.form = RuleDay::Form::with_leap_day;
            good = small(day.day, 0, 365);
        }
        return good && (!take('/') || clock(day.seconds, 167));
    }

    std::string_view rest_;
};

std::int64_t days_to(std::chrono::sys_days day) {
    return day.time_since_epoch().count();
}

}  // namespace

std::int64_t RuleDay::in(int year) const {
    const std::chrono::year of{year};
    std::int64_t days = days_to(of / 1 / 1);
    switch (form) {
        case Form::month_week_day: {
            const std::chrono::month in_month{static_cast<unsigned>(month)};
            const std::chrono::weekday on{static_cast<unsigned>(weekday)};
            days = week == 5 ? days_to(of / in_month / on[std::chrono::last])
                             : days_to(of / in_month / on[static_cast<unsigned>(week)]);
            break;
        }
        case Form::without_leap_day: days += day - 1 + (of.is_leap() && day >= 60 ? 1 : 0); break;
        case Form::with_leap_day: days += day; break;
    }
    return days * seconds_per_day + seconds;
}

std::optional<ZoneRule> parse_zone_rule(std::string_view text) {
    const std::optional<ZoneRule> rule = RuleReader(text).run();
    if (!rule) return std::nullopt;
    const auto fits = [](std::int32_t offset) {
        return offset >= -largest_offset && offset <= largest_offset;
    };
    return fits(rule->standard) && fits(rule->daylight) ? rule : std::nullopt;
}

}  // namespace proviso::model
