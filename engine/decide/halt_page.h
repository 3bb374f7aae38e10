// How processes that share a store learn of a halt without asking the system: one page of memory,
// mapped from a small file beside the store, that holds a number. Whoever changes a halt raises it
// before and after; a decision compares the number with the one that it knows, which costs a read.
// The halts themselves are in the store, and are read again when the number has changed.
//
// The alternatives: asking the database costs several system calls a decision; a thread that polls
// is a clock in the engine, and is late. Should a process die between its commit and the second
// raise, the next step of any other that sees the store's own epoch raises the number in its place.
//
// Covered by tests/unit/engine/decide/store_processes_test.cpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace proviso::decide {

class HaltPage {
  public:
    HaltPage() = default;
    ~HaltPage();
    HaltPage(const HaltPage&) = delete;
    HaltPage& operator=(const HaltPage&) = delete;

    /// Maps `path`, which is made where there is none, as readable as `like`. Empty, or why not.
    [[nodiscard]] std::string open(const std::string& path, const std::string& like);
    /// Never 0.
    [[nodiscard]] const std::atomic<std::uint64_t>& epoch() const { return page_->epoch; }
    void raise() { page_->epoch.fetch_add(1, std::memory_order_acq_rel); }

  private:
    struct Page {
        std::atomic<std::uint64_t> magic;
        std::atomic<std::uint64_t> epoch;
    };
    static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
    Page* page_ = nullptr;
};

}  // namespace proviso::decide
