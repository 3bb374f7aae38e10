// Whom gates ask, and how far limits are used, told without the full record; held against it.
#include "engine/observed_gates.h"

#include <algorithm>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "engine/observed.h"
#include "engine/observed_limits.h"
#include <proviso/proviso.h>

namespace proviso::observed {
namespace {

constexpr const char* gated_rules = R"(policy p version "1.0.0"
authority of principal
attributes { customer : string }
tool pay { args { amount : money in USD } }
role clerk { can pay }
role lead { can approve: pay }
role boss extends lead { can approve: pay }
role cfo { }
approval both {
    needs    1 of lead
    needs    2 of cfo or boss
    needs    principal
    within   2h
    escalate also clerk after 1h
}
approval any_approver { needs 1 of approvers }
allow pays on pay
gate alone on pay when args.amount > 10 USD by cfo
gate together on pay when args.amount > 20 USD by both
gate approved on pay when args.amount > 30 USD by any_approver
limit a_day on pay
    sum args.amount per customer over 24h
        > 100 USD : gate by lead
)";

PolicyPtr gated_policy() {
    const CompileResult made = compile_text(gated_rules);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

Call gated_pay(const char* amount) {
    Call call("pay");
    call.time("2026-11-20T00:00:00Z").arg("amount", Number{amount}).attribute("customer", "c");
    call.principal("u").principal_roles({"clerk"}).id("c-1");
    return call;
}

std::set<std::string> words_of(const std::vector<std::uint32_t>& roles, const RoleNames& names) {
    std::set<std::string> words;
    for (const std::uint32_t role : roles) words.insert(names.names.at(role));
    return words;
}

TEST_CASE("what a gate asks for is what the record of a decision says") {
    const PolicyPtr policy = gated_policy();
    const Engine engine(policy);
    Session session(engine);
    const RoleNames names = role_names(*policy);
    const Call call = gated_pay("50");  // the session views it
    CHECK(session.preview(call).outcome == Outcome::gate);
    std::vector<std::uint32_t> rules;
    closed_gates(session, rules);
    const Decision decision = session.decision();
    REQUIRE(rules.size() == 3);
    REQUIRE(decision.gates.size() == 3);
    for (const std::uint32_t rule : rules) {
        const auto gate =
            std::find_if(decision.gates.begin(), decision.gates.end(),
                         [&](const Gate& one) { return one.rule == policy->rules()[rule].name; });
        REQUIRE(gate != decision.gates.end());
        const GateAsks asks = gate_asks(*policy, rule, tool_number(session));
        REQUIRE(asks.people.size() == gate->needs.size());
        for (std::size_t i = 0; i < asks.people.size(); ++i) {
            const NeededPeople& need = gate->needs[i];
            CHECK(asks.people[i].count == need.count);
            CHECK(asks.people[i].principal == (need.of == "principal"));
            CHECK(words_of(asks.people[i].roles, names) ==
                  std::set<std::string>(need.roles.begin(), need.roles.end()));
        }
        REQUIRE(asks.added.size() == gate->also.size());
        for (std::size_t i = 0; i < asks.added.size(); ++i) {
            CHECK(names.names[asks.added[i].role] == gate->also[i].role);
            CHECK(asks.added[i].after_seconds == gate->also[i].after_seconds);
        }
        CHECK(gate->until == time_text(1'795'132'800'000'000 + asks.within_seconds * 1'000'000));
    }
}

TEST_CASE("who holds a role holds what it extends") {
    const RoleNames names = role_names(*gated_policy());
    const auto number = [&](const char* name) {
        const auto at = std::find(names.names.begin(), names.names.end(), name);
        return static_cast<std::uint32_t>(at - names.names.begin());
    };
    const auto& of_boss = names.holds[number("boss")];
    CHECK(std::count(of_boss.begin(), of_boss.end(), number("lead")) == 1);
    const auto& of_lead = names.holds[number("lead")];
    CHECK(std::count(of_lead.begin(), of_lead.end(), number("boss")) == 0);
}

TEST_CASE("how far a limit's cap is used, with the call") {
    const PolicyPtr policy = gated_policy();
    const Engine engine(policy);
    Session session(engine);
    std::vector<LimitUse> uses;
    for (const auto& [share, passed] : {std::pair{0.5, false}, {1.0, false}, {1.5, true}}) {
        const Call call = gated_pay("50").id("c-" + std::to_string(share));
        session.preview(call);
        limit_uses(session, uses);
        REQUIRE(uses.size() == 1);
        CHECK(uses[0].share == Approx(share));
        CHECK(uses[0].passed == passed);
        CHECK(limit_steps(*policy) == std::vector{uses[0].rule});
        CHECK(limit_of_step(*policy, uses[0].rule) == "a_day");
        REQUIRE(count_last_call(session));
    }
    const Call other("nothing");
    session.preview(other);
    limit_uses(session, uses);
    CHECK(uses.empty());
}

}  // namespace
}  // namespace proviso::observed
