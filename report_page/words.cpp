#include "report_page/words.h"

#include <algorithm>
#include <array>

#include "simulator/render/comparison_words.h"

namespace proviso::report_page {
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

/// `pattern` has a 0 for each digit.
bool has_form(std::string_view text, std::string_view pattern) {
    return text.size() == pattern.size() &&
           std::equal(text.begin(), text.end(), pattern.begin(), [](char c, char form) {
               return form == '0' ? c >= '0' && c <= '9' : c == form;
           });
}

std::string two_units(std::int64_t count, std::int64_t unit, std::int64_t smaller,
                      std::string_view name, std::string_view smaller_name) {
    const std::int64_t all = (count + smaller - 1) / smaller;
    const std::int64_t rest = all % (unit / smaller);
    std::string text = std::to_string(all / (unit / smaller)) + ' ' + std::string(name);
    if (rest > 0) text += ' ' + std::to_string(rest) + ' ' + std::string(smaller_name);
    return text;
}

}  // namespace

std::string readable_date(std::string_view iso) {
    const std::string_view date = iso.substr(0, 10);
    if (!has_form(date, "0000-00-00")) return std::string(iso);
    const int month = (date[5] - '0') * 10 + date[6] - '0';
    if (month < 1 || month > 12) return std::string(iso);
    const std::string_view day_digits = date.substr(date[8] == '0' ? 9 : 8);
    std::string text = std::string(day_digits) + ' ' +
                       std::string(months[static_cast<std::size_t>(month - 1)]) + ' ' +
                       std::string(date.substr(0, 4));
    if (iso.size() == date.size()) return text;
    if (iso[10] != 'T' || !iso.ends_with('Z') || iso.size() < 17) return std::string(iso);
    return text + ", " + std::string(iso.substr(11, 5)) + " UTC";
}

std::string duration_words(std::int64_t seconds) {
    if (seconds < 2 * minute) return std::to_string(seconds) + " s";
    if (seconds <= 2 * hour - minute) {
        return std::to_string((seconds + minute - 1) / minute) + " min";
    }
    if (seconds <= 2 * day - minute) return two_units(seconds, hour, minute, "h", "min");
    return two_units(seconds, day, hour, "d", "h");
}

TableCell duration_cell(const simulator::Durations& of, std::int64_t seconds) {
    return text_cell(of.count == 0 ? "" : duration_words(seconds));
}

std::string cap_share(simulator::Millionths share) {
    return simulator::grouped_amount(std::to_string(share / 10'000)) + " %";
}

std::string money_words(const std::string& amount, const std::string& currency) {
    return simulator::grouped_amount(amount) + (currency.empty() ? "" : ' ' + currency);
}

}  // namespace proviso::report_page
