// Places filled by people, held to every assignment there is.
#include "engine/decide/quorum.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

namespace {

using proviso::decide::NeedMask;
using proviso::decide::Quorum;

/// The most places that people from `person` on can fill, trying each choice of each.
std::uint32_t most_by_trying(std::vector<std::uint32_t> left, const std::vector<NeedMask>& people,
                             std::size_t person) {
    if (person == people.size()) return 0;
    std::uint32_t best = most_by_trying(left, people, person + 1);
    for (std::size_t need = 0; need < left.size(); ++need) {
        if ((people[person] >> need & 1U) == 0 || left[need] == 0) continue;
        std::vector<std::uint32_t> rest = left;
        --rest[need];
        best = std::max(best, 1 + most_by_trying(rest, people, person + 1));
    }
    return best;
}

}  // namespace

TEST_CASE("quorum: who could stand in two places stands where they are needed") {
    Quorum quorum;
    const std::vector<std::uint32_t> places{1, 1};
    CHECK(quorum.most_filled(places, std::vector<NeedMask>{3, 1}) == 2);
    CHECK(quorum.most_filled(places, std::vector<NeedMask>{1, 3}) == 2);
    CHECK(quorum.most_filled(places, std::vector<NeedMask>{1, 1}) == 1);
    CHECK(quorum.most_filled(places, std::vector<NeedMask>{3}) == 1);
    CHECK(quorum.most_filled(places, std::vector<NeedMask>{}) == 0);
    CHECK(quorum.most_filled(std::vector<std::uint32_t>{2}, std::vector<NeedMask>{1, 0, 1}) == 2);
}

TEST_CASE("quorum: every assignment of small cases") {
    std::mt19937 source(7);
    const auto random = [&] { return static_cast<std::uint32_t>(source()); };
    Quorum quorum;
    for (int round = 0; round < 4000; ++round) {
        std::vector<std::uint32_t> places(1 + random() % 4);
        for (std::uint32_t& count : places) count = 1 + random() % 3;
        std::vector<NeedMask> people(random() % 7);
        for (NeedMask& mask : people) mask = random() & ((1U << places.size()) - 1);
        CHECK(quorum.most_filled(places, people) == most_by_trying(places, people, 0));
    }
}

TEST_CASE("quorum: as many as there may be") {
    Quorum quorum;
    const std::vector<std::uint32_t> places(32, 1);
    std::vector<NeedMask> people;
    for (std::uint32_t i = 0; i < 32; ++i) people.push_back(0xFFFFFFFFU >> i);
    CHECK(quorum.most_filled(places, people) == 32);
    std::reverse(people.begin(), people.end());
    CHECK(quorum.most_filled(places, people) == 32);
    people.assign(64, 1);
    CHECK(quorum.most_filled(places, people) == 1);
}
