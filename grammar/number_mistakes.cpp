#include "grammar/number_mistakes.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "grammar/tokens_before.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

constexpr std::string_view digits = "0123456789";

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}
bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}
bool all_letters(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_letter);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string zero_padded(std::string_view number, std::size_t width) {
    return fmt::format("{:0>{}}", number, width);
}

NumberMistake mistake(DiagnosticId id, std::string_view written, std::string help) {
    return {id, std::string(written), written.size(), std::move(help)};
}

/// `5,000`: three digits behind a comma that no blank follows.
std::optional<NumberMistake> with_commas(std::string_view rest) {
    std::size_t end = rest.find_first_not_of("0123456789_");
    if (end == 0 || end == std::string_view::npos) return std::nullopt;
    const std::size_t first = end;
    const auto group_at = [&](std::size_t at) {
        const bool three = rest[at] == ',' && all_digits(rest.substr(at + 1, 3)) &&
                           rest.substr(at + 1, 3).size() == 3;
        return three && !(at + 4 < rest.size() && is_digit(rest[at + 4]));
    };
    while (end < rest.size() && group_at(end)) end += 4;
    if (end == first) return std::nullopt;
    const bool fraction =
        end + 1 < rest.size() && rest[end] == '.' && is_digit(rest[end + 1]);  // `5,000.00`
    if (fraction) end = std::min(rest.find_first_not_of(digits, end + 1), rest.size());
    std::string plain(rest.substr(0, end));
    std::replace(plain.begin(), plain.end(), ',', '_');
    return mistake(
        DiagnosticId::thousands_comma, rest.substr(0, end),
        fmt::format("write `{}`; where two numbers are meant, put a blank between", plain));
}

bool is_clock_text(std::string_view text) {
    return text.size() >= 5 && all_digits(text.substr(0, 2)) && text[2] == ':' &&
           all_digits(text.substr(3, 2));
}

/// What may follow `09:00` in a time: seconds, a fraction, a zone.
bool is_rest_of_time(std::string_view rest) {
    if (rest.starts_with(':')) {
        if (rest.size() < 3 || !all_digits(rest.substr(1, 2))) return false;
        rest.remove_prefix(3);
        if (rest.starts_with('.')) {
            const std::size_t end = rest.find_first_not_of(digits, 1);
            if (end == 1 || end == std::string_view::npos) return false;
            rest.remove_prefix(end);
        }
    }
    if (rest == "Z") return true;
    const bool is_offset = rest.starts_with('+') || rest.starts_with('-');
    return is_offset && rest.size() == 6 && is_clock_text(rest.substr(1));
}

/// `2026-2-3`, `2026-12-20T09:00`
std::optional<NumberMistake> dated(std::string_view blob) {
    const std::string_view date = blob.substr(0, blob.find('T'));
    const std::vector<std::string_view> parts = split(date, '-');
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), all_digits)) {
        return std::nullopt;
    }
    const bool well_formed = parts[0].size() == 4 && parts[1].size() == 2 && parts[2].size() == 2;
    if (!well_formed) {
        const bool year_first =
            parts[0].size() == 4 && parts[1].size() <= 2 && parts[2].size() <= 2;
        const std::string help =
            year_first ? fmt::format("write `{}-{}-{}`", parts[0], zero_padded(parts[1], 2),
                                     zero_padded(parts[2], 2))
                       : "write year, month, day: `2026-12-20`";
        return mistake(DiagnosticId::malformed_date, blob, help);
    }
    if (date.size() == blob.size()) return std::nullopt;
    const std::string_view clock = blob.substr(date.size() + 1);
    const bool has_zone =
        clock.ends_with('Z') || clock.find_first_of("+-") != std::string_view::npos;
    const bool is_clock = is_clock_text(clock);
    if (is_clock && !has_zone) {
        return mistake(DiagnosticId::time_without_zone, blob,
                       fmt::format("write `{0}Z` for UTC, or an offset: `{0}+02:00`", blob));
    }
    if (is_clock && is_rest_of_time(clock.substr(5))) return std::nullopt;
    return mistake(DiagnosticId::malformed_time, blob, "write it as `2026-12-20T09:00Z`");
}

std::optional<NumberMistake> clock_alone(std::string_view blob) {
    const std::vector<std::string_view> parts = split(blob, ':');
    if (parts.size() < 2 || !std::all_of(parts.begin(), parts.end(), all_digits)) {
        return std::nullopt;
    }
    if (parts.size() == 2 && parts[0].size() == 1 && parts[1].size() == 2) {
        return mistake(DiagnosticId::malformed_time, blob,
                       fmt::format("hours have two digits: `0{}`, in a `window` alone", blob));
    }
    return mistake(
        DiagnosticId::malformed_time, blob,
        "a time has a date and a zone, as `2026-12-20T09:00Z`; hours stand in a `window`");
}

