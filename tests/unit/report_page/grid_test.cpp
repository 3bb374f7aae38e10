#include "report_page/grid.h"

#include <string>

#include <catch2/catch.hpp>

using namespace proviso;               // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;    // NOLINT(google-build-using-namespace)
using namespace proviso::report_page;  // NOLINT(google-build-using-namespace)

namespace {

/// 7 calls, of which 5 record an outcome.
Report recorded_report() {
    Report report;
    report.counts.outcomes = {3, 0, 2, 2};
    Recorded& recorded = report.recorded.emplace();
    recorded.calls = 5;
    recorded.same = 2;
    recorded.tighter = 2;
    recorded.looser = 1;
    recorded.table[0] = {1, 0, 0, 2};
    recorded.table[2] = {1, 0, 1, 0};
    return report;
}

}  // namespace

TEST_CASE("with a baseline the grid is the table of classes") {
    Report report;
    Comparison& made = report.comparison.emplace();
    made.baseline_name = "refunds";
    made.baseline_version = "1";
    made.table[2][0] = 3;
    made.table[2][4] = 1;
    made.changes = {0, 1, 3};
    made.newly_allowed = 3;
    const Grid grid = grid_of(report);
    CHECK(grid.before == "refunds 1");
    REQUIRE(grid.rows.size() == class_count);
    CHECK(grid.rows[2].calls == 4);
    CHECK(grid.columns[4].key == "unknown");
    CHECK(grid.columns[4].calls == 1);
    const Moved moved = moved_of(report);
    CHECK(moved.newly_allowed == 3);
    CHECK(verdict_words(moved) == "tightens and loosens");
}

TEST_CASE("without one it is held against what was recorded, with a row for what was not") {
    const Report report = recorded_report();
    const Grid grid = grid_of(report);
    CHECK(grid.before == "as recorded");
    REQUIRE(grid.rows.size() == outcome_count + 1);
    CHECK(grid.rows[4].label == "not recorded");
    CHECK(grid.rows[4].key == "unknown");
    CHECK(grid.calls[4] == std::vector<std::uint64_t>{1, 0, 1, 0});
    CHECK(grid.columns[0].calls == 3);
    const Moved moved = moved_of(report);
    CHECK(moved.is_known);
    CHECK(moved.newly_allowed == 1);
    CHECK(moved.newly_blocked == 2);
}

TEST_CASE("with neither there is one row, and nothing is said of change") {
    Report report = recorded_report();
    report.recorded.reset();
    const Grid grid = grid_of(report);
    CHECK(grid.before.empty());
    REQUIRE(grid.rows.size() == 1);
    CHECK(grid.rows[0].label == "all calls");
    CHECK(grid.rows[0].calls == 7);
    CHECK(verdict_words(moved_of(report)) == "nothing to compare with");
}

TEST_CASE("the verdict goes by which ways calls moved") {
    CHECK(verdict_words({1, 0, 0, 0, 0, true}) == "changes nothing");
    CHECK(verdict_words({1, 0, 0, 0, 0, true, true}) == "changes no outcome of this history");
    CHECK(verdict_words({1, 1, 0, 0, 0, true}) == "only tightens");
    CHECK(verdict_words({1, 0, 1, 0, 0, true}) == "only loosens");
}
