// (t) the 20 rules of (a) with a window that every call is tested against, beside the same policy
// without it.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/harness.h"
#include "bench/workload.h"

namespace proviso::bench {

namespace {

constexpr std::int64_t day = 86'400;
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
    const std::int64_t of_year = (local + day) / day - 1;
    const std::int64_t weekday = (of_year + 7 + 3) % 7;
    const std::int64_t hour = (local - of_year * day) / 3600;
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

struct Bound {
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Session> session;
    std::vector<BoundCall> calls;
};

Bound bound_calls(const std::string& policy, const std::vector<Timed>& timed) {
    Bound bound;
    bound.engine = std::make_unique<Engine>(compiled(policy));
    bound.session = std::make_unique<Session>(*bound.engine);
    for (const Timed& one : timed) {
        bound.calls.push_back(bound.session->bind(to_call(one.call).time(text_of(one.time))));
    }
    return bound;
}

void decide_all(Bound& bound) {
    for (int i = 0; i < 100; ++i) {
        for (BoundCall& call : bound.calls) keep(bound.session->decide(call).outcome);
    }
}

std::size_t differences(Bound& bound, const std::vector<Timed>& timed) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < timed.size(); ++i) {
        Outcome expected = by_hand(timed[i].call);
        if (!in_business_hours(timed[i].time)) expected = std::max(expected, Outcome::gate);
        count += bound.session->decide(bound.calls[i]).outcome != expected ? 1 : 0;
    }
    return count;
}

}  // namespace

void bench_time(Report& report) {
    const std::vector<Timed> timed = timed_calls();
    Bound with = bound_calls(base_policy(50) + std::string(window), timed);
    Bound without = bound_calls(base_policy(50), timed);
    if (const std::size_t wrong = differences(with, timed)) {
        return report.wrong("(t)", fmt::format("{} of 64 decisions differ", wrong));
    }
    const Pair pair = time_pair(
        64 * 100, [&] { decide_all(with); }, [&] { decide_all(without); });
    report.at_most("(t) 20 rules and a window, without it = 1", pair.ratio(), 1.5,
                   fmt::format("{:.1f} ns against {:.1f} ns", pair.ours, pair.theirs));
}

}  // namespace proviso::bench
