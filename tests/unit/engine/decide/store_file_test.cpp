// A store in a file: what it outlives, what it refuses to open, and what stands in its way.
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/engine/decide/store_kinds.h"

namespace proviso::decide {
namespace {

using Measure = SeriesSpec::Measure;

std::string error_of(const std::string& path) {
    std::string error;
    CHECK(open_sqlite_store(path, {}, error) == nullptr);
    return error;
}

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// Runs it in a process of its own, which must not come back; the process's id.
template <class Run>
pid_t in_child(const Run& run) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        run();
        ::_exit(0);
    }
    return child;
}

int ended(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return status;
}

std::int64_t count_of(StoreBackend& store, SeriesId series) {
    return looked(store, {series, "k", start, 0, {}}, start).all;
}

TEST_CASE("a store in a file outlives those who had it open") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    {
        const auto store = opened(path);
        const SeriesId series = registered(*store, Measure::count, hour);
        CHECK(counted(*store, {series, "k", start, {}, 0, {}}, "c-1") == Fault::none);
        CHECK(store->halt({HaltScope::Kind::agent, "bot"}, "why") == Fault::none);
    }
    const auto store = opened(path);
    const SeriesId series = registered(*store, Measure::count, hour);
    CHECK(count_of(*store, series) == 1);
    std::optional<KnownCall> call;
    CHECK(begun(*store, start)->find_call("c-1", call) == Fault::none);
    CHECK(call);
    std::vector<Halt> halts;
    std::uint64_t epoch = 0;
    CHECK(store->halts(halts, epoch) == Fault::none);
    REQUIRE(halts.size() == 1);
    CHECK(halts[0].reason == "why");
}

TEST_CASE("a file that is no store, or a damaged one, is not opened") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    write_bytes(path, std::string(5000, 'x'));
    CHECK(error_of(path) == "it is damaged, or not a store of Proviso");

    std::filesystem::remove(path);
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "CREATE TABLE t (x)", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(error_of(path) == "it is not a store of Proviso");
    REQUIRE(sqlite3_exec(other, "PRAGMA application_id = 0x50525653; PRAGMA user_version = 9",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(error_of(path) == "it is a store of version 9, and this is version 1");
    sqlite3_close(other);

    CHECK_FALSE(error_of(folder.file("no/such/folder/store.db")).empty());
    CHECK_FALSE(error_of(folder.file(".")).empty());
}

TEST_CASE("a store that is damaged while it is closed is not opened, or cannot answer") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    {
        const auto store = opened(path);
        const SeriesId series = registered(*store, Measure::count, hour);
        for (int i = 0; i < 200; ++i) {
            const std::string id = "c" + std::to_string(i);
            REQUIRE(counted(*store, {series, id, start, {}, 0, {}}, id) == Fault::none);
        }
    }
    const std::string whole = bytes_of(path);
    std::mt19937 random(7);
    int refused = 0;
    for (int round = 0; round < 40; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 64; ++i) {
            damaged[random() % damaged.size()] = static_cast<char>(random());
        }
        if (round % 4 == 0) damaged.resize(random() % damaged.size());
        for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(path + ending);
        write_bytes(path, damaged);
        std::string error;
        const auto store = open_sqlite_store(path, {}, error);
        if (store == nullptr) {
            ++refused;
            CHECK_FALSE(error.empty());
            continue;
        }
        SeriesId series{};
        Fault fault = store->series({"policy", "limit", Measure::count, {}, 1, hour}, series);
        if (fault == Fault::none) fault = counted(*store, {series, "k", start, {}, 0, {}}, "new");
        CHECK(fault != Fault::overflow);  // an answer or a fault, and no end of the process
    }
    CHECK(refused > 20);
}

TEST_CASE("a store that another holds answers that it is locked, soon") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    Limits limits;
    limits.store_busy_milliseconds = 50;
    const auto store = opened(path, limits);
    const SeriesId series = registered(*store, Measure::count, hour);
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::locked);
    CHECK(store->halt({HaltScope::Kind::everything, ""}, "") == Fault::locked);
    CHECK(count_of(*store, series) == 0);  // a preview waits for nobody
    REQUIRE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::none);
    sqlite3_close(other);
}

TEST_CASE("a store whose file is gone or was replaced answers that it is closed") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const auto store = opened(path);
    const SeriesId series = registered(*store, Measure::count, hour);
    std::filesystem::rename(path, path + ".old");
    CHECK(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::closed);
    write_bytes(path, bytes_of(path + ".old"));
    CHECK(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::closed);
    CHECK(store->halt({HaltScope::Kind::everything, ""}, "") == Fault::closed);
}

TEST_CASE("a store that may not grow cannot count, and has lost nothing") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const pid_t child = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const auto store = opened(path);
        const SeriesId series = registered(*store, Measure::count, hour);
        const rlimit small{2'000'000, 2'000'000};
        if (::setrlimit(RLIMIT_FSIZE, &small) != 0) ::_exit(2);
        for (int i = 0; i < 100'000; ++i) {
            const Fault fault = counted(*store, {series, "k", start, {}, 0, {}},
                                        std::string(200, 'x') + std::to_string(i));
            if (fault == Fault::none) continue;
            const bool known = fault == Fault::full || fault == Fault::unreadable;
            const bool kept = looked(*store, {series, "k", start, 0, {}}, start).all == i;
            ::_exit(known && kept && i > 10 ? 0 : 3);
        }
        ::_exit(4);
    });
    const int status = ended(child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    const auto store = opened(path);
    const SeriesId series = registered(*store, Measure::count, hour);
    const std::int64_t before = count_of(*store, series);
    CHECK(before > 10);
    CHECK(counted(*store, {series, "k", start, {}, 0, {}}) == Fault::none);
    CHECK(count_of(*store, series) == before + 1);
}

