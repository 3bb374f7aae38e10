#include "engine/check/graph.h"

#include <algorithm>

#include <catch2/catch.hpp>

namespace proviso::check {
namespace {

std::size_t place(const UseOrder& order, std::uint32_t node) {
    const auto found = std::find(order.order.begin(), order.order.end(), node);
    return static_cast<std::size_t>(found - order.order.begin());
}

}  // namespace

TEST_CASE("what is used comes before its users") {
    const UseOrder order = order_by_use({{1, 2}, {3}, {3}, {}});
    REQUIRE(order.order.size() == 4);
    CHECK(order.cycles.empty());
    CHECK(place(order, 3) < place(order, 1));
    CHECK(place(order, 1) < place(order, 0));
    CHECK(place(order, 2) < place(order, 0));
}

TEST_CASE("circles are found, each with its members in order") {
    const UseOrder order = order_by_use({{1}, {2}, {0}, {3}, {0}});
    REQUIRE(order.cycles.size() == 2);
    CHECK(order.cycles[0] == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(order.cycles[1] == std::vector<std::uint32_t>{3});
    CHECK(order.in_cycle[0]);
    CHECK(order.in_cycle[3]);
    CHECK_FALSE(order.in_cycle[4]);
}

}  // namespace proviso::check
