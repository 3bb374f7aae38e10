// (q) a candidate against the baseline, 20 rules each, over a packed history: one thread beside
// reading the history's columns alone; the digest checked against that of the lines themselves.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/history.h"
#include "bench/workload.h"
#include "simulator/history/pack_history.h"
#include "simulator/packed/container.h"
#include "simulator/run.h"

namespace proviso::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t packed_lines = 100'000;
constexpr std::uint32_t packed_tools = 50;

/// Every block unpacked and checked, and its columns found, but no line of it written; the lines.
std::uint64_t read_columns(const fs::path& path) {
    const auto close = [](std::FILE* file) { std::fclose(file); };
    const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
    if (file == nullptr) return 0;
    simulator::packed::Reader reader([&file](char* out, std::size_t capacity) {
        return std::fread(out, 1, capacity, file.get());
    });
    std::uint64_t lines = 0;
    for (std::string bytes; reader.next(bytes);) {
        lines += simulator::packed::PackedBlock{bytes}.lines();
    }
    return lines;
}

}  // namespace

void bench_packed(Report& report) {
    const fs::path folder = fs::temp_directory_path() / fmt::format("proviso_bench_{}", ::getpid());
    fs::create_directories(folder);
    const fs::path lines = folder / "history.jsonl";
    const fs::path packed = folder / "history.pvh";
    write_history(lines, packed_lines);
    simulator::PackOptions packing;
    packing.histories = {lines.string()};
    packing.output = packed.string();
    const bool is_packed = simulator::pack_history(packing).error.empty();

    const PolicyPtr baseline = compiled(base_policy(packed_tools));
    const PolicyPtr candidate = compiled(candidate_policy(packed_tools, 1'500));
    const auto replay = [&](const fs::path& path) {
        simulator::Options options;
        options.policy = candidate;
        options.baseline = baseline;
        options.histories = {path.string()};
        options.threads = 1;
        options.samples = 0;
        return simulator::run(options).report.digest;
    };
    if (!is_packed || replay(packed) != replay(lines) || read_columns(packed) != packed_lines) {
        report.wrong("(q)", "a packed history does not come out as its lines do");
    } else {
        const Pair pair = time_pair(
            packed_lines, [&] { keep(replay(packed).size()); }, [&] { keep(read_columns(packed)); },
            4);
        report.at_least(
            "(q) candidate and baseline, packed, one thread, million calls a second",
            1e3 / pair.ours, 10,
            fmt::format("{:.0f} ns a call, of its columns alone {:.0f}", pair.ours, pair.theirs));
    }
    std::error_code error;
    fs::remove_all(folder, error);
}

}  // namespace proviso::bench
