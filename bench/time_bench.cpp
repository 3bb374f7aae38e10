// (t) the 20 rules of (a) with a window that every call is tested against, beside the same policy
// without it.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/bound_calls.h"
#include "bench/harness.h"
#include "bench/workload.h"

namespace proviso::bench {

namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t year_2026 = 1'767'225'600;      // a Thursday
constexpr std::int64_t summer_begins = 1'772'953'200;  // in New York: 2026-03-08T07:00Z
constexpr std::int64_t summer_ends = 1'793'512'800;    // 2026-11-01T06:00Z

constexpr std::string_view window = R"(
window business_hours = mon..fri 09:00..17:00 in "America/New_York"
    except 2026-11-26, 2026-12-25
gate off_hours on * when time not in business_hours by lead
)";

struct Timed {
    PlainCall call;
    std::int64_t time = 0;  // seconds
};

// By hand, of the year 2026.
bool in_business_hours(std::int64_t time) {
    const bool summer = time >= summer_begins && time < summer_ends;
    const std::int64_t local = time - year_2026 - (summer ? 4 : 5) * 3600;
    const std::int64_t of_year = (local + day_seconds) / day_seconds - 1;
    const std::int64_t weekday = (of_year + 7 + 3) % 7;
    const std::int64_t hour = (local - of_year * day_seconds) / 3600;
    const bool holiday = of_year == 329 || of_year == 358;
    return weekday < 5 && hour >= 9 && hour < 17 && !holiday;
}

std::vector<Timed> timed_calls() {
    std::vector<Timed> calls;
    for (const PlainCall& call : make_calls(50, 64, 1000)) {
        const auto at = static_cast<std::int64_t>(calls.size());
        calls.push_back({call, year_2026 + at * 490'001});  // over the year and round the clock
    }
    return calls;
}

std::string text_of(std::int64_t time) {
    const std::chrono::sys_seconds at{std::chrono::seconds(time)};
    const auto midnight = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(at - midnight);
    return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::vector<Call> calls_of(const std::vector<Timed>& timed) {
    std::vector<Call> calls;
    calls.reserve(timed.size());
    for (const Timed& one : timed) calls.push_back(to_call(one.call).time(text_of(one.time)));
    return calls;
}

std::vector<Outcome> expected_of(const std::vector<Timed>& timed) {
    std::vector<Outcome> expected;
    expected.reserve(timed.size());
    for (const Timed& one : timed) {
        const Outcome outcome = by_hand(one.call);
        expected.push_back(in_business_hours(one.time) ? outcome
                                                       : std::max(outcome, Outcome::gate));
    }
    return expected;
}

}  // namespace

void bench_time(Report& report) {
    const std::vector<Timed> timed = timed_calls();
    BoundCalls with = bound_calls(base_policy(50) + std::string(window), calls_of(timed));
    BoundCalls without = bound_calls(base_policy(50), calls_of(timed));
    if (const std::size_t wrong = differences(with, expected_of(timed))) {
        return report.wrong("(t)", fmt::format("{} of 64 decisions differ", wrong));
    }
    const Pair pair = time_pair(
        64 * 100, [&] { decide_all(with, 100); }, [&] { decide_all(without, 100); });
    report.at_most("(t) 20 rules and a window, without it = 1", pair.ratio(), 1.5,
                   fmt::format("{:.1f} ns against {:.1f} ns", pair.ours, pair.theirs));
}

}  // namespace proviso::bench