/// `5-3`
std::optional<NumberMistake> glued_minus(std::string_view blob) {
    const std::size_t minus = blob.find('-', 1);
    if (minus == std::string_view::npos) return std::nullopt;
    return mistake(DiagnosticId::minus_without_blanks, blob,
                   fmt::format("write `{} - {}`", blob.substr(0, minus), blob.substr(minus + 1)));
}

bool is_exponent(std::string_view blob) {
    const std::size_t e = blob.find_first_of("eE");
    if (e == std::string_view::npos || e == 0) return false;
    std::string_view tail = blob.substr(e + 1);
    if (!tail.empty() && (tail[0] == '+' || tail[0] == '-')) tail.remove_prefix(1);
    return all_digits(tail) &&
           blob.substr(0, e).find_first_not_of("0123456789._") == std::string_view::npos;
}

/// A unit that is none of ours, or ours in the wrong order: `5w`, `10min`, `12h1d`.
std::optional<NumberMistake> duration_like(std::string_view blob) {
    const std::size_t unit = blob.find_first_not_of(digits);
    const std::string_view tail = blob.substr(unit);
    constexpr std::array<std::string_view, 20> units = {
        "w",   "wk",   "weeks",  "week",    "day", "days", "hr",     "hrs",     "hour", "hours",
        "min", "mins", "minute", "minutes", "sec", "secs", "second", "seconds", "ms",   "y"};
    const bool is_unit = std::find(units.begin(), units.end(), tail) != units.end();
    const bool is_mix = blob.find_first_not_of("0123456789dhms") == std::string_view::npos;
    if (is_mix) {
        // d, h, m, s in this order, each once
        std::size_t last = 0;
        bool in_order = is_digit(blob.front()) && !is_digit(blob.back());
        for (std::size_t at = 0; at < blob.size(); ++at) {
            if (is_digit(blob[at])) continue;
            const std::size_t rank = std::string_view("dhms").find(blob[at]) + 1;
            in_order = in_order && rank > last && is_digit(blob[at - 1]);
            last = rank;
        }
        if (in_order) return std::nullopt;
    }
    if (!is_unit && !is_mix) return std::nullopt;
    return mistake(DiagnosticId::malformed_duration, blob,
                   "the units are `d`, `h`, `m`, `s`, each once and in this order: `1d12h`");
}

bool is_duration(std::string_view blob) {
    return is_letter(blob.back()) &&
           blob.find_first_not_of("0123456789dhms") == std::string_view::npos;
}

std::optional<NumberMistake> with_letters(std::string_view blob) {
    if (is_exponent(blob)) {
        return mistake(DiagnosticId::exponent, blob, "write its digits out: `1e3` is `1_000`");
    }
    const std::size_t letter = blob.find_first_not_of("0123456789._-");
    if (letter == std::string_view::npos || letter == 0) return std::nullopt;
    if (auto found = duration_like(blob)) return found;
    if (is_duration(blob)) return std::nullopt;
    const std::string_view tail = blob.substr(letter);
    if ((tail == "k" || tail == "K") && all_digits(blob.substr(0, letter))) {
        return mistake(DiagnosticId::malformed_number, blob,
                       fmt::format("write `{}_000`", blob.substr(0, letter)));
    }
    if (tail.size() == 3 && all_letters(tail)) {
        return mistake(DiagnosticId::money_without_blank, blob,
                       fmt::format("write `{} {}`", blob.substr(0, letter), capitals(tail)));
    }
    return mistake(DiagnosticId::malformed_number, blob,
                   "numbers are digits with an optional point, as `1_000` or `0.15`");
}

/// `31.12.2026` as `2026-12-31`; empty where the parts are no date.
std::string dotted_date(const std::vector<std::string_view>& parts) {
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), all_digits)) return {};
    const std::string day = zero_padded(parts[0], 2);
    const std::string month = zero_padded(parts[1], 2);
    const bool sized = day.size() == 2 && month.size() == 2 && parts[2].size() == 4;
    if (!sized || month > "12" || month == "00" || day > "31" || day == "00") return {};
    return fmt::format("{}-{}-{}", parts[2], month, day);
}

