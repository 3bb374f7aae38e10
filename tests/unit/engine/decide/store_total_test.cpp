// Totals of both kinds of store against a plain list of events: random times, late ones among them,
// several currencies, members that come again, confirmations and cancellations.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/model/currency.h"
#include "tests/unit/engine/decide/store_kinds.h"

namespace proviso::decide {
namespace {

using Measure = SeriesSpec::Measure;

struct Told {
    std::string key;
    Instant time = 0;
    model::Currency currency = 0;
    std::int64_t cents = 0;
    std::vector<MemberDigest> members;
    EventState state = EventState::pending;
};

MemberDigest member_of(unsigned number) {
    KeyBuilder key;
    key.integer(number);
    return key.member();
}

/// What the list says, in the words of the store.
Total listed(const std::vector<Told>& events, const Look& look, Measure measure) {
    Total total;
    std::map<model::Currency, std::pair<std::int64_t, std::int64_t>> sums;
    std::set<MemberDigest> all;
    std::set<MemberDigest> settled;
    for (const Told& one : events) {
        if (one.key != look.key || one.time < look.since) continue;
        if (one.state == EventState::cancelled) continue;
        if (look.currency != 0 && one.currency != look.currency) continue;
        const bool confirmed = one.state == EventState::confirmed;
        if (measure == Measure::count) {
            ++total.all;
            total.settled += confirmed ? 1 : 0;
        }
        sums[one.currency].first += confirmed ? one.cents : 0;
        sums[one.currency].second += one.cents;
        all.insert(one.members.begin(), one.members.end());
        if (confirmed) settled.insert(one.members.begin(), one.members.end());
    }
    if (measure == Measure::distinct) {
        total.all = static_cast<std::int64_t>(all.size());
        total.settled = static_cast<std::int64_t>(settled.size());
        for (const MemberDigest& one : look.members) total.added += all.count(one) == 0 ? 1 : 0;
    }
    if (measure != Measure::sum) return total;
    for (const auto& [currency, sum] : sums) {
        if (sum.second == 0) continue;
        total.sums[total.currencies++] = {currency, model::make_decimal(sum.first, 2).value(),
                                          model::make_decimal(sum.second, 2).value()};
    }
    return total;
}

void require_same(Total left, Total right) {
    CHECK(left.settled == right.settled);
    CHECK(left.all == right.all);
    CHECK(left.added == right.added);
    REQUIRE(left.currencies == right.currencies);
    const auto by_currency = [](const auto& a, const auto& b) { return a.currency < b.currency; };
    std::sort(left.sums.begin(), left.sums.begin() + left.currencies, by_currency);
    std::sort(right.sums.begin(), right.sums.begin() + right.currencies, by_currency);
    for (std::uint32_t i = 0; i < left.currencies; ++i) {
        CHECK(left.sums[i].currency == right.sums[i].currency);
        CHECK(left.sums[i].settled == right.sums[i].settled);
        CHECK(left.sums[i].all == right.sums[i].all);
    }
}

class Random {
  public:
    explicit Random(unsigned seed) : engine_(seed) {}
    unsigned below(unsigned bound) { return static_cast<unsigned>(engine_() % bound); }

  private:
    std::mt19937 engine_;
};

void compare_with_list(StoreKind kind, Measure measure, unsigned seed, unsigned steps) {
    CAPTURE(static_cast<int>(kind), static_cast<int>(measure), seed);
    const TestStore store(kind);
    const bool sums = measure == Measure::sum;
    const SeriesId series = registered(*store, measure, 24 * hour,
                                       sums ? SeriesSpec::Kind::money : SeriesSpec::Kind::none);
    const model::Currency currencies[] = {*model::pack_currency("USD"),
                                          *model::pack_currency("EUR")};
    Random random(seed);
    std::vector<Told> events;
    Instant now = start;
    for (unsigned i = 0; i < steps; ++i) {
        now += random.below(100) * second;
        Told told;
        told.key = "k" + std::to_string(random.below(3));
        told.time = random.below(4) == 0 ? now - random.below(3000) * second : now;
        if (sums) told.currency = currencies[random.below(2)];
        told.cents = sums ? random.below(100'000) : 0;
        for (unsigned k = 0; measure == Measure::distinct && k <= random.below(3); ++k) {
            const MemberDigest member = member_of(random.below(40));
            const bool again =
                std::find(told.members.begin(), told.members.end(), member) != told.members.end();
            if (!again) told.members.push_back(member);
        }
        Event event{series, told.key, told.time, {}, told.currency, told.members};
        event.amount = model::make_decimal(told.cents, 2).value();
        REQUIRE(counted(*store, event, "c" + std::to_string(i)) == Fault::none);
        events.push_back(told);
        if (random.below(2) == 0) {
            const unsigned which = random.below(static_cast<unsigned>(events.size()));
            const auto to = random.below(2) == 0 ? EventState::confirmed : EventState::cancelled;
            Fault fault = Fault::none;
            const auto how = store->settle("c" + std::to_string(which), to, fault);
            if (how == StoreBackend::Settled::done) events[which].state = to;
            CHECK((how == StoreBackend::Settled::done ||
                   events[which].state == EventState::confirmed));
        }
        const std::vector<MemberDigest> asked =
            measure == Measure::distinct ? std::vector{member_of(random.below(40)), member_of(99)}
                                         : std::vector<MemberDigest>{};
        const std::string key = "k" + std::to_string(random.below(4));
        const Look look{series, key, now - random.below(9000) * second,
                        sums && random.below(2) == 0 ? currencies[0] : 0, asked};
        require_same(looked(*store, look, now), listed(events, look, measure));
    }
}

TEST_CASE("store totals are those of a list of events") {
    const auto kind = GENERATE(StoreKind::memory, StoreKind::file);
    const auto measure = GENERATE(Measure::count, Measure::sum, Measure::distinct);
    const unsigned seed = GENERATE(1U, 2U);
    compare_with_list(kind, measure, seed, kind == StoreKind::memory ? 900 : 250);
}

TEST_CASE("store sums are exact, and tell when they do not fit") {
    const auto kind = GENERATE(StoreKind::memory, StoreKind::file);
    const TestStore store(kind);
    const SeriesId series = registered(*store, Measure::sum, hour, SeriesSpec::Kind::number);
    const auto add = [&](model::Decimal amount) {
        return counted(*store, {series, "k", start, amount, 0, {}});
    };
    CHECK(add({1, 1}) == Fault::none);
    CHECK(add({2, 1}) == Fault::none);
    CHECK(add({1, 18}) == Fault::none);
    CHECK(looked(*store, {series, "k", start, 0, {}}, start).sums[0].all ==
          model::Decimal{300'000'000'000'000'001, 18});
    CHECK(add({-1, 0}) == Fault::out_of_range);
    // 10.3 and a digit at the end need 20 digits.
    CHECK(add({10, 0}) == Fault::none);
    Total total;
    CHECK(begun(*store, start)->total({series, "k", start, 0, {}}, total) == Fault::overflow);
    CHECK(looked(*store, {series, "other", start, 0, {}}, start).currencies == 0);
}

}  // namespace
}  // namespace proviso::decide
