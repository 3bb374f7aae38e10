// The progress of a replay in one line that is written over: how far, how fast, how long still.
//
//     [##########----------]  52%  1,234,567 lines  812,000/s  3s left
#pragma once

#include <cstddef>
#include <string>

#include "cli/terminal.h"
#include "simulator/history/progress.h"

namespace proviso::cli {

/// One line of at most `width` cells; no escape codes.
[[nodiscard]] std::string progress_line(const simulator::Progress& progress, std::size_t width);

/// Draws on a terminal; silent on anything else. Takes its line away when it goes.
class ProgressBar {
  public:
    explicit ProgressBar(Output& err) : err_(err) {}
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// Not from two threads at once. Never throws: a bar that cannot be drawn stops nothing.
    void show(const simulator::Progress& progress) noexcept;
    void clear() noexcept;

  private:
    Output& err_;
    bool drawn_ = false;
};

}  // namespace proviso::cli
