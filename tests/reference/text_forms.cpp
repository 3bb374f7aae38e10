// See text_forms.h.
#include "tests/reference/text_forms.h"

#include <array>
#include <map>
#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <re2/re2.h>

#include "tests/reference/number.h"

namespace proviso::reference {

namespace {

bool is_leap(std::int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::int64_t days_of_month(std::int64_t year, std::int64_t month) {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

/// Days since 0001-01-01, counted year by year.
const std::vector<std::int64_t>& days_before_years() {
    static const std::vector<std::int64_t> before = [] {
        std::vector<std::int64_t> days{0, 0};  // years 0 and 1
        for (std::int64_t year = 1; year <= 9999; ++year) {
            days.push_back(days.back() + (is_leap(year) ? 366 : 365));
        }
        return days;
    }();
    return before;
}

const std::int64_t epoch = days_before_years()[1970];

/// Reads a text from its front.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}
    /// So many digits, no more and no less being read.
    std::optional<std::int64_t> digits(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        std::int64_t value = 0;
        for (const char c : rest_.substr(0, count)) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }
    bool take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] char front() const { return rest_.empty() ? '\0' : rest_.front(); }
    [[nodiscard]] bool done() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

std::optional<std::int64_t> date_at(Cursor& at) {
    const auto year = at.digits(4);
    if (!year || !at.take("-")) return std::nullopt;
    const auto month = at.digits(2);
    if (!month || !at.take("-")) return std::nullopt;
    const auto day = at.digits(2);
    if (!day || *year < 1 || *month < 1 || *month > 12) return std::nullopt;
    if (*day < 1 || *day > days_of_month(*year, *month)) return std::nullopt;
    std::int64_t days = days_before_years()[static_cast<std::size_t>(*year)] - epoch;
    for (std::int64_t each = 1; each < *month; ++each) days += days_of_month(*year, each);
    return days + *day - 1;
}

std::optional<std::int64_t> fraction_at(Cursor& at) {
    std::int64_t value = 0;
    int count = 0;
    for (; at.front() >= '0' && at.front() <= '9'; ++count) {
        if (count == 6) return std::nullopt;
        value = value * 10 + *at.digits(1);
    }
    if (count == 0) return std::nullopt;
    for (; count < 6; ++count) value *= 10;
    return value;
}

/// Microseconds of the day, the seconds being optional.
std::optional<std::int64_t> clock_at(Cursor& at) {
    const auto hour = at.digits(2);
    if (!hour || *hour > 23 || !at.take(":")) return std::nullopt;
    const auto minute = at.digits(2);
    if (!minute || *minute > 59) return std::nullopt;
    std::int64_t value = (*hour * 3600 + *minute * 60) * microseconds;
    if (!at.take(":")) return value;
    const auto second = at.digits(2);
    if (!second || *second > 59) return std::nullopt;
    value += *second * microseconds;
    if (!at.take(".")) return value;
    const auto fraction = fraction_at(at);
    if (!fraction) return std::nullopt;
    return value + *fraction;
}

/// Microseconds that the zone is ahead of UTC.
std::optional<std::int64_t> zone_at(Cursor& at) {
    if (at.take("Zz")) return 0;
    const bool behind = at.front() == '-';
    if (!at.take("+-")) return std::nullopt;
    const auto hour = at.digits(2);
    if (!hour || *hour > 23 || !at.take(":")) return std::nullopt;
    const auto minute = at.digits(2);
    if (!minute || *minute > 59) return std::nullopt;
    const std::int64_t ahead = (*hour * 3600 + *minute * 60) * microseconds;
    return behind ? -ahead : ahead;
}

}  // namespace

bool is_date(std::int64_t days) {
    return days >= -epoch && days < days_before_years()[9999] + 365 - epoch;
}

bool is_time(std::int64_t instant) {
    const std::int64_t day = day_seconds * microseconds;
    const std::int64_t days = instant / day - (instant % day < 0 ? 1 : 0);
    return is_date(days);
}

std::optional<std::int64_t> read_date(std::string_view text) {
    Cursor at(text);
    const auto days = date_at(at);
    return at.done() ? days : std::nullopt;
}

std::optional<std::int64_t> read_time(std::string_view text) {
    Cursor at(text);
    const auto days = date_at(at);
    if (!days || !at.take("Tt")) return std::nullopt;
    const auto clock = clock_at(at);
    if (!clock) return std::nullopt;
    const auto ahead = zone_at(at);
    if (!ahead || !at.done()) return std::nullopt;
    const std::int64_t instant = *days * day_seconds * microseconds + *clock - *ahead;
    if (!is_time(instant)) return std::nullopt;
    return instant;
}

std::optional<std::int64_t> read_duration(std::string_view text) {
    const bool backwards = !text.empty() && text[0] == '-';
    if (backwards) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    const std::string_view units = "dhms";
    constexpr std::array<std::int64_t, 4> seconds{day_seconds, 3600, 60, 1};
    Number total;
    std::size_t next = 0;
    while (!text.empty()) {
        std::size_t count = 0;
        while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
        if (count == 0 || count == text.size()) return std::nullopt;
        const std::size_t unit = units.find(text[count], next);
        if (unit == std::string_view::npos) return std::nullopt;
        std::string_view digits = text.substr(0, count);
        while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
        total = total.plus(Number::parse(digits)->times(seconds[unit]));
        next = unit + 1;
        text.remove_prefix(count + 1);
    }
    if (backwards) total = Number(0).minus(total);
    if (!total.fits_integer()) return std::nullopt;
    return total.integer();
}

std::optional<std::string> read_address(std::string_view text) {
    const std::string copy(text);
    if (copy.size() != std::char_traits<char>::length(copy.c_str())) return std::nullopt;
    std::string bytes(16, '\0');
    if (inet_pton(AF_INET, copy.c_str(), bytes.data() + 12) == 1) {
        bytes[10] = bytes[11] = '\xff';
        return bytes;
    }
    if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return bytes;
    return std::nullopt;
}

std::optional<std::int64_t> read_weekday(std::string_view text) {
    static const std::map<std::string, std::int64_t, std::less<>> days{
        {"mon", 0},       {"monday", 0},   {"tue", 1},      {"tuesday", 1}, {"wed", 2},
        {"wednesday", 2}, {"thu", 3},      {"thursday", 3}, {"fri", 4},     {"friday", 4},
        {"sat", 5},       {"saturday", 5}, {"sun", 6},      {"sunday", 6}};
    const auto found = days.find(text);
    if (found == days.end()) return std::nullopt;
    return found->second;
}

bool like(std::string_view text, std::string_view glob) {
    if (glob.empty()) return text.empty();
    if (glob[0] != '*') {
        return !text.empty() && text[0] == glob[0] && like(text.substr(1), glob.substr(1));
    }
    for (std::size_t skip = 0; skip <= text.size(); ++skip) {
        if (like(text.substr(skip), glob.substr(1))) return true;
    }
    return false;
}

bool matches(const std::string& text, const std::string& pattern) {
    static std::map<std::string, std::unique_ptr<RE2>> compiled;
    auto& expression = compiled[pattern];
    if (!expression) expression = std::make_unique<RE2>(pattern, RE2::Quiet);
    return expression->ok() && RE2::FullMatch(text, *expression);
}

std::int64_t code_points(std::string_view text) {
    std::int64_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

}  // namespace proviso::reference
