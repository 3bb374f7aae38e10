// (m) memory between calls: one step of three limits at a million live keys beside one update of a
// hash map of as many; calls a second through a file; how soon a halt holds other processes.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/workload.h"
#include "engine/decide/memory_store.h"
#include "engine/decide/sqlite_store.h"
#include "proviso/proviso.h"

namespace proviso::bench {

namespace {

namespace fs = std::filesystem;
using namespace decide;  // NOLINT(google-build-using-namespace)
using Clock = std::chrono::steady_clock;

constexpr std::size_t keys_in_store = 1'000'000;
constexpr std::size_t limits_of_a_call = 3;
constexpr std::uint64_t steps_a_round = 100'000;
constexpr Instant second = 1'000'000;
constexpr Instant start = 1'800'000'000 * second;
constexpr Instant day = 86'400 * second;

/// Customers by number, a third of the keys of each limit; and some of them in the order of the
/// calls, so that what is fetched from afar is the store's memory alone.
class Customers {
  public:
    Customers() {
        for (std::size_t i = 0; i < keys_in_store / limits_of_a_call + 1; ++i) {
            KeyBuilder key;
            key.text(fmt::format("cust-{:07}", i));
            keys_.emplace_back(key.key());
        }
        std::mt19937_64 random{3};
        for (std::uint64_t i = 0; i < 5 * steps_a_round; ++i) {
            calls_.push_back(keys_[random() % keys_.size()]);
        }
    }
    const std::string& next() { return calls_[at_++ % calls_.size()]; }
    [[nodiscard]] const std::vector<std::string>& all() const { return keys_; }

