// Steps of several threads that one commit of a file keeps: all of them or none, one by one undone.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/decide/commit_group.h"
#include "engine/decide/sqlite_schema.h"
#include "tests/unit/engine/decide/store_kinds.h"

namespace proviso::decide {
namespace {

/// A connection as a store has it, and what tests ask it.
struct Connection {
    explicit Connection(const std::string& path) : sql(database), group(database, sql) {
        REQUIRE(database.open(path).empty());
        REQUIRE(database.run("PRAGMA journal_mode = WAL") == Fault::none);
        REQUIRE(prepare_schema(database).empty());
        REQUIRE(database.run("CREATE TABLE IF NOT EXISTS one (n INTEGER)") == Fault::none);
    }
    std::int64_t count() {
        Fault fault = Fault::none;
        const std::int64_t found = database.number("SELECT count(*) FROM one", fault);
        return fault == Fault::none ? found : -1;
    }

    Database database;
    Statements sql;
    CommitGroup group;
};

/// Threads that wait for the connection while `first` has it, and then each do `next`.
template <class First, class Next>
void contend(int threads, const First& first, const Next& next) {
    std::atomic<bool> held{false};
    std::vector<std::thread> others;
    std::thread holder([&] { first(held); });
    while (!held) std::this_thread::yield();
    for (int i = 0; i < threads; ++i) others.emplace_back([&, i] { next(i); });
    holder.join();
    for (std::thread& other : others) other.join();
}

TEST_CASE("threads that wait join one transaction, and each is answered when it is kept") {
    const TemporaryFolder folder;
    Connection ours(folder.file("store"));
    Connection other(folder.file("store"));
    std::atomic<int> kept{0};
    std::atomic<int> seen{0};
    const auto step = [&](int) {
        CommitGroup::Member member(ours.group);
        if (member.begin() != Fault::none) return;
        if (ours.database.run("INSERT INTO one VALUES (1)") != Fault::none) return;
        if (member.keep() == Fault::none) ++kept;
    };
    for (int round = 0; round < 50; ++round) {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) threads.emplace_back(step, i);
        for (std::thread& thread : threads) thread.join();
        seen = static_cast<int>(other.count());
        REQUIRE(seen == kept);
    }
    CHECK(kept == 200);
}

TEST_CASE("a step that ends without being kept takes nothing of the others with it") {
    const TemporaryFolder folder;
    Connection ours(folder.file("store"));
    std::atomic<int> kept{0};
    std::atomic<int> dropped{0};
    const auto many = [&](int thread) {
        for (int i = 0; i < 50; ++i) {
            CommitGroup::Member member(ours.group);
            if (member.begin() != Fault::none) return;
            const bool drops = (i + thread) % 3 == 0;
            if (ours.database.run(drops ? "INSERT INTO one VALUES (0)"
                                        : "INSERT INTO one VALUES (1)") != Fault::none) {
                return;
            }
            if (drops) {
                ++dropped;
            } else if (member.keep() == Fault::none) {
                ++kept;
            }
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(many, i);
    for (std::thread& thread : threads) thread.join();
    CHECK(kept + dropped == 200);
    Connection after(folder.file("store"));
    Fault fault = Fault::none;
    CHECK(after.database.number("SELECT sum(n) FROM one", fault) == kept);
    CHECK(after.count() == kept);
}

TEST_CASE("where the transaction is lost, every step that left its writes in it is told so") {
    const TemporaryFolder folder;
    Connection ours(folder.file("store"));
    std::atomic<int> waiting{0};
    std::atomic<int> told{0};
    std::atomic<int> kept{0};
    // The first leaves its writes to the second, which makes SQLite end the transaction.
    contend(
        1,
        [&](std::atomic<bool>& held) {
            CommitGroup::Member member(ours.group);
            if (member.begin() != Fault::none) return;
            held = true;
            while (!ours.group.is_awaited()) std::this_thread::yield();
            if (ours.database.run("INSERT INTO one VALUES (1)") != Fault::none) return;
            ++waiting;
            member.keep() == Fault::none ? ++kept : ++told;
        },
        [&](int) {
            CommitGroup::Member member(ours.group);
            if (member.begin() != Fault::none) return;
            if (ours.database.run("ROLLBACK") != Fault::none) return;
            member.keep() == Fault::none ? ++kept : ++told;
        });
    CHECK(waiting == 1);
    CHECK(told == 2);
    CHECK(kept == 0);
    CHECK(ours.count() == 0);
    // and the next one goes on
    CommitGroup::Member member(ours.group);
    REQUIRE(member.begin() == Fault::none);
    REQUIRE(ours.database.run("INSERT INTO one VALUES (1)") == Fault::none);
    CHECK(member.keep() == Fault::none);
    CHECK(ours.count() == 1);
}

TEST_CASE("where the commit fails, every step that left its writes to it is told so") {
    const TemporaryFolder folder;
    Connection ours(folder.file("store"));
    // What a child without its parent breaks is found by the commit alone.
    REQUIRE(ours.database.run("PRAGMA foreign_keys = ON;"
                              "CREATE TABLE parent (n INTEGER PRIMARY KEY);"
                              "CREATE TABLE child (n INTEGER REFERENCES parent (n)"
                              " DEFERRABLE INITIALLY DEFERRED)") == Fault::none);
    std::atomic<int> told{0};
    std::atomic<int> kept{0};
    const auto insert = [&](CommitGroup::Member& member, const char* sql) {
        if (ours.database.run(sql) != Fault::none) return;
        member.keep() == Fault::none ? ++kept : ++told;
    };
    contend(
        2,
        [&](std::atomic<bool>& held) {
            CommitGroup::Member member(ours.group);
            if (member.begin() != Fault::none) return;
            held = true;
            while (!ours.group.is_awaited()) std::this_thread::yield();
            insert(member, "INSERT INTO one VALUES (1)");
        },
        [&](int) {
            CommitGroup::Member member(ours.group);
            if (member.begin() == Fault::none) insert(member, "INSERT INTO child VALUES (7)");
        });
    CHECK(told == 3);
    CHECK(kept == 0);
    CHECK(ours.count() == 0);
}

TEST_CASE("what is no step that writes sees only what is kept, and ends the group first") {
    const TemporaryFolder folder;
    Connection ours(folder.file("store"));
    Connection other(folder.file("store"));
    std::atomic<int> kept{0};
    std::atomic<std::int64_t> inside{-1};
    std::atomic<std::int64_t> outside{-1};
    contend(
        1,
        [&](std::atomic<bool>& held) {
            CommitGroup::Member member(ours.group);
            if (member.begin() != Fault::none) return;
            held = true;
            if (ours.database.run("INSERT INTO one VALUES (1)") != Fault::none) return;
            if (member.keep() == Fault::none) ++kept;
        },
        [&](int) {
            const CommitGroup::Alone alone(ours.group);
            inside = ours.count();
            outside = other.count();
        });
    CHECK(kept == 1);
    CHECK(inside == 1);
    CHECK(outside == 1);
}

}  // namespace
}  // namespace proviso::decide
