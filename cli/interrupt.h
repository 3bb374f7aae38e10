// Ctrl-C as a flag: a long run ends in order and says what it had by then.
#pragma once

#include <atomic>

namespace proviso::cli {

/// While it lives, SIGINT and SIGTERM set a flag. A second one ends the program at once. One at a
/// time.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] const std::atomic<bool>& flag() const noexcept;
    [[nodiscard]] bool came() const noexcept { return flag().load(); }
};

}  // namespace proviso::cli