  private:
    std::vector<std::string> keys_;
    std::vector<std::string> calls_;
    std::size_t at_ = 0;
};

std::array<SeriesId, limits_of_a_call> three_limits(StoreBackend& store) {
    std::array<SeriesId, limits_of_a_call> series{};
    for (std::size_t i = 0; i < series.size(); ++i) {
        const SeriesSpec spec{
            "p", fmt::format("limit{}", i), SeriesSpec::Measure::sum, SeriesSpec::Kind::money, 1,
            day};
        if (store.series(spec, series[i]) != Fault::none) return {};
    }
    return series;
}

/// What a call with three limits asks of a store; the sum that it found, or -1.
std::int64_t step(StoreBackend& store, std::span<const SeriesId> series, std::string_view key,
                  Instant time, std::string_view id) {
    constexpr model::Currency usd = 'U' << 16 | 'S' << 8 | 'D';
    Fault fault = Fault::none;
    const StepPtr step = store.begin(time, Access::decide, fault);
    if (step == nullptr) return -1;
    std::array<Foreseen, limits_of_a_call> foreseen{};
    for (std::size_t i = 0; i < series.size(); ++i) {
        foreseen[i] = step->foresee({series[i], key, time - day + 1, usd, {}});
    }
    step->fetch();
    Total total;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const Look look{series[i], key, time - day + 1, usd, {}, foreseen[i]};
        if (step->total(look, total) != Fault::none) return -1;
        sum += total.currencies == 0 ? 0 : total.sums[0].all.coefficient;
        step->add({series[i], key, time, {1250, 2}, usd, {}, foreseen[i]});
    }
    if (!id.empty()) step->bind(id, {}, {});
    return step->commit() == Fault::none ? sum : -1;
}

/// What is in memory, freed pages of earlier questions aside.
std::size_t resident_bytes() {
    ::malloc_trim(0);
    std::size_t all = 0;
    std::size_t resident = 0;
    std::ifstream{"/proc/self/statm"} >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void bench_memory_store(Report& report) {
    Limits limits;
    limits.store_ids = 100'000'000;
    const auto store = make_memory_store(limits);
    const auto series = three_limits(*store);
    Customers customers;
    std::unordered_map<std::string, std::int64_t> map;
    std::int64_t failed = 0;
    Instant time = start;
    const std::size_t before = resident_bytes();
    for (const std::string& key : customers.all()) {
        failed += step(*store, series, key, time, {}) < 0 ? 1 : 0;
        ++time;
    }
    const double a_key = static_cast<double>(resident_bytes() - before) / keys_in_store;
    for (const std::string& key : customers.all()) {
        for (const char* which : {"a", "b", "c"}) map[key + which] = 1;
    }
    // Each customer has had 12.50 in each of the limits.
    if (failed != 0 || step(*store, series, customers.next(), time, {}) != 3 * 125) {
        return report.wrong("(m)", "the totals are not right");
    }
    report.at_most("(m) bytes in memory a live key with one event", a_key, 260,
                   fmt::format("{} keys", keys_in_store));
    std::uint64_t number = 0;
    const auto ours = [&] {
        for (std::uint64_t i = 0; i < steps_a_round; ++i) {
            time += second / 100;
            keep(step(*store, series, customers.next(), time, {}));
        }
    };
    const auto with_ids = [&] {
        for (std::uint64_t i = 0; i < steps_a_round; ++i) {
            time += second / 100;
            keep(step(*store, series, customers.next(), time, std::to_string(++number)));
        }
    };
    std::string wanted;
    const auto theirs = [&] {
        for (std::uint64_t i = 0; i < steps_a_round; ++i) {
            wanted.assign(customers.next()).push_back('b');
            keep(++map[wanted]);
        }
    };
    const Pair plain = time_pair(steps_a_round, ours, theirs, 2);
    report.at_most("(m) three limits at 1,000,000 keys; an update of a hash map = 1", plain.ratio(),
                   5, fmt::format("{:.0f} ns against {:.0f} ns", plain.ours, plain.theirs));
    report.at_most("(m) the same in microseconds", plain.ours / 1000, 1, "no id");
    const Pair bound = time_pair(steps_a_round, with_ids, theirs, 1);
    report.at_most("(m) the same and an id that is bound, in microseconds", bound.ours / 1000, 1.5,
                   fmt::format("{} ids", number));
}

void bench_file_store(Report& report, const fs::path& folder) {
    for (const Durability durability : {Durability::crash, Durability::power_loss}) {
        const bool crash = durability == Durability::crash;
        StoreOptions options;
        options.durability = durability;
        std::string error;
        const std::string path = (folder / (crash ? "crash.db" : "power.db")).string();
        const auto store = open_sqlite_store(path, options, error);
        if (store == nullptr) return report.wrong("(m) file", error);
        const auto series = three_limits(*store);
        Customers customers;
        constexpr int calls = 2000;
        const Clock::time_point begin = Clock::now();
        for (int i = 0; i < calls; ++i) {
            if (step(*store, series, customers.next(), start + i * second, std::to_string(i)) < 0) {
                return report.wrong("(m) file", "a step failed");
            }
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        report.at_least(fmt::format("(m) calls a second through a file, {}",
                                    crash ? "written" : "written through to the disk"),
                        calls / seconds, crash ? 5000 : 100, "three limits and an id each");
    }
}

/// Calls a second of so many threads; 0 where a step failed.
double calls_a_second(StoreBackend& store, std::span<const SeriesId> series, int threads) {
    constexpr int calls = 2000;
    Customers customers;
    std::atomic<int> next = 0;
    std::atomic<bool> failed = false;
    const auto work = [&] {
        for (int i = next++; i < calls; i = next++) {
            const std::string id = fmt::format("{} of {}", i, threads);
            const std::string& key = customers.all()[static_cast<std::size_t>(i)];
            if (step(store, series, key, start + i * second, id) < 0) failed = true;
        }
    };
    const Clock::time_point begin = Clock::now();
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return failed ? 0 : calls / seconds;
}

// Waiting for the disk is what a group shares; where the disk is fast there is less to share.
void bench_groups(Report& report, const fs::path& folder) {
    StoreOptions options;
    options.limits.store_busy_milliseconds = 20'000;
    std::string error;
    const auto store = open_sqlite_store((folder / "groups.db").string(), options, error);
    if (store == nullptr) return report.wrong("(m) groups", error);
    const auto series = three_limits(*store);
    const double single = calls_a_second(*store, series, 1);
    const double grouped = calls_a_second(*store, series, 8);
    if (single == 0 || grouped == 0) return report.wrong("(m) groups", "a step failed");
    report.at_least("(m) the same of eight threads that share commits; of one = 1",
                    grouped / single, 1,
                    fmt::format("{:.0f} against {:.0f} calls a second", grouped, single));
}

struct SharedPage {
    std::atomic<std::int64_t> last_allowed_ns;
    std::atomic<bool> ready;
    std::atomic<bool> stop;
};

std::int64_t now_ns() {
    return Clock::now().time_since_epoch().count();  // one clock for all processes of a host
}

/// Decides in a process of its own until it is told to stop.
void decide_in_child(const std::string& path, SharedPage& page) {
    EngineOptions options;
    options.store = open_store(path).store;
    if (options.store == nullptr) ::_exit(1);
    const Engine engine(
        compile_text("policy p version \"1\"\ntool read { }\nallow reads on read\n").policy,
        options);
    Session session(engine);
    const Call call("read");
    while (!page.stop) {
        const Outcome outcome = session.decide(call).outcome;
        if (outcome == Outcome::allow) page.last_allowed_ns = now_ns();
        page.ready = true;
    }
    ::_exit(0);
}

void bench_halt(Report& report, const fs::path& folder) {
    const std::string path = (folder / "halt.db").string();
    const StorePtr store = open_store(path).store;
    void* const shared = ::mmap(nullptr, sizeof(SharedPage), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (store == nullptr || shared == MAP_FAILED) return report.wrong("(m) halt", "no store");
    auto* const page = new (shared) SharedPage{};
    const pid_t child = ::fork();
    if (child == 0) decide_in_child(path, *page);
    while (!page->ready) ::usleep(1000);
    double slowest_ms = 0;
    bool all = true;
    constexpr int rounds = 20;
    for (int i = 0; i < rounds; ++i) {
        ::usleep(5000);
        const std::int64_t begin = now_ns();
        all &= store->halt({HaltScope::Kind::everything, {}}, "bench").done;
        ::usleep(20'000);
        const std::int64_t last = page->last_allowed_ns;
        slowest_ms = std::max(slowest_ms, static_cast<double>(last - begin) / 1e6);
        all &= now_ns() - last > 10'000'000;  // it has stopped
        all &= store->resume({HaltScope::Kind::everything, {}}).done;
    }
    page->stop = true;
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!all || status != 0) return report.wrong("(m) halt", "the other process went on");
    report.at_most("(m) from a halt to the last call of another process, ms", slowest_ms, 1000,
                   fmt::format("the slowest of {}", rounds));
}

}  // namespace

void bench_store(Report& report) {
    const fs::path folder =
        fs::temp_directory_path() / fmt::format("proviso_stores_{}", ::getpid());
    fs::create_directories(folder);
    bench_halt(report, folder);  // first: it forks
    bench_file_store(report, folder);
    bench_groups(report, folder);
    bench_memory_store(report);
    std::error_code error;
    fs::remove_all(folder, error);
}

}  // namespace proviso::bench
