// Covered by tests/cli/progress_test.cpp and, on a pseudo-terminal, tests/cli/terminal_test.py.
#include "cli/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "cli/text.h"

namespace proviso::cli {
namespace {

constexpr std::size_t bar_cells = 24;

std::uint64_t rounded(double number) {
    return number > 0 ? static_cast<std::uint64_t>(std::llround(number)) : 0;
}

/// Three digits are all that a changing figure needs: 812,345 reads 812,000.
std::uint64_t to_three_digits(std::uint64_t count) {
    std::uint64_t unit = 1;
    while (count / unit >= 1000) unit *= 10;
    return count / unit * unit;
}

double share_read(const simulator::Progress& progress) {
    if (progress.bytes_total == 0) return 0;
    const double share =
        static_cast<double>(progress.bytes_read) / static_cast<double>(progress.bytes_total);
    return std::clamp(share, 0.0, 1.0);
}

std::string bar(double share) {
    const auto full = static_cast<std::size_t>(share * static_cast<double>(bar_cells));
    return fmt::format("[{:#<{}}{:-<{}}] {:>3}%  ", "", full, "", bar_cells - full,
                       static_cast<int>(share * 100));
}

}  // namespace

std::string progress_line(const simulator::Progress& progress, std::size_t width) {
    std::string line;
    if (progress.bytes_total > 0) line = bar(share_read(progress));
    if (progress.sorting) line += "sorting: ";
    line += fmt::format("{} lines", count_text(progress.lines));
    if (progress.lines_per_second > 0) {
        line +=
            fmt::format("  {}/s", count_text(to_three_digits(rounded(progress.lines_per_second))));
    }
    if (progress.seconds_left.has_value()) {
        const auto left = static_cast<std::int64_t>(rounded(*progress.seconds_left));
        line += fmt::format("  {} left", duration_text(left));
    }
    return line.size() > width ? line.substr(0, width) : line;
}

ProgressBar::~ProgressBar() {
    clear();
}

void ProgressBar::show(const simulator::Progress& progress) noexcept {
    if (!err_.is_terminal()) return;
    try {
        // One cell less: a full line would wrap and leave its copies behind.
        err_.write("\r" + progress_line(progress, err_.width() - 1) + "\x1b[K");
        err_.flush();
        drawn_ = true;
    } catch (...) {
        drawn_ = false;
    }
}

void ProgressBar::clear() noexcept {
    if (!drawn_) return;
    drawn_ = false;
    try {
        err_.write("\r\x1b[K");
        err_.flush();
    } catch (...) {
        return;
    }
}

}  // namespace proviso::cli
