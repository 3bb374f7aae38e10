// The reference's quorum, against cases that were worked out by hand.
#include "tests/reference/quorum.h"

#include <catch2/catch.hpp>

namespace proviso::reference {
namespace {

constexpr check::RoleId lead{0};
constexpr check::RoleId finance{1};

check::Need places(std::uint32_t count, std::vector<check::RoleId> roles) {
    check::Need need;
    need.count = count;
    need.roles = std::move(roles);
    return need;
}

check::Approval approval(std::vector<check::Need> needs) {
    check::Approval one;
    one.needs = std::move(needs);
    return one;
}

Person person(const std::string& id, std::set<std::uint32_t> held) {
    return {.id = id, .held = std::move(held)};
}

TEST_CASE("two of a role are two people") {
    const check::Approval two = approval({places(2, {lead})});
    CHECK_FALSE(is_filled(two, {}));
    CHECK_FALSE(is_filled(two, {person("ann", {0})}));
    CHECK_FALSE(is_filled(two, {person("ann", {0}), person("joe", {1})}));
    CHECK(is_filled(two, {person("ann", {0}), person("joe", {0})}));
    CHECK(is_filled(two, {person("kim", {1}), person("ann", {0}), person("joe", {0, 1})}));
}

TEST_CASE("needs add up, and one person fills one place") {
    const check::Approval both = approval({places(1, {lead}), places(1, {finance})});
    CHECK_FALSE(is_filled(both, {person("ann", {0, 1})}));
    CHECK_FALSE(is_filled(both, {person("ann", {0}), person("joe", {0})}));
    // Ann alone could take either place; only one way round works.
    CHECK(is_filled(both, {person("ann", {0, 1}), person("joe", {0})}));
    CHECK(is_filled(both, {person("joe", {1}), person("ann", {0, 1})}));
}

TEST_CASE("the greedy way is not the only one") {
    const check::Approval three =
        approval({places(1, {lead, finance}), places(1, {lead}), places(1, {finance})});
    const Person all = person("ann", {0, 1});
    CHECK(is_filled(three, {person("joe", {0}), all, person("kim", {1})}));
    CHECK(is_filled(three, {person("joe", {0}), person("lee", {0}), person("kim", {1})}));
    CHECK_FALSE(is_filled(three, {person("joe", {0}), person("lee", {0}), person("max", {0})}));
}

TEST_CASE("approvers, the principal and escalated people") {
    check::Need approvers;
    approvers.count = 1;
    approvers.approvers = true;
    check::Need asked;
    asked.count = 1;
    asked.principal = true;
    Person able = person("ann", {});
    able.approver = true;
    Person principal = person("joe", {0});
    principal.principal = true;
    Person escalated = person("cfo", {});
    escalated.escalated = true;
    const check::Approval one = approval({approvers});
    CHECK(is_filled(one, {able}));
    CHECK(is_filled(one, {escalated}));
    CHECK_FALSE(is_filled(one, {person("kim", {0})}));
    // Whom it is asked for approves nothing but in a place of their own.
    CHECK_FALSE(is_filled(approval({places(1, {lead})}), {principal}));
    CHECK(is_filled(approval({asked}), {principal}));
    CHECK_FALSE(is_filled(approval({asked}), {able, escalated}));
    CHECK_FALSE(is_filled(approval({asked, approvers}), {principal}));
    CHECK(is_filled(approval({asked, approvers}), {principal, able}));
}

}  // namespace
}  // namespace proviso::reference
