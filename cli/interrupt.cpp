// The flag is the one global of the program: a signal handler can reach nothing else. Covered by
// tests/cli/simulate_test.py, which interrupts a real run.
#include "cli/interrupt.h"

#include <csignal>

namespace proviso::cli {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set from a signal handler");

void on_signal(int signal) {
    interrupted.store(true);
    std::signal(signal, SIG_DFL);  // the second one is not asked twice
}

}  // namespace

Interrupt::Interrupt() {
    interrupted.store(false);
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& Interrupt::flag() const noexcept {
    return interrupted;
}

}  // namespace proviso::cli
