#include "simulator/replay/change_samples.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/history/digest.h"

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::uint64_t many = 1'000;

ChangeToChoose call_at(std::uint64_t place, Change change = Change::tighter) {
    ChangeToChoose call{change, place, observed::Amount{}, {static_cast<std::uint32_t>(place % 3)}};
    call.amount->coefficient = static_cast<std::int64_t>((place * 7) % many);
    call.amount->scale = 2;
    call.amount->currency = place % 2 == 0 ? 1 : 2;
    return call;
}

ChangedCall shown_at(std::uint64_t place) {
    ChangedCall shown;
    shown.after.line = place;
    return shown;
}

void offer(ChangeSamples& samples, std::uint64_t place) {
    const ChangeToChoose call = call_at(place);
    if (samples.wants(call)) samples.add(call, shown_at(place));
}

std::vector<std::string> told(const ChangeSamples& samples) {
    std::vector<std::string> texts;
    for (const ChangedCall& call : samples.chosen(Change::tighter)) {
        texts.push_back(call.chosen + ' ' + std::to_string(call.after.line));
    }
    return texts;
}

}  // namespace

TEST_CASE("the largest, the borderline and some at random, in whatever pieces they come") {
    ChangeSamples whole(2, 7);
    for (std::uint64_t i = 0; i < many; ++i) offer(whole, i);
    const std::vector<std::string> expected = told(whole);
    const auto count = [&](const std::string& why) {
        return std::count_if(expected.begin(), expected.end(),
                             [&](const std::string& text) { return text.starts_with(why); });
    };
    CHECK(expected[0] == "largest 714");      // 714 * 7 = 4,998
    CHECK(count("largest") == 2 * 2);         // of each currency
    CHECK(count("borderline") == 2 * 3 * 2);  // for each of 3 rules and 2 currencies
    CHECK(count("random") > 0);               // those that are not among the others

    for (const std::uint64_t pieces : {1u, 3u, 50u}) {
        ChangeSamples merged(2, 7);
        for (std::uint64_t piece = 0; piece < pieces; ++piece) {
            ChangeSamples part(2, 7);
            for (std::uint64_t i = many; i-- > 0;) {
                if (i % pieces == piece) offer(part, i);
            }
            merged.merge(part);
        }
        CHECK(told(merged) == expected);
    }
}

TEST_CASE("another seed chooses others at random, and those alone") {
    ChangeSamples one(2, 1);
    ChangeSamples two(2, 2);
    for (std::uint64_t i = 0; i < many; ++i) {
        offer(one, i);
        offer(two, i);
    }
    std::vector<std::string> first = told(one);
    std::vector<std::string> second = told(two);
    CHECK(first != second);
    first.resize(16);
    second.resize(16);
    CHECK(first == second);
}

TEST_CASE("a call is shown once, and its place is told once") {
    ChangeSamples samples(3, 0);
    offer(samples, 5);
    samples.set_place([](std::uint64_t line) { return HistoryPlace{"march.jsonl", line + 101}; });
    const auto calls = samples.chosen(Change::tighter);
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].chosen == "largest");
    CHECK(calls[0].after.line == 106);
    CHECK(calls[0].after.file == "march.jsonl");
    CHECK(samples.chosen(Change::looser).empty());
    CHECK_FALSE(ChangeSamples(0, 0).wants(call_at(1)));
}

TEST_CASE("borders past the bound are those of the last rules") {
    ChangeSamples samples(1, 0);
    for (std::uint32_t rule = 3 * borders_shown; rule-- > 0;) {
        ChangeToChoose call = call_at(rule);
        call.amount->coefficient = 1'000'000 + rule;
        call.amount->currency = 1;
        call.rules = {rule};
        samples.add(call, shown_at(rule));
    }
    const auto calls = samples.chosen(Change::tighter);
    std::size_t borders = 0;
    for (const ChangedCall& call : calls) {
        if (call.chosen != "borderline") continue;
        ++borders;
        CHECK(call.after.line < borders_shown);
    }
    CHECK(borders == borders_shown);
}
