// Windows as people write them: hours without minutes, days joined by words, a zone without `in`.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "grammar/place_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

bool is_clock_figure(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Reads `9`, `09`, `9:30`, `9am`, `5 pm` off the front and gives it as `09:00`.
std::optional<std::string> take_hour(std::string_view& text) {
    int hour = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 2 && is_clock_figure(text[at]); ++at) {
        hour = hour * 10 + (text[at] - '0');
    }
    if (at == 0) return std::nullopt;
    std::string minutes = "00";
    if (at + 2 < text.size() && text[at] == ':' && is_clock_figure(text[at + 1]) &&
        is_clock_figure(text[at + 2])) {
        minutes = text.substr(at + 1, 2);
        at += 3;
    }
    text.remove_prefix(at);
    std::string_view half = text;
    while (half.starts_with(' ')) half.remove_prefix(1);
    const bool afternoon = half.starts_with("pm") || half.starts_with("PM");
    if (afternoon || half.starts_with("am") || half.starts_with("AM")) {
        if (hour > 12) return std::nullopt;
        hour = hour % 12 + (afternoon ? 12 : 0);
        text = half.substr(2);
    }
    if (hour > 24 || (!text.empty() && (is_of(text[0], name_byte)))) return std::nullopt;
    return fmt::format("{:02}:{}", hour, minutes);
}

bool take_range_mark(std::string_view& text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    for (const std::string_view mark : {"..", "-", "\xE2\x80\x93", "to ", "until "}) {
        if (!text.starts_with(mark)) continue;
        text.remove_prefix(mark.size());
        while (text.starts_with(' ')) text.remove_prefix(1);
        return true;
    }
    return false;
}

/// `9..17`, `9am-5pm` as `09:00..17:00`; nothing where no hours stand there.
std::optional<std::string> hours_at(std::string_view text) {
    const auto from = take_hour(text);
    if (!from || !take_range_mark(text)) return std::nullopt;
    const auto to = take_hour(text);
    if (!to) return std::nullopt;
    return *from + ".." + *to;
}

/// Where the hours begin that a parse stopped in: `09:00-17:00` stops at its minus.
std::size_t hours_begin(std::string_view text, std::size_t where) {
    while (where > 0 && (is_clock_figure(text[where - 1]) || text[where - 1] == ':')) --where;
    return where;
}

std::string hours_help(std::string_view text) {
    const auto hours = hours_at(text);
    return hours ? fmt::format("hours are written `{}`", *hours) : std::string();
}

constexpr std::string_view month_help =
    "of a month a window has the first and the last workdays, as `last 3 workdays of month`; "
    "other days are dates, as `2026-12-29..2026-12-31`";

/// `28..31`, `28. of month`, `24/12/2026` where a part of a window starts.
std::string figure_as_part(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    std::size_t end = 0;
    while (end < line.size() && is_clock_figure(line[end])) ++end;
    if (line.substr(end, 1) == ":") return {};  // hours, which have a message of their own
    if (line.substr(end, 1) == "/") return "write year, month, day: `2026-12-20`";
    if (end > 2) return {};
    if (line.find(" month") != std::string_view::npos) return std::string(month_help);
    if (const auto hours = hours_at(line)) {
        return fmt::format("hours follow their days: `mon..sun {}`", *hours);
    }
    const bool range = line.substr(end).starts_with("..") || line.substr(end).starts_with(" ..");
    return range ? std::string(month_help) : std::string();
}

std::string at_number(const MistakeReporter& mistake) {
    const std::string_view text = mistake.stop().text;
    const std::uint32_t where = mistake.here().begin;
    const Token last = mistake.before().last[0];
    if (mistake.stop().slot == Slot::window_part) return figure_as_part(text.substr(where));
    if (mistake.stop().wanted == "`..`") return hours_help(text.substr(hours_begin(text, where)));
    if (mistake.stop().wanted == "an hour such as `17:00`") {
        std::string_view rest = text.substr(where);
        const auto hour = take_hour(rest);
        return hour ? fmt::format("write `{}`", *hour) : std::string();
    }
    if (mistake.stop().slot != Slot::statement_end || last.kind != TokenKind::word) return {};
    const bool one_figure = text.substr(where + 1, 1) == ":";  // has a message of its own
    if (one_figure && text.substr(where, mistake.here().end - where).find('-') == std::string::npos)
        return {};
    if (is_weekday(mistake.text_of(last))) return hours_help(text.substr(where));
    const auto hours = hours_at(text.substr(where));
    return hours ? fmt::format("hours follow their days: `mon..fri {}`", *hours) : std::string();
}

/// `last 3 days of month`, `last workday of month`, `end of month`, `month end`.
std::string in_month(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view before = mistake.text_before(1);
    if (mistake.stop().wanted == "`workdays`") {
        if (!is_one_of(found, "workday", "business", "working", "bank")) {
            return std::string(month_help);
        }
        return fmt::format("write `{} {} workdays of month`", mistake.text_before(2), before);
    }
    if (mistake.stop().slot != Slot::statement_end) return {};
    const bool marked = is_one_of(before, "first", "last");
    if (marked && is_one_of(found, "workday", "workdays", "business", "working")) {
        return fmt::format("write `{} 1 workdays of month`", before);
    }
    const bool month = is_one_of(before, "month", "end", "start", "beginning") &&
                       is_one_of(found, "of", "end", "start");
    return marked || month ? std::string(month_help) : std::string();
}

