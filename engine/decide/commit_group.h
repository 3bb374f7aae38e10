// Steps of several threads that one commit keeps.
//
// A commit that is written through to the disk takes longer than all else of a step. So a step that
// is done, while another thread waits for the connection, leaves its writes in the transaction to
// that one; who finds nobody waiting commits for all, and only then is any of them answered. A step
// that fails is taken back to its savepoint and the others stay; where the commit fails, or SQLite
// ends the transaction, none of them was kept and each is told so.
//
// Whatever is no step that writes ends the group before it begins: it sees what is kept, no more.
// Covered by tests/unit/engine/decide/store_groups_threads_test.cpp and
// store_steps_threads_test.cpp.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/decide/sqlite_statements.h"

namespace proviso::decide {

class CommitGroup {
  public:
    /// Another process waits for so many steps at most.
    static constexpr std::size_t most_steps = 64;

    CommitGroup(Database& database, Statements& statements)
        : database_(database),
          sql_(statements) {
        members_.reserve(most_steps);
    }
    /// Whether a thread waits to begin a step that writes.
    [[nodiscard]] bool is_awaited() const { return waiting_.load() > 0; }

    /// Keeps the connection to one thread, with no transaction under way; one that it begins and
    /// does not commit is rolled back.
    class Alone {
      public:
        explicit Alone(CommitGroup& group) : group_(group), lock_(group.mutex_) { group.finish(); }
        ~Alone() { group_.finish(); }
        Alone(const Alone&) = delete;
        Alone& operator=(const Alone&) = delete;

      private:
        CommitGroup& group_;
        std::unique_lock<std::mutex> lock_;
    };

    /// One step that writes; it keeps the connection to its thread until it ends. Ends without a
    /// trace where it is not kept.
    class Member {
      public:
        explicit Member(CommitGroup& group) : group_(group) {}
        ~Member() { drop(); }
        Member(const Member&) = delete;
        Member& operator=(const Member&) = delete;

        /// Waits for the connection and begins: before anything else.
        [[nodiscard]] Fault begin();
        /// Returns when the writes are committed, or are not and never will be. The connection may
        /// be another thread's then.
        [[nodiscard]] Fault keep();

      private:
        friend class CommitGroup;
        void drop();

        CommitGroup& group_;
        std::unique_lock<std::mutex> lock_;
        bool under_way_ = false;
        bool has_savepoint_ = false;
        std::optional<Fault> answer_;  // under the group's answers_mutex_
    };

  private:
    [[nodiscard]] bool has_members() const { return !members_.empty(); }
    /// Commits what members left, and rolls back where there are none.
    void finish();
    void answer(Fault fault);
    /// SQLite may have ended the transaction after a fault.
    void answer_if_lost(Fault fault);

    Database& database_;
    Statements& sql_;
    std::mutex mutex_;
    std::atomic<unsigned> waiting_ = 0;
    std::vector<Member*> members_;  // whose writes are in the open transaction
    // They wait without the connection, or they could not be the next group while one is written.
    std::mutex answers_mutex_;
    std::condition_variable answered_;
};

}  // namespace proviso::decide
