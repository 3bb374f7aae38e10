// (l) a decision with three limits in memory, a million keys alive, beside one update of a hash map
// of as many keys; the answers checked first against totals by hand.
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "bench/bound_calls.h"
#include "bench/harness.h"

namespace proviso::bench {

namespace {

constexpr std::uint32_t live_keys = 1'000'000;
constexpr std::uint32_t drawn = 128;  // at once: they stay in the caches
constexpr std::uint32_t checked_rounds = 2'000;
constexpr int cents = 100;

constexpr std::string_view policy = R"(policy bench.limits version "1"
attributes { customer : string }
tool refund { args { amount : money in USD } }
role lead { }
allow refunds on refund when customer != ""
limit a on refund count per customer over 24h > 1_000_000_000 : block
limit b on refund sum args.amount per customer over 24h > 3 USD : notify lead
limit c on refund sum args.amount per customer over each day in "UTC" > 1_000_000_000 USD : block
)";

std::string name_of(std::uint32_t key) {
    return fmt::format("customer-{:07}", key);
}

Call call_of(std::uint32_t key) {
    Call call;
    call.tool("refund");
    call.time("2026-11-20T10:00:00Z");
    call.attribute("customer", name_of(key));
    call.arg("amount", Number{"1.00"});
    return call;
}

/// One call of each key, so that all of them are alive.
void fill(Session& session, std::unordered_map<std::string, std::int64_t>& totals) {
    for (std::uint32_t key = 0; key < live_keys; ++key) {
        keep(session.decide(call_of(key)).outcome);
        totals[name_of(key)] = cents;
    }
}

/// Calls of some of the keys, bound just now: what a decision reads of the call is at hand, as it
/// is where a host has just made it, and what it reads of the store is not.
class Sample {
  public:
    void draw(Session& session) {
        names.clear();
        calls.clear();
        for (std::uint32_t i = 0; i < drawn; ++i) {
            const std::uint32_t key = keys_(random_);
            names.push_back(name_of(key));
            calls.push_back(session.bind(call_of(key)));
        }
    }
    std::vector<std::string> names;
    std::vector<BoundCall> calls;

  private:
    std::mt19937 random_{7};
    std::uniform_int_distribution<std::uint32_t> keys_{0, live_keys - 1};
};

std::size_t differences(Session& session, Sample& sample,
                        std::unordered_map<std::string, std::int64_t>& totals) {
    std::size_t wrong = 0;
    for (std::uint32_t round = 0; round < checked_rounds; ++round) {
        sample.draw(session);
        for (std::uint32_t i = 0; i < drawn; ++i) {
            const std::int64_t total = totals[sample.names[i]] += cents;
            const Outcome expected = total > 3 * cents ? Outcome::notify : Outcome::allow;
            wrong += session.decide(sample.calls[i]).outcome != expected ? 1 : 0;
        }
    }
    return wrong;
}

}  // namespace

void bench_limits(Report& report) {
    const std::string name = "(l) three limits, 1,000,000 live keys; one hash-map update = 1";
    Engine engine(compiled(std::string(policy)));
    Session session(engine);
    std::unordered_map<std::string, std::int64_t> totals;
    fill(session, totals);
    Sample sample;
    if (const std::size_t wrong = differences(session, sample, totals)) {
        return report.wrong(name, fmt::format("{} decisions differ", wrong));
    }
    const Pair pair = time_prepared(
        drawn, [&] { sample.draw(session); },
        [&] {
            for (BoundCall& call : sample.calls) keep(session.decide(call).outcome);
        },
        [&] {
            for (const std::string& key : sample.names) keep(totals[key] += cents);
        });
    report.at_most(name, pair.ratio(), 10,
                   fmt::format("{:.0f} ns against {:.0f} ns", pair.ours, pair.theirs));
    report.at_most("(l) the same in microseconds", pair.ours / 1000, 1, "from a bound call");
}

}  // namespace proviso::bench
