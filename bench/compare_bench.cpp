// (p) a candidate against the baseline, 20 rules each: one thread beside simdjson reading the same
// fields of the same file.
#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/history.h"
#include "bench/workload.h"
#include "simulator/simulate.h"

namespace proviso::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t compared_lines = 100'000;
constexpr std::uint32_t compared_tools = 50;

using Outcomes = std::array<std::uint64_t, simulator::outcome_count>;

/// The base policy with another cap for gates.
std::string candidate_text() {
    std::string text = base_policy(compared_tools);
    constexpr std::string_view cap = "args.amount > 2_000 USD\n    by lead";
    return text.replace(text.find(cap), cap.size(), "args.amount > 1_500 USD\n    by lead");
}

simulator::Options options_of(const PolicyPtr& policy, const PolicyPtr& baseline,
                              const fs::path& path) {
    simulator::Options options;
    options.policy = policy;
    options.baseline = baseline;
    options.histories = {path.string()};
    options.threads = 1;
    options.samples = 0;
    return options;
}

/// What the baseline makes of the calls, written by hand.
Outcomes expected_outcomes() {
    Outcomes outcomes{};
    const auto calls = make_calls(compared_tools, 4096, 1000);
    for (std::uint64_t i = 0; i < compared_lines; ++i) {
        ++outcomes[static_cast<std::size_t>(by_hand(calls[i % calls.size()]))];
    }
    return outcomes;
}

/// Whether the comparison has the baseline's outcomes as by hand, and the policy's as alone.
bool is_right(const simulator::Result& result, const simulator::Result& alone) {
    if (!result.ok() || !alone.ok() || !result.report.comparison) return false;
    Outcomes before{};
    for (std::size_t row = 0; row < before.size(); ++row) {
        for (const std::uint64_t calls : result.report.comparison->table[row]) before[row] += calls;
    }
    const auto& table = result.report.comparison->table;
    const std::uint64_t changed =
        table[static_cast<std::size_t>(Outcome::allow)][static_cast<std::size_t>(Outcome::gate)] +
        table[static_cast<std::size_t>(Outcome::notify)][static_cast<std::size_t>(Outcome::gate)];
    return before == expected_outcomes() && changed > 0 &&
           result.report.counts.outcomes == alone.report.counts.outcomes;
}

}  // namespace

void bench_compare(Report& report) {
    const fs::path folder = fs::temp_directory_path() / fmt::format("proviso_bench_{}", ::getpid());
    fs::create_directories(folder);
    const fs::path path = folder / "compared.jsonl";
    write_history(path, compared_lines);
    const PolicyPtr baseline = compiled(base_policy(compared_tools));
    const PolicyPtr candidate = compiled(candidate_text());
    const simulator::Options both = options_of(candidate, baseline, path);
    if (!is_right(simulator::run(both), simulator::run(options_of(candidate, nullptr, path)))) {
        report.wrong("(p)", "the comparison does not come out right");
    } else {
        const Pair pair = time_pair(
            compared_lines, [&] { keep(simulator::run(both).report.digest.size()); },
            [&] { keep(read_file_bare(path)); }, 4);
        report.at_least(
            "(p) candidate and baseline, one thread, simdjson alone = 1", 1 / pair.ratio(), 0.6,
            fmt::format("{:.0f} calls/s against {:.0f}", 1e9 / pair.ours, 1e9 / pair.theirs));
    }
    std::error_code error;
    fs::remove_all(folder, error);
}

}  // namespace proviso::bench
