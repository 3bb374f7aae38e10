#include "simulator/figures/time_doubts.h"

#include <catch2/catch.hpp>

using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::int64_t second_us = 1'000'000;

/// Ten requests `gap_us` apart, the last one `late_us` later than that.
FigureEvents apart(std::int64_t gap_us, std::int64_t late_us) {
    FigureEvents events;
    for (std::int64_t i = 0; i < 10; ++i) {
        RequestEvent& one = events.requests.emplace_back();
        one.time_us = 86'400 * second_us + gap_us * i + (i == 9 ? late_us : 0);
    }
    return events;
}

std::vector<std::string> doubts(const FigureEvents& events, std::uint64_t gated = 10) {
    return time_doubts(events.requests, events, gated);
}

}  // namespace

TEST_CASE("times that differ as times do are not doubted") {
    CHECK(doubts(apart(7 * second_us, second_us)).empty());
    CHECK(doubts({}, 0).empty());
}

TEST_CASE("times that are one, at equal distances, or days are doubted") {
    using Doubts = std::vector<std::string>;
    CHECK(doubts(apart(0, 0)) == Doubts{"the 10 calls that gates hold all have the same time: no "
                                        "wait and no week means anything"});
    CHECK(doubts(apart(60 * second_us, 0)) ==
          Doubts{"the 10 calls that gates hold come exactly 60 s apart: such times are made rather "
                 "than told"});
    CHECK(doubts(apart(86'400 * second_us, 86'400 * second_us)) ==
          Doubts{"the 10 calls that gates hold all have the time 00:00 UTC: their days are told, "
                 "not their times"});
    CHECK(doubts(apart(7 * second_us, second_us), 12) ==
          Doubts{"of 12 calls that gates hold 2 have no time: they are in no hour, no week and no "
                 "forecast"});
}

TEST_CASE("few requests are no ground for a doubt") {
    FigureEvents events = apart(0, 0);
    events.requests.pop_back();
    CHECK(doubts(events, 9).empty());
}

TEST_CASE("answers that all took as long are doubted") {
    FigureEvents events;
    for (std::int64_t i = 0; i < 10; ++i) {
        events.answers.push_back({i * second_us + 1, (i + 60) * second_us + 1, 0, 300});
    }
    CHECK(doubts(events, 0) ==
          std::vector<std::string>{
              "all 10 recorded answers took 60 s: such times are made rather than told",
              "the work on all 10 recorded answers is told as 300 s"});
    events.answers[3].at_us += second_us;
    events.answers[3].work_seconds = 301;
    CHECK(doubts(events, 0).empty());
}
