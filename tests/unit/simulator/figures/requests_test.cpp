#include "simulator/figures/requests.h"

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

using observed::AskedPeople;
using observed::GateAsks;

GateAsks asks(std::vector<AskedPeople> people, std::int64_t within,
              std::vector<observed::AddedRole> added = {}) {
    return {std::move(people), within, std::move(added)};
}

TEST_CASE("one person stands for a place of each gate, but for one of a gate") {
    const GateAsks lead = asks({{1, {2}, false}}, 100);
    const GateAsks two = asks({{2, {2}, false}}, 50);
    const GateAsks any = asks({{1, {1, 2}, false}}, 200);
    CHECK(shape_of({lead, lead}).people.size() == 1);
    CHECK(shape_of({lead, two}).people.size() == 2);
    CHECK(shape_of({lead, two}).within_seconds == 50);
    CHECK(shape_of({any, lead}).people == std::vector<AskedPeople>{{1, {2}, false}});
    CHECK(shape_of({any, asks({{1, {3}, false}}, 9)}).people.size() == 2);
}

TEST_CASE("the order of gates does not show in whom they ask") {
    const std::vector<GateAsks> gates{asks({{1, {1, 2}, false}, {1, {3}, false}}, 5),
                                      asks({{2, {2}, false}}, 6),
                                      asks({{1, {}, true}, {1, {1, 2, 3}, false}}, 7)};
    const RequestShape shape = shape_of(gates);
    CHECK(shape_of({gates[2], gates[0], gates[1]}).people == shape.people);
    CHECK(shape_of({gates[1], gates[2], gates[0]}).people == shape.people);
}

TEST_CASE("the principal stands for nobody else") {
    const RequestShape shape =
        shape_of({asks({{1, {}, true}}, 5), asks({{1, {1}, false}}, 5), asks({{1, {}, true}}, 5)});
    CHECK(shape.people.size() == 2);
}

TEST_CASE("a role is added where every gate adds it, after the longest of their times") {
    const GateAsks one = asks({{1, {1}, false}}, 5, {{2, 10}, {2, 30}, {3, 7}});
    const GateAsks other = asks({{1, {1}, false}}, 5, {{2, 20}});
    CHECK(shape_of({one, other}).added == std::vector<observed::AddedRole>{{2, 20}});
    CHECK(shape_of({one}).added == std::vector<observed::AddedRole>{{2, 10}, {3, 7}});
}

}  // namespace
}  // namespace proviso::simulator
