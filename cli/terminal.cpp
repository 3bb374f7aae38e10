// The POSIX part: is it a terminal, how wide, did the write arrive. Covered by
// tests/cli/terminal_test.py, which runs the program in a pseudo-terminal.
#include "cli/terminal.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/exit_code.h"

namespace proviso::cli {
namespace {

constexpr std::size_t usual_width = 80;
constexpr std::size_t narrowest = 40;  // below it wrapping helps nobody

bool environment_says(const char* variable, std::string_view value) {
    const char* set = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread so far
    return set != nullptr && value == set;
}

bool environment_has(const char* variable) {
    const char* set = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread so far
    return set != nullptr && *set != '\0';
}

std::string_view code_of(Style style) {
    switch (style) {
        case Style::plain: return "";
        case Style::bold: return "\x1b[1m";
        case Style::dim: return "\x1b[2m";
        case Style::green: return "\x1b[1;32m";
        case Style::cyan: return "\x1b[1;36m";
        case Style::yellow: return "\x1b[1;33m";
        case Style::red: return "\x1b[1;31m";
    }
    return "";
}

}  // namespace

Output::Output(std::FILE* file) : file_(file), terminal_(isatty(fileno(file)) == 1) {}

void Output::choose_colour(ColourChoice choice) {
    switch (choice) {
        case ColourChoice::always: colour_ = true; return;
        case ColourChoice::never: colour_ = false; return;
        case ColourChoice::automatic:
            colour_ =
                terminal_ && !environment_has("NO_COLOR") && !environment_says("TERM", "dumb");
            return;
    }
}

void Output::write(std::string_view text) {
    if (text.empty()) return;
    check(std::fwrite(text.data(), 1, text.size(), file_) == text.size());
}

void Output::line(std::string_view text) {
    write(text);
    write("\n");
}

void Output::flush() {
    check(std::fflush(file_) == 0);
}

void Output::check(bool written) const {
    if (written) return;
    const int error = errno;
    if (error == EPIPE) throw ClosedPipe{};
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the program is about to end
    fail(fmt::format("cannot write the output: {}", std::strerror(error)));
}

std::string Output::styled(Style style, std::string_view text) const {
    if (!colour_ || style == Style::plain) return std::string(text);
    return fmt::format("{}{}\x1b[0m", code_of(style), text);
}

std::size_t Output::width() const {
    if (!terminal_) return 0;
    winsize size{};
    if (ioctl(fileno(file_), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
    return size.ws_col < narrowest ? narrowest : size.ws_col;
}

bool stdin_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

void ignore_closed_pipes() {
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace proviso::cli
