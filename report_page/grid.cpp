#include "report_page/grid.h"

#include "simulator/render/comparison_words.h"
#include "simulator/render/differences.h"

namespace proviso::report_page {
namespace {

using simulator::class_count;
using simulator::class_name;
using simulator::outcome_count;
using simulator::unknown_class;

std::vector<GridLine> lines(std::size_t count) {
    std::vector<GridLine> made;
    for (std::size_t i = 0; i < count; ++i) {
        made.push_back({std::string{class_name(i)}, std::string{class_name(i)}, 0});
    }
    return made;
}

void add_sums(Grid& grid) {
    for (std::size_t i = 0; i < grid.rows.size(); ++i) {
        for (std::size_t j = 0; j < grid.columns.size(); ++j) {
            grid.rows[i].calls += grid.calls[i][j];
            grid.columns[j].calls += grid.calls[i][j];
        }
    }
}

Grid compared(const simulator::Comparison& made) {
    Grid grid{made.baseline_name + ' ' + made.baseline_version,
              lines(class_count),
              lines(class_count),
              {}};
    for (const auto& row : made.table) grid.calls.emplace_back(row.begin(), row.end());
    return grid;
}

/// Calls that record no outcome have a row of their own.
Grid against_recorded(const simulator::Report& report) {
    Grid grid{{}, {}, lines(outcome_count), {}};
    std::vector<std::uint64_t> rest(report.counts.outcomes.begin(), report.counts.outcomes.end());
    if (report.recorded) {
        grid.before = "as recorded";
        grid.rows = lines(outcome_count);
        for (const auto& row : report.recorded->table) {
            grid.calls.emplace_back(row.begin(), row.end());
            for (std::size_t j = 0; j < outcome_count; ++j) rest[j] -= row[j];
        }
    }
    std::uint64_t unrecorded = 0;
    for (const std::uint64_t calls : rest) unrecorded += calls;
    if (unrecorded == 0) return grid;
    grid.rows.push_back({std::string{class_name(unknown_class)},
                         report.recorded ? "not recorded" : "all calls", 0});
    grid.calls.push_back(std::move(rest));
    return grid;
}

bool is_open(std::size_t outcome) {
    return outcome < static_cast<std::size_t>(Outcome::gate);
}

Moved from_recorded(const simulator::Recorded& recorded) {
    Moved moved{recorded.same, recorded.tighter, recorded.looser, 0, 0, recorded.calls > 0, false};
    for (std::size_t i = 0; i < outcome_count; ++i) {
        for (std::size_t j = 0; j < outcome_count; ++j) {
            if (!is_open(i) && is_open(j)) moved.newly_allowed += recorded.table[i][j];
            if (i != j && j == static_cast<std::size_t>(Outcome::block)) {
                moved.newly_blocked += recorded.table[i][j];
            }
        }
    }
    return moved;
}

}  // namespace

Grid grid_of(const simulator::Report& report) {
    Grid grid = report.comparison ? compared(*report.comparison) : against_recorded(report);
    add_sums(grid);
    return grid;
}

Moved moved_of(const simulator::Report& report) {
    using simulator::Change;
    if (report.comparison) {
        const simulator::Comparison& made = *report.comparison;
        return {made.of(Change::none),
                made.of(Change::tighter),
                made.of(Change::looser),
                made.newly_allowed,
                made.newly_blocked,
                true,
                simulator::count_differences(made) > 0};
    }
    return report.recorded ? from_recorded(*report.recorded) : Moved{};
}

std::string verdict_words(const Moved& moved) {
    if (!moved.is_known) return "nothing to compare with";
    return std::string{simulator::verdict_words(moved.tighter, moved.looser, moved.sets_differ)};
}

}  // namespace proviso::report_page