/// From `first` to `last` without these two: `sat`, `sat..sun`; empty where none lies between.
std::string days_between(std::string_view first, std::string_view last) {
    const auto place = [&](std::string_view day) {
        return static_cast<std::size_t>(std::find(weekdays.begin(), weekdays.end(), day) -
                                        weekdays.begin());
    };
    const std::size_t from = place(first) + 1;
    const std::size_t between = (place(last) + weekdays.size() - from) % weekdays.size();
    if (between == 0) return {};
    const std::string_view one = weekdays[from % weekdays.size()];
    if (between == 1) return std::string(one);
    return fmt::format("{}..{}", one, weekdays[(from + between - 1) % weekdays.size()]);
}

std::string_view without_blanks_behind(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// `fri 17:00..mon 09:00`: hours are those of one day, so that it has as many parts.
std::string over_days(const MistakeReporter& mistake) {
    const std::string_view last = weekday_meant(mistake.text_of(mistake.here()));
    std::string_view text = mistake.stop().text.substr(0, mistake.here().begin);
    text = without_blanks_behind(text);
    if (last.empty() || !text.ends_with("..")) return {};
    text.remove_suffix(2);
    text = without_blanks_behind(text);
    const std::size_t begin = hours_begin(text, text.size());
    const std::string_view opens = text.substr(begin);
    text = without_blanks_behind(text.substr(0, begin));
    const std::size_t blank = text.find_last_of(" ,.");
    const std::string_view first =
        weekday_meant(blank == std::string_view::npos ? text : text.substr(blank + 1));
    std::string_view rest =
        mistake.stop().text.substr(skip_layout(mistake.stop().text, mistake.here().end));
    const auto closes = take_hour(rest);
    if (first.empty() || first == last || !closes) return {};
    const std::string between = days_between(first, last);
    return fmt::format("hours are those of one day: `{} {}..24:00, {}{}{} 00:00..{}`", first, opens,
                       between, between.empty() ? "" : ", ", last, *closes);
}

std::string at_word(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view before = mistake.text_before(1);
    if (mistake.stop().wanted == "`..`" && mistake.before().last[0].kind == TokenKind::number) {
        return hours_help(mistake.stop().text.substr(mistake.before().last[0].begin));
    }
    if (std::string help = in_month(mistake); !help.empty()) return help;
    if (mistake.stop().wanted == "an hour such as `17:00`") return over_days(mistake);
    if (mistake.stop().slot != Slot::statement_end) return {};
    const std::string_view behind = mistake.text_of(token_behind(mistake));
    if (is_weekday(before) && is_weekday(behind) &&
        is_one_of(found, "to", "through", "thru", "until", "till")) {
        return fmt::format("days from one to another are `{}..{}`", before, behind);
    }
    if (is_one_of(found, "from", "between", "at")) {
        return "hours follow the days: `mon..fri 09:00..17:00`";
    }
    if (is_one_of(found, "and", "or")) return "join the parts of a window with `,`";
    return {};
}

/// `Mo..Fr`, `Mo-Fr`, `Mo, Di`: the stop is behind the first, which was read as a window's name.
std::string days_by_habit(const MistakeReporter& mistake) {
    if (mistake.stop().slot != Slot::statement_end) return {};
    const Token here = mistake.here();
    const std::string_view first = weekday_meant(mistake.text_before(1));
    if (first.empty() || mistake.before().last[0].kind != TokenKind::word) return {};
    const bool dash = mistake.text_of(here) == "\xE2\x80\x93";
    const bool range = mistake.text_of(here) == ".." || dash;
    const std::string_view last = weekday_meant(mistake.text_of(token_behind(mistake)));
    if (range) {
        return last.empty() ? fmt::format("write `{}`", first)
                            : fmt::format("days from one to another are `{}..{}`", first, last);
    }
    const bool named = !is_weekday(mistake.text_before(1));
    return named && here.kind == TokenKind::number ? fmt::format("write `{}`", first)
                                                   : std::string();
}

}  // namespace

std::string help_in_window(const MistakeReporter& mistake) {
    const Token here = mistake.here();
    if (std::string help = days_by_habit(mistake); !help.empty()) return help;
    if (here.kind == TokenKind::number) return at_number(mistake);
    const bool dash = mistake.text_of(here) == "\xE2\x80\x93";
    if (dash && mistake.stop().wanted == "`..`") return at_number(mistake);
    if (here.kind == TokenKind::word) return at_word(mistake);
    if (here.kind == TokenKind::string && mistake.stop().slot == Slot::statement_end) {
        return fmt::format("write `in {}`", mistake.shown(here));
    }
    return {};
}

}  // namespace proviso::grammar
