#include "lint/values.h"

#include <catch2/catch.hpp>

using namespace proviso::lint;

namespace {

Decimal whole(std::int64_t number) {
    return {number, 0};
}

}  // namespace

TEST_CASE("a set of numbers is what its bounds let in") {
    const ValueSet set = intersection(at_least(whole(2), false), at_most(whole(5), true));
    CHECK_FALSE(contains(set, whole(2)));
    CHECK(contains(set, Decimal{21, 1}));
    CHECK(contains(set, whole(5)));
    CHECK_FALSE(contains(set, Decimal{51, 1}));
    CHECK(is_empty(intersection(at_least(whole(5), false), at_most(whole(5), true))));
    CHECK(is_empty(between(whole(3), whole(2))));
    CHECK_FALSE(is_empty(between(whole(3), whole(3))));
}

TEST_CASE("what lies in a set lies in a wider one") {
    CHECK(is_subset(at_least(whole(5), true), at_least(whole(5), true)));
    CHECK(is_subset(at_least(whole(5), false), at_least(whole(5), true)));
    CHECK_FALSE(is_subset(at_least(whole(5), true), at_least(whole(5), false)));
    CHECK(is_subset(nothing(), at_least(whole(5), true)));
    CHECK(is_subset(at_most(whole(5), true), everything()));
    CHECK_FALSE(is_subset(everything(), at_most(whole(5), true)));
    const ValueSet others = points({whole(3), whole(1), whole(3)}, true);
    CHECK(is_subset(at_least(whole(3), false), others));
    CHECK_FALSE(is_subset(at_least(whole(3), true), others));
    CHECK(is_subset(points({whole(2)}, false), others));
}

TEST_CASE("whole numbers have neighbours") {
    CHECK(to_discrete(at_least(whole(5), false)) == to_discrete(at_least(whole(6), true)));
    CHECK(to_discrete(at_most(Decimal{-55, 1}, true)) == to_discrete(at_most(whole(-6), true)));
    CHECK(to_discrete(at_least(Decimal{-55, 1}, true)) == to_discrete(at_least(whole(-5), true)));
    CHECK(to_discrete(points({whole(1), whole(2), whole(4)}, false)).intervals.size() == 2);
    const ValueSet words = between(whole(0), whole(3));
    const ValueSet all_but_two = to_discrete(points({whole(0), whole(1)}, true));
    CHECK(intersection(words, all_but_two) == to_discrete(points({whole(2), whole(3)}, false)));
    const ValueSet between_neighbours =
        intersection(at_least(whole(3), false), at_most(whole(4), false));
    CHECK_FALSE(is_empty(between_neighbours));
    CHECK(is_empty(to_discrete(between_neighbours)));
}

TEST_CASE("the largest number has no neighbour, and nothing is said of one") {
    const Decimal most{0x7FFFFFFFFFFFFFFF, 0};
    CHECK(contains(to_discrete(at_least(most, true)), most));
    CHECK_FALSE(contains(to_discrete(at_least(most, false)), most));
}

TEST_CASE("a set of texts names them, or those that it leaves out") {
    const ValueSet two = texts({"b", "a", "b"}, false);
    const ValueSet not_a = texts({"a"}, true);
    CHECK(two.texts.size() == 2);
    CHECK(intersection(two, not_a) == texts({"b"}, false));
    CHECK(intersection(not_a, two) == texts({"b"}, false));
    CHECK(is_subset(texts({"b"}, false), not_a));
    CHECK_FALSE(is_subset(two, not_a));
    CHECK(is_subset(texts({"a", "c"}, true), not_a));
    CHECK_FALSE(is_subset(not_a, texts({"a", "c"}, true)));
    CHECK(is_empty(intersection(texts({"a"}, false), not_a)));
    CHECK(is_subset(two, everything(true)));
    CHECK_FALSE(is_empty(everything(true)));
}
