// A diagnostic as people read it in a terminal:
//
//     error[P0222]: `=` does not compare
//       --> support.proviso:12:10
//        |
//     12 |     when a = b
//        |            ^
//     help: write `==`
//
// The underline is measured in terminal cells: tabs become four blanks, wide characters take two
// cells, combining ones none. A long line is cut round the span, so that a file of one line does
// not fill the screen. Covered by tests/unit/grammar/render_test.cpp.
#include <algorithm>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "grammar/diagnostic.h"

namespace proviso::grammar {
namespace {

constexpr std::size_t widest_line = 160;  // cells
constexpr std::size_t cells_before_span = 60;
constexpr std::size_t tab_cells = 4;

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
};

/// Lenient: a byte that starts no code point is one of its own.
CodePoint decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3FU); };
    const unsigned char lead = byte(0);
    if (lead >= 0xC2 && lead < 0xE0 && text.size() > 1) {
        return {(static_cast<char32_t>(lead & 0x1FU) << 6) | tail(1), 2};
    }
    if (lead >= 0xE0 && lead < 0xF0 && text.size() > 2) {
        return {(static_cast<char32_t>(lead & 0x0FU) << 12) | (tail(1) << 6) | tail(2), 3};
    }
    if (lead >= 0xF0 && lead < 0xF5 && text.size() > 3) {
        const char32_t high = static_cast<char32_t>(lead & 0x07U) << 18;
        return {high | (tail(1) << 12) | (tail(2) << 6) | tail(3), 4};
    }
    return {lead < 0x80 ? static_cast<char32_t>(lead) : U'\uFFFD', 1};
}

struct CellRange {
    char32_t first;
    char32_t last;
    std::size_t cells;
};

// The blocks that matter in practice: combining marks and invisible signs, then East Asian wide
// characters and emoji (Unicode's EastAsianWidth W and F, joined generously).
constexpr CellRange special_cells[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x0610, 0x061A, 0},
    {0x064B, 0x065F, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},
    {0x200B, 0x200F, 0},   {0x202A, 0x202E, 0},   {0x2060, 0x2069, 0},   {0x20D0, 0x20FF, 0},
    {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},   {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},
    {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},
    {0xFEFF, 0xFEFF, 0},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
    {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0},
};

std::size_t cells_of(char32_t code_point) {
    for (const CellRange& range : special_cells) {
        if (code_point < range.first) break;
        if (code_point <= range.last) return range.cells;
    }
    return 1;
}

/// Bidirectional marks and control characters would lie about the line, and bytes that are no
/// text would break the output: shown as U+FFFD.
bool is_shown(const CodePoint& point) {
    const char32_t code_point = point.value;
    if (code_point == U'\uFFFD' && point.bytes == 1) return false;
    const bool bidi = (code_point >= 0x202A && code_point <= 0x202E) ||
                      (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x200E ||
                      code_point == 0x200F || code_point == 0x061C;
    return code_point >= 0x20 && code_point != 0x7F && !bidi;
}

/// One line of source with a stretch of it to underline, in bytes of the line.
struct Excerpt {
    std::string text;  // as shown
    std::size_t from_cell = 0;
    std::size_t to_cell = 0;
};

/// The byte at which the cut begins so that the span's start stays in sight.
std::size_t cut_begin(std::string_view line, std::size_t from) {
    if (line.size() <= widest_line || from <= cells_before_span) return 0;
    std::size_t begin = from - cells_before_span;
    while (begin < from && (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U) ++begin;
    return begin;
}

Excerpt excerpt(std::string_view line, std::size_t from, std::size_t to) {
    Excerpt shown;
    std::size_t at = cut_begin(line, from);
    std::size_t cells = 0;
    if (at > 0) shown.text = "...";
    cells = shown.text.size();
    for (; at < line.size() && cells < widest_line;) {
        const CodePoint point = decode(line.substr(at));
        if (at <= from) shown.from_cell = cells;
        if (point.value == U'\t') {
            shown.text.append(tab_cells, ' ');
            cells += tab_cells;
        } else if (is_shown(point)) {
            shown.text.append(line.substr(at, point.bytes));
            cells += cells_of(point.value);
        } else {
            shown.text.append("\xEF\xBF\xBD");
            cells += 1;
        }
        at += point.bytes;
        if (at <= to) shown.to_cell = cells;
    }
    if (from >= line.size()) shown.from_cell = cells;
    if (to > at) shown.to_cell = cells;
    if (at < line.size()) shown.text += "...";
    shown.to_cell = std::max(shown.to_cell, shown.from_cell + 1);
    return shown;
}

struct Palette {
    std::string_view error, warning, accent, bold, reset;
};

constexpr Palette plain{"", "", "", "", ""};
constexpr Palette coloured{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};

class Renderer {
  public:
    Renderer(const SourceMap& sources, const Palette& palette)
        : sources_(sources),
          palette_(palette) {}

    void diagnostic(const Diagnostic& entry) {
        const DiagnosticInfo& row = info(entry.id);
        const bool is_error = row.severity == Severity::error;
        heading(is_error ? palette_.error : palette_.warning, is_error ? "error" : "warning",
                row.code, entry.message);
        place(entry.span);
        if (!entry.help.empty()) line_of_text("help", entry.help);
        for (const Note& note : entry.notes) {
            line_of_text("note", note.text);
            place(note.span);
        }
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    template <typename... Arguments>
    void print(fmt::format_string<Arguments...> pattern, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(out_), pattern, std::forward<Arguments>(arguments)...);
    }

    void heading(std::string_view colour, std::string_view word, std::string_view code,
                 std::string_view message) {
        print("{}{}[{}]{}{}: {}{}\n", colour, word, code, palette_.reset, palette_.bold, message,
              palette_.reset);
    }

    void line_of_text(std::string_view label, std::string_view text) {
        print("{}{}{}: {}\n", palette_.accent, label, palette_.reset, text);
    }

    void place(Span span) {
        const Position at = sources_.position(span.source, span.begin);
        const std::string_view line = sources_.line(span.source, span.begin);
        const std::string& text = sources_.file(span.source).text;
        const auto line_begin = static_cast<std::size_t>(line.data() - text.data());
        const std::size_t from = std::min<std::size_t>(span.begin - line_begin, line.size());
        const std::size_t to = std::clamp<std::size_t>(span.end - line_begin, from, line.size());
        const Excerpt shown = excerpt(line, from, to);
        const std::string number = std::to_string(at.line);
        const std::string_view bar_colour = palette_.accent;
        const std::string_view reset = palette_.reset;
        print("{}{:>{}}-->{} {}:{}:{}\n", bar_colour, "", number.size(), reset,
              sources_.file(span.source).name, at.line, at.column);
        print("{}{:>{}} |{}\n", bar_colour, "", number.size(), reset);
        print("{}{} |{} {}\n", bar_colour, number, reset, shown.text);
        print("{}{:>{}} |{} {:>{}}{}{:^>{}}{}\n", bar_colour, "", number.size(), reset, "",
              shown.from_cell, palette_.error, "", shown.to_cell - shown.from_cell, reset);
    }

    const SourceMap& sources_;
    const Palette& palette_;
    std::string out_;
};

}  // namespace

std::string render_text(const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                        RenderOptions options) {
    Renderer renderer(sources, options.colour ? coloured : plain);
    for (const Diagnostic& entry : diagnostics) renderer.diagnostic(entry);
    return renderer.take();
}

}  // namespace proviso::grammar