std::optional<NumberMistake> plain_number(std::string_view blob) {
    const std::string_view unsigned_blob = blob.front() == '-' ? blob.substr(1) : blob;
    const std::vector<std::string_view> parts = split(unsigned_blob, '.');
    if (unsigned_blob.front() == '.') {
        return mistake(DiagnosticId::leading_point, blob,
                       fmt::format("write `{}0{}`", blob.front() == '-' ? "-" : "", unsigned_blob));
    }
    if (parts.size() == 2 && parts[1].empty()) {
        return mistake(DiagnosticId::trailing_point, blob,
                       fmt::format("write `{}` or `{}0`", blob.substr(0, blob.size() - 1), blob));
    }
    if (const std::string date = dotted_date(parts); !date.empty()) {
        return mistake(DiagnosticId::malformed_date, blob, fmt::format("write `{}`", date));
    }
    if (parts.size() > 2) {
        const std::string plain = rule_number(blob);
        return mistake(
            DiagnosticId::malformed_number, blob,
            plain.empty() ? "a number has one point at most" : fmt::format("write `{}`", plain));
    }
    for (const std::string_view part : parts) {
        const bool misplaced =
            part.front() == '_' || part.back() == '_' || part.find("__") != std::string_view::npos;
        if (!misplaced) continue;
        std::string plain(blob);
        std::erase(plain, '_');
        return mistake(DiagnosticId::misplaced_underscore, blob, fmt::format("write `{}`", plain));
    }
    if (parts[0].size() > 1 && parts[0].front() == '0') {
        const std::size_t first = parts[0].find_first_not_of("0_");
        const std::string_view kept =
            first == std::string_view::npos ? "0" : parts[0].substr(first);
        const std::string_view fraction = unsigned_blob.substr(parts[0].size());
        return mistake(
            DiagnosticId::leading_zero, blob,
            fmt::format("write `{}{}{}`", blob.front() == '-' ? "-" : "", kept, fraction));
    }
    return std::nullopt;
}

/// `1`, `500`: one to three digits, then always three.
bool are_groups(const std::vector<std::string_view>& parts) {
    return parts.front().size() <= 3 &&
           std::all_of(parts.begin() + 1, parts.end(), [](auto part) { return part.size() == 3; });
}

/// Whether what stands behind the last sign is a fraction.
bool ends_in_fraction(std::string_view number, std::size_t last) {
    const char sign = number[last];
    if (sign == '\'' || number.find(sign) != last) return false;
    const bool other = number.substr(0, last).find_first_not_of(digits) != std::string_view::npos;
    return other || sign == '.' || number.size() - last - 1 != 3;
}

}  // namespace

std::string rule_number(std::string_view written, std::string_view group) {
    std::string result = written.starts_with('-') ? "-" : "";
    std::string_view number = written.substr(result.size());
    const std::size_t last = number.find_last_of(".,'");
    if (last == std::string_view::npos) return {};
    const bool one_point = last == number.find_first_of(".,'") && number[last] == '.';
    if (one_point || number.find_first_not_of("0123456789.,'") != std::string_view::npos) return {};
    std::string_view fraction;
    if (ends_in_fraction(number, last)) {
        fraction = number.substr(last + 1);
        number = number.substr(0, last);
    }
    const std::size_t sign = number.find_first_of(".,'");
    const std::vector<std::string_view> parts =
        split(number, sign == std::string_view::npos ? ',' : number[sign]);
    const bool whole = std::all_of(parts.begin(), parts.end(), all_digits);
    if (!whole || (parts.size() > 1 && !are_groups(parts))) return {};
    for (const std::string_view part : parts) {
        if (part.data() != parts.front().data()) result += group;
        result += part;
    }
    if (fraction.data() == nullptr) return result;
    return all_digits(fraction) ? fmt::format("{}.{}", result, fraction) : std::string();
}

std::optional<NumberMistake> number_mistake(std::string_view rest) {
    if (auto found = with_commas(rest)) return found;
    const Token token = token_at(rest, 0);
    if (token.kind != TokenKind::number) return std::nullopt;
    const std::string_view blob = rest.substr(0, token.end);
    if (auto found = dated(blob)) return found;
    const std::string_view date = blob.substr(0, 10);
    const bool is_dated = blob.size() >= 10 && date[4] == '-' && date[7] == '-';
    if (is_dated) return std::nullopt;
    if (auto found = clock_alone(blob)) return found;
    if (is_exponent(blob)) return with_letters(blob);
    if (auto found = glued_minus(blob)) return found;
    if (blob.find_first_not_of("0123456789._-") != std::string_view::npos) {
        return with_letters(blob);
    }
    return plain_number(blob);
}

}  // namespace proviso::grammar
