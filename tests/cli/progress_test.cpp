#include "cli/progress.h"

#include <catch2/catch.hpp>

using namespace proviso::cli;  // NOLINT(google-build-using-namespace)
using proviso::simulator::Progress;

namespace {

Progress half_way() {
    Progress progress;
    progress.lines = 1'234'567;
    progress.bytes_read = 50;
    progress.bytes_total = 100;
    progress.lines_per_second = 812'345.6;
    progress.seconds_left = 61.2;
    return progress;
}

}  // namespace

TEST_CASE("progress tells how far, how fast and how long still") {
    CHECK(progress_line(half_way(), 80) ==
          "[############------------]  50%  1,234,567 lines  812,000/s  1m1s left");
}

TEST_CASE("progress of a pipe has no end in sight") {
    Progress progress = half_way();
    progress.bytes_total = 0;
    progress.seconds_left.reset();
    CHECK(progress_line(progress, 80) == "1,234,567 lines  812,000/s");
}

TEST_CASE("progress that has just begun, and that is past its end") {
    CHECK(progress_line(Progress{}, 80) == "0 lines");
    Progress progress = half_way();
    progress.bytes_read = 120;  // a file that grows while it is read
    CHECK(progress_line(progress, 80).rfind("[########################] 100%", 0) == 0);
}

TEST_CASE("progress fits the terminal") {
    CHECK(progress_line(half_way(), 30).size() == 30);
}