/// Counts calls for ever, each of an id `PREFIX.N`, and writes `answer` behind each that was kept.
void count_for_ever(StoreBackend& store, SeriesId series, const std::string& prefix, int pipe,
                    char answer) {
    for (int i = 0;; ++i) {
        Fault fault = Fault::none;
        const StepPtr step = store.begin(start, Access::decide, fault);
        if (step == nullptr) continue;
        step->add({series, "k", start, {}, 0, {}});
        step->bind(prefix + "." + std::to_string(i), {}, {});
        if (step->commit() != Fault::none) continue;
        if (::write(pipe, &answer, 1) != 1) ::_exit(1);
    }
}

// What the child has an answer for it writes to a pipe, after the answer: the parent may not find
// fewer calls in the store than it read. Its threads share commits.
TEST_CASE("a process that is killed at any point loses no call that it had an answer for") {
    const int threads = GENERATE(1, 3);
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    std::mt19937 random(11);
    std::int64_t told = 0;
    for (int round = 0; round < 25; ++round) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = in_child([&] {
            ::close(ends[0]);
            const auto store = opened(path);
            const SeriesId series = registered(*store, Measure::count, hour);
            std::vector<std::thread> counting;
            for (int i = 0; i < threads; ++i) {
                counting.emplace_back([&, i] {
                    const std::string prefix = std::to_string(round) + "." + std::to_string(i);
                    count_for_ever(*store, series, prefix, ends[1], static_cast<char>('0' + i));
                });
            }
            for (std::thread& one : counting) one.join();
        });
        ::close(ends[1]);
        char answer = 0;
        // Not before it has counted once: that it starts at all is part of the test.
        REQUIRE(::read(ends[0], &answer, 1) == 1);
        const std::string first = std::to_string(round) + "." + answer + ".0";
        ++told;
        ::usleep(static_cast<useconds_t>(random() % 20'000));
        ::kill(child, SIGKILL);
        while (::read(ends[0], &answer, 1) == 1) ++told;
        ::close(ends[0]);
        CHECK(WIFSIGNALED(ended(child)));
        const auto store = opened(path);
        const SeriesId series = registered(*store, Measure::count, hour);
        const std::int64_t kept = count_of(*store, series);
        CHECK(kept >= told);
        // at most one of each thread was kept and not told
        CHECK(kept - told <= std::int64_t{round + 1} * threads);
        std::optional<KnownCall> call;
        CHECK(begun(*store, start)->find_call(first, call) == Fault::none);
        CHECK(call);
    }
}

TEST_CASE("two processes under one cap never pass it, and lose no call") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    constexpr std::int64_t cap = 300;
    Limits patient;
    patient.store_busy_milliseconds = 20'000;
    const auto hammer = [&] {
        const auto store = opened(path, patient);
        const SeriesId series = registered(*store, Measure::sum, hour, SeriesSpec::Kind::number);
        int counted_here = 0;
        for (int tries = 0; tries < 1000; ++tries) {
            const StepPtr step = begun(*store, start);
            Total total;
            if (step->total({series, "k", start, 0, {}}, total) != Fault::none) ::_exit(255);
            const std::int64_t sum = total.currencies == 0 ? 0 : total.sums[0].all.coefficient;
            if (sum + 1 > cap) break;
            step->add({series, "k", start, {1, 0}, 0, {}});
            if (step->commit() != Fault::none) ::_exit(254);
            ++counted_here;
            if (counted_here % 10 == 0) ::usleep(100);
        }
        ::_exit(counted_here / 2);  // 0 to 150
    };
    const pid_t first = in_child(hammer);
    const pid_t second = in_child(hammer);
    const int ends[] = {ended(first), ended(second)};
    for (const int status : ends) REQUIRE(WIFEXITED(status));
    const auto store = opened(path);
    const SeriesId series = registered(*store, Measure::sum, hour, SeriesSpec::Kind::number);
    const Total total = looked(*store, {series, "k", start, 0, {}}, start);
    REQUIRE(total.currencies == 1);
    CHECK(total.sums[0].all == model::Decimal{cap, 0});
    const int halves = WEXITSTATUS(ends[0]) + WEXITSTATUS(ends[1]);
    CHECK(halves <= 150);
    CHECK(halves >= 149);
}

TEST_CASE("another process sees a halt by the number of a page, without asking the store") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const auto store = opened(path);
    const std::uint64_t before = store->halt_epoch().load();
    const pid_t child = in_child([&] {
        const auto own = opened(path);
        ::_exit(own->halt({HaltScope::Kind::everything, ""}, "drill") == Fault::none ? 0 : 1);
    });
    CHECK(ended(child) == 0);
    CHECK(store->halt_epoch().load() != before);
    std::vector<Halt> halts;
    std::uint64_t epoch = 0;
    CHECK(store->halts(halts, epoch) == Fault::none);
    REQUIRE(halts.size() == 1);
    CHECK(halts[0].reason == "drill");
}

TEST_CASE("a halt whose process died before it said so is told by the next step") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const auto store = opened(path);
    const std::uint64_t before = store->halt_epoch().load();
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(
                other, "INSERT INTO halt VALUES (0, x'', x'', 1); UPDATE state SET halt_epoch = 1",
                nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(other);
    CHECK(store->halt_epoch().load() == before);
    CHECK(begun(*store, start)->commit() == Fault::none);
    CHECK(store->halt_epoch().load() != before);
}

}  // namespace
}  // namespace proviso::decide
