// The reference's memory, against cases that were worked out by hand.
#include "tests/reference/memory.h"

#include <catch2/catch.hpp>

namespace proviso::reference {
namespace {

using check::Aggregate;

Event event(std::int64_t time, const std::string& key, std::int64_t amount,
            const std::string& code = "USD", const std::string& call = "") {
    return {"limit l", time, {key}, Number(amount), code, {}, call, State::pending};
}

TEST_CASE("a total takes what lies behind the begin, later events too") {
    Events events;
    for (const std::int64_t time : {10, 20, 30}) events.add(event(time, "a", time));
    events.add(event(25, "b", 7));
    const auto sum = [&](const std::string& key, const Since& since) {
        return events.total("limit l", {key}, since, false).of(Aggregate::sum, "USD");
    };
    CHECK(sum("a", {10, true}) == Number(60));
    CHECK(sum("a", {10, false}) == Number(50));
    CHECK(sum("a", {29, false}) == Number(30));
    CHECK(sum("b", {0, false}) == Number(7));
    CHECK(events.total("limit other", {"a"}, {0, false}, false).events == 0);
}

TEST_CASE("currencies are apart, members of a distinct are counted once") {
    Events events;
    events.add(event(1, "a", 5, "USD"));
    events.add(event(1, "a", 6, "EUR"));
    Event members = event(2, "a", 0, "");
    members.members = {"x", "y"};
    events.add(members);
    members.members = {"y", "z"};
    events.add(members);
    const Total total = events.total("limit l", {"a"}, {0, false}, false);
    CHECK(total.of(Aggregate::sum, "USD") == Number(5));
    CHECK(total.of(Aggregate::sum, "EUR") == Number(6));
    CHECK(total.of(Aggregate::sum, "JPY") == Number(0));
    CHECK(total.of(Aggregate::distinct, "") == Number(3));
    CHECK(total.of(Aggregate::count, "") == Number(4));
}

TEST_CASE("what is cancelled is out, what is pending is not confirmed") {
    Events events;
    events.add(event(1, "a", 1, "USD", "c-1"));
    events.add(event(2, "a", 2, "USD", "c-2"));
    events.add(event(3, "a", 4));
    CHECK(events.settle("c-1", State::confirmed));
    CHECK(events.settle("c-2", State::cancelled));
    CHECK_FALSE(events.settle("c-3", State::cancelled));
    CHECK_FALSE(events.settle("", State::cancelled));
    const Since always{0, false};
    CHECK(events.total("limit l", {"a"}, always, false).of(Aggregate::sum, "USD") == Number(5));
    CHECK(events.total("limit l", {"a"}, always, true).of(Aggregate::sum, "USD") == Number(1));
}

}  // namespace
}  // namespace proviso::reference
