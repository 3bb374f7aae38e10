// (f) replay of a file: one thread beside simdjson reading the same fields of the same file, two
// threads beside one, and the memory of a child process over a short and a long history.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/history.h"
#include "bench/workload.h"
#include "simulator/run.h"

namespace proviso::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t timed_lines = 100'000;
constexpr std::uint64_t long_lines = 5'000'000;

simulator::Result replay(const PolicyPtr& policy, const fs::path& path, unsigned threads) {
    simulator::Options options;
    options.policy = policy;
    options.histories = {path.string()};
    options.threads = threads;
    options.samples = 0;
    return simulator::run(options);
}

// Peak resident kilobytes of a replay in a process of its own, which prints them: a child that is
// only forked starts with all that this process has.
long peak_memory(const fs::path& path) {
    const std::string program = fs::read_symlink("/proc/self/exe").string();
    const std::string command = "'" + program + "' --peak '" + path.string() + "'";
    std::FILE* const output = ::popen(command.c_str(), "r");
    if (output == nullptr) return -1;
    long kilobytes = -1;
    const bool told = std::fscanf(output, "%ld", &kilobytes) == 1;
    return ::pclose(output) == 0 && told ? kilobytes : -1;
}

void bench_memory(Report& report, const fs::path& folder, const fs::path& shorter) {
    const fs::path longer = folder / "long.jsonl";
    std::error_code error;
    constexpr std::uint64_t room = 9ULL << 30U;
    if (fs::space(folder, error).available < room || error) {
        return report.wrong("(f) memory", "less than 9 GiB free for a history of 5,000,000 lines");
    }
    write_history(longer, long_lines);
    const long small = peak_memory(shorter);
    const long large = peak_memory(longer);
    fs::remove(longer, error);
    if (small <= 0 || large <= 0) return report.wrong("(f) memory", "a replay failed");
    report.at_most("(f) memory, 5,000,000 lines against 100,000",
                   static_cast<double>(large) / static_cast<double>(small), 1.1,
                   fmt::format("{} kB against {} kB", large, small));
}

}  // namespace

int print_peak(const std::string& history) {
    if (!replay(compiled(base_policy(50)), history, 1).ok()) return 1;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            std::printf("%ld\n", std::strtol(line.c_str() + 6, nullptr, 10));
            return 0;
        }
    }
    return 1;
}

void bench_replay(Report& report) {
    const fs::path folder = fs::temp_directory_path() / fmt::format("proviso_bench_{}", ::getpid());
    fs::create_directories(folder);
    const fs::path path = folder / "history.jsonl";
    write_history(path, timed_lines);
    const PolicyPtr policy = compiled(base_policy(50));
    const simulator::Result checked = replay(policy, path, 1);
    const simulator::Result twice = replay(policy, path, 2);
    if (!checked.ok() || checked.report.counts.calls() != timed_lines ||
        checked.report.digest != twice.report.digest) {
        report.wrong("(f)", "the replay does not come out right");
    } else {
        const auto run = [&](unsigned threads) {
            return [&, threads] { keep(replay(policy, path, threads).report.digest.size()); };
        };
        const Pair one = time_pair(
            timed_lines, run(1), [&] { keep(read_file_bare(path)); }, 4);
        report.at_least(
            "(f) replay, one thread, simdjson alone = 1", 1 / one.ratio(), 0.7,
            fmt::format("{:.0f} calls/s against {:.0f}", 1e9 / one.ours, 1e9 / one.theirs));
        const Pair two = time_pair(timed_lines, run(2), run(1), 4);
        report.at_least(
            "(f) replay, two threads, one thread = 1", 1 / two.ratio(), 1.8,
            fmt::format("{:.0f} calls/s against {:.0f}", 1e9 / two.ours, 1e9 / two.theirs));
        bench_memory(report, folder, path);
    }
    std::error_code error;
    fs::remove_all(folder, error);
}

}  // namespace proviso::bench
