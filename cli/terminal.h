// Where the program writes to: knows whether to colour, how wide the reader's screen is, and
// whether anybody still reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace proviso::cli {

enum class ColourChoice : std::uint8_t { automatic, always, never };

enum class Style : std::uint8_t { plain, bold, dim, green, cyan, yellow, red };

/// Thrown by Output where the reader has gone; main ends quietly with ExitCode::closed_pipe.
struct ClosedPipe {};

class Output {
  public:
    explicit Output(std::FILE* file);

    /// `automatic`: colour on a terminal that is not dumb, unless NO_COLOR is set and not empty.
    void choose_colour(ColourChoice choice);

    /// Throws ClosedPipe, or Failure where the text cannot be written (a full disk).
    void write(std::string_view text);
    void line(std::string_view text = {});
    void flush();

    /// The text between the codes of a style; the text alone where there is no colour.
    [[nodiscard]] std::string styled(Style style, std::string_view text) const;

    [[nodiscard]] bool is_terminal() const noexcept { return terminal_; }
    [[nodiscard]] bool colour() const noexcept { return colour_; }
    /// Cells of a line as the terminal is now; 0 where the output is no terminal: nothing wraps.
    [[nodiscard]] std::size_t width() const;

  private:
    void check(bool written) const;

    std::FILE* file_;
    bool terminal_;
    bool colour_ = false;
};

/// Whether the program's input is typed by a person.
[[nodiscard]] bool stdin_is_terminal();

/// Makes a write to a closed pipe an error that `Output` sees, not a signal that ends the program.
void ignore_closed_pipes();

}  // namespace proviso::cli
