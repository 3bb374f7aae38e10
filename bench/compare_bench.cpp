// (p) a candidate against the baseline, 20 rules each: one thread beside simdjson reading the same
// fields of the same file; and a sweep of ten candidates beside one of a single candidate.
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
#include "simulator/run.h"

namespace proviso::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t compared_lines = 100'000;
constexpr std::uint32_t compared_tools = 50;

using Outcomes = std::array<std::uint64_t, simulator::outcome_count>;

simulator::SweepOptions sweep_of(std::uint64_t candidates) {
    simulator::SweepOptions sweep;
    simulator::SweepKnob& knob = sweep.knobs.emplace_back();
    knob.param = "cap";
    for (std::uint64_t i = 0; i < candidates; ++i) {
        const std::uint64_t cap = 1'000 + 200 * i;
        knob.values.push_back(fmt::format("{} USD", cap));
        sweep.candidates.push_back(
            {compiled(candidate_policy(compared_tools, cap)), {knob.values.back()}});
    }
    return sweep;
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

/// Whether each candidate's outcomes are those of a replay of its own, and not all the same.
bool is_right(const simulator::Result& swept, const simulator::SweepOptions& sweep,
              const fs::path& path) {
    if (!swept.ok() || !swept.report.sweep) return false;
    const auto& rows = swept.report.sweep->rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto alone = simulator::run(options_of(sweep.candidates[i].policy, nullptr, path));
        if (rows[i].recorded.counts.outcomes != alone.report.counts.outcomes) return false;
    }
    return rows.front().recorded.counts.outcomes != rows.back().recorded.counts.outcomes;
}

void bench_sweep(Report& report, const PolicyPtr& policy, const fs::path& path) {
    simulator::Options ten = options_of(policy, nullptr, path);
    simulator::Options one = ten;
    ten.sweep = sweep_of(10);
    one.sweep = sweep_of(1);
    if (!is_right(simulator::run(ten), ten.sweep, path)) {
        return report.wrong("(p) sweep", "a candidate does not come out right");
    }
    const Pair pair = time_pair(
        compared_lines, [&] { keep(simulator::run(ten).report.digest.size()); },
        [&] { keep(simulator::run(one).report.digest.size()); }, 4);
    report.at_most("(p) ten candidates of a sweep, one thread, one candidate = 1", pair.ratio(), 2,
                   fmt::format("{:.0f} ns a line against {:.0f}", pair.ours, pair.theirs));
}

}  // namespace

void bench_compare(Report& report) {
    const fs::path folder = fs::temp_directory_path() / fmt::format("proviso_bench_{}", ::getpid());
    fs::create_directories(folder);
    const fs::path path = folder / "compared.jsonl";
    write_history(path, compared_lines);
    const PolicyPtr baseline = compiled(base_policy(compared_tools));
    const PolicyPtr candidate = compiled(candidate_policy(compared_tools, 1'500));
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
    bench_sweep(report, baseline, path);
    std::error_code error;
    fs::remove_all(folder, error);
}

}  // namespace proviso::bench
