// The lines that the formatter writes. Tokens go onto the line that is open; comments keep their
// places: one that stood behind a token ends its line, one above a token has lines of its own.
//
// Covered by tests/golden/format/comments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/format_tokens.h"

namespace proviso::grammar::formatting {

inline constexpr std::size_t widest_line = 100;  // cells
inline constexpr std::size_t step = 4;           // blanks of indentation

/// Which of the author's blank lines stay: none, those below the first line, or all.
enum class Blanks : std::uint8_t { none, inner, all };

class Writer {
  public:
    explicit Writer(const Tokens& tokens);

    const Tokens& tokens;

    /// Starts a line, with a blank one before it if asked for.
    void newline(std::size_t indent, bool blank = false);
    /// Starts a line for token i, below the comments above it.
    void start_line(std::size_t i, std::size_t indent, Blanks blanks = Blanks::none);
    /// Writes the comments above token i, each on a line.
    void comments_above(std::size_t i, std::size_t indent, Blanks blanks);

    /// A comment on the line that has been started for it.
    void put_comment(std::string_view text);
    /// The comments above token i have been written otherwise.
    void comments_are_done(std::size_t i) { comments_done_[i] = true; }

    void put(std::size_t i);
    void put(std::size_t begin, std::size_t end);
    /// Leaves a comma out, but not the comment behind it.
    void skip(std::size_t comma);

    /// Has token i begin in this column at the earliest, wherever it is put.
    void align(std::size_t i, std::size_t column) { columns_[i] = column; }
    [[nodiscard]] std::size_t column() const;
    /// Whether [begin, end) and `more` cells behind it fit onto the line, without a comment within.
    [[nodiscard]] bool fits(std::size_t begin, std::size_t end, std::size_t more = 0) const;

    [[nodiscard]] std::string take();

  private:
    struct Line {
        std::size_t indent = 0;
        bool blank_before = false;
        std::string text;
        std::size_t cells = 0;
        std::string_view comment;
    };

    void push(std::string_view text, std::size_t cells);
    void align_comments();

    std::vector<Line> lines_;
    std::vector<std::size_t> columns_;
    std::vector<bool> comments_done_;
    std::size_t hang_ = 0;  // where what a comment has pushed to the next line begins
};

}  // namespace proviso::grammar::formatting
