// (a) a bound call against 20 rules, beside the same policy by hand; (b) the same with up to
// 100,000 rules; (c) 10,000 rules that each ask for one customer; (d) no heap allocation in any of
// them.
#include <fmt/format.h>

#include "bench/bound_calls.h"
#include "bench/harness.h"
#include "bench/workload.h"

namespace proviso::bench {

namespace {

std::vector<Call> calls_of(const std::vector<PlainCall>& plain) {
    std::vector<Call> calls;
    calls.reserve(plain.size());
    for (const PlainCall& call : plain) calls.push_back(to_call(call));
    return calls;
}

std::vector<Outcome> expected_of(const std::vector<PlainCall>& plain) {
    std::vector<Outcome> expected;
    expected.reserve(plain.size());
    for (const PlainCall& call : plain) expected.push_back(by_hand(call));
    return expected;
}

void hand_all(const std::vector<PlainCall>& plain) {
    for (const PlainCall& call : plain) keep(by_hand(call));
}

void check_allocations(Report& report, const std::string& name, BoundCalls& bound) {
    decide_all(bound);
    const std::uint64_t before = allocations();
    decide_all(bound);
    report.at_most("(d) heap allocations, " + name, static_cast<double>(allocations() - before), 0,
                   "counted");
}

struct Base {
    std::vector<PlainCall> plain;
    BoundCalls bound;
};

Base base() {
    Base result;
    result.plain = make_calls(50, 64, 1000);
    result.bound = bound_calls(base_policy(50), calls_of(result.plain));
    return result;
}

// Time of a workload over the time of (a) in the same run.
void against_base(Report& report, const std::string& name, Base& base, BoundCalls& bound,
                  double target) {
    const int repeat = std::max(1, static_cast<int>(bound.calls.size() / 64));
    const Pair pair = time_pair(
        bound.calls.size(), [&] { decide_all(bound); }, [&] { decide_all(base.bound, repeat); });
    report.at_most(name, pair.ratio(), target,
                   fmt::format("{:.1f} ns against {:.1f} ns", pair.ours, pair.theirs));
}

}  // namespace

void bench_decide(Report& report) {
    Base one = base();
    if (const std::size_t wrong = differences(one.bound, expected_of(one.plain))) {
        return report.wrong("(a)", fmt::format("{} of 64 decisions differ", wrong));
    }
    const Pair pair = time_pair(
        64 * 100, [&] { decide_all(one.bound, 100); },
        [&] {
            for (int i = 0; i < 100; ++i) hand_all(one.plain);
        });
    report.at_most("(a) 20 rules, 50 tools, by hand = 1", pair.ratio(), 2.5,
                   fmt::format("{:.1f} ns against {:.1f} ns", pair.ours, pair.theirs));
    check_allocations(report, "(a)", one.bound);
}

void bench_scale(Report& report) {
    Base one = base();
    for (const std::uint32_t rules : {1'000U, 10'000U, 100'000U}) {
        const std::string policy = large_policy(1000, rules);
        const std::uint32_t customers = std::max(1U, rules / 1000);
        for (const std::uint32_t count : {64U, 65'536U}) {
            const std::vector<PlainCall> plain = make_calls(1000, count, customers);
            BoundCalls bound = bound_calls(policy, calls_of(plain));
            const std::string name =
                fmt::format("(b) {} rules, 1000 tools, {} calls, (a) = 1", rules, count);
            if (const std::size_t wrong = differences(bound, expected_of(plain))) {
                report.wrong(name, fmt::format("{} decisions differ", wrong));
                continue;
            }
            against_base(report, name, one, bound, count == 64 ? 1.5 : 8);
            check_allocations(report, name.substr(0, name.find(", (a)")), bound);
        }
    }
    const std::vector<PlainCall> plain = make_calls(1, 64, 1000);
    BoundCalls bound = bound_calls(customers_policy(10'000), calls_of(plain));
    if (const std::size_t wrong = differences(bound, expected_of(plain))) {
        return report.wrong("(c)", fmt::format("{} of 64 decisions differ", wrong));
    }
    against_base(report, "(c) 10,000 rules on one tool, (a) = 1", one, bound, 3);
    check_allocations(report, "(c)", bound);
}

}  // namespace proviso::bench
