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
#include <iterator>

#include <fmt/format.h>

#include "grammar/cells.h"
#include "grammar/diagnostic.h"

namespace proviso::grammar {
namespace {

constexpr std::size_t widest_line = 160;  // cells
constexpr std::size_t cells_before_span = 60;
constexpr std::size_t tab_cells = 4;

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
