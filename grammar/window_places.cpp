// Windows as people write them: hours without minutes, days joined by words, a zone without `in`.
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

std::string at_number(const MistakeReporter& mistake) {
    const std::string_view text = mistake.stop().text;
    const std::uint32_t where = mistake.here().begin;
    const Token last = mistake.before().last[0];
    if (mistake.stop().wanted == "`..`") return hours_help(text.substr(hours_begin(text, where)));
    if (mistake.stop().wanted == "an hour such as `17:00`") {
        std::string_view rest = text.substr(where);
        const auto hour = take_hour(rest);
        return hour ? fmt::format("write `{}`", *hour) : std::string();
    }
    if (mistake.stop().slot != Slot::statement_end || last.kind != TokenKind::word) return {};
    const bool one_figure = text.substr(where + 1, 1) == ":";  // has a message of its own
    if (one_figure) return {};
    if (is_weekday(mistake.text_of(last))) return hours_help(text.substr(where));
    const auto hours = hours_at(text.substr(where));
    return hours ? fmt::format("hours follow their days: `mon..fri {}`", *hours) : std::string();
}

std::string at_word(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view before = mistake.text_before(1);
    if (mistake.stop().wanted == "`..`" && mistake.before().last[0].kind == TokenKind::number) {
        return hours_help(mistake.stop().text.substr(mistake.before().last[0].begin));
    }
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

}  // namespace

std::string help_in_window(const MistakeReporter& mistake) {
    const Token here = mistake.here();
    if (here.kind == TokenKind::number) return at_number(mistake);
    if (here.kind == TokenKind::word) return at_word(mistake);
    if (here.kind == TokenKind::string && mistake.stop().slot == Slot::statement_end) {
        return fmt::format("write `in {}`", mistake.shown(here));
    }
    return {};
}

}  // namespace proviso::grammar
