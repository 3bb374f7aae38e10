// What a study of calls asks of a session and its policy.
#include "engine/observed.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso::observed {
namespace {

constexpr const char* observed_rules = R"(policy p version "1.0.0"
attributes { region : eu | us
             risk   : int }
facts customer for args.customer { tier : free | gold }
tool pay { stages propose, execute
           args { customer : string
                  amount   : money in USD
                  units    : int? } }
tool look { args { customer : string } }
role lead { }
let far = region == us
allow pays on pay, look
gate risky on pay when far and risk > 3 by lead
block poor on pay when customer.tier == free and (args.units ?? 0) > 2
limit a_day on pay count per args.customer over 1d > 1 : block
)";

PolicyPtr observed_policy() {
    const CompileResult made = compile_text(observed_rules);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

Call observed_pay(const char* time) {
    Call call("pay");
    call.time(time).arg("customer", "c").arg("amount", Number{"12.50"}).attribute("region", "us");
    return call;
}

std::vector<std::string> read_by(const FactReads& reads, const Session& session) {
    std::vector<std::string> names;
    for (const std::uint32_t fact : reads.by_place.at(reads.place_of(session).value())) {
        names.push_back(reads.facts[fact].name);
    }
    return names;
}

TEST_CASE("what rules read, by tool and stage, through lets and facts") {
    const PolicyPtr policy = observed_policy();
    const FactReads reads = fact_reads(*policy);
    const Engine engine(policy);
    Session session(engine);
    session.preview(observed_pay("2026-11-20T00:00:00Z"));
    const std::vector<std::string> names = read_by(reads, session);
    for (const char* name :
         {"args.customer", "args.units", "customer.tier", "region", "risk", "time"}) {
        INFO(name);
        CHECK(std::count(names.begin(), names.end(), name) == 1);
    }
    CHECK(std::count(names.begin(), names.end(), "args.amount") == 0);
    CHECK(reads.tool_of(*reads.place_of(session)) == "pay");
    // Gates and limits are of the stage at which the deed is done.
    session.preview(observed_pay("2026-11-20T00:00:00Z").stage("propose"));
    const std::vector<std::string> proposed = read_by(reads, session);
    CHECK(std::count(proposed.begin(), proposed.end(), "risk") == 0);
    CHECK(std::count(proposed.begin(), proposed.end(), "customer.tier") == 1);
    session.preview(Call("look").arg("customer", "c"));
    CHECK(read_by(reads, session).empty());
    session.preview(Call("look"));
    CHECK_FALSE(reads.place_of(session));
}

TEST_CASE("whether a call brought a value where an absent optional is a fact") {
    const PolicyPtr policy = observed_policy();
    const FactReads reads = fact_reads(*policy);
    const Engine engine(policy);
    Session session(engine);
    session.preview(observed_pay("2026-11-20T00:00:00Z"));
    for (const Fact& fact : reads.facts) {
        INFO(fact.name);
        CHECK(is_known(session, fact) == (fact.name != "risk" && fact.name != "customer.tier"));
    }
    CHECK(time_of(session) == 1'795'132'800'000'000);
    session.preview(Call("pay").arg("customer", "c").arg("amount", 1));
    CHECK_FALSE(time_of(session));
}

TEST_CASE("numbers among the arguments are amounts") {
    const PolicyPtr policy = observed_policy();
    const auto tools = amount_arguments(*policy);
    const Engine engine(policy);
    Session session(engine);
    session.preview(observed_pay("2026-11-20T00:00:00Z"));
    const auto& of_pay = tools.at(tool_number(session).value());
    REQUIRE(of_pay.size() == 2);
    CHECK(of_pay[0].name == "amount");
    CHECK(of_pay[0].is_money);
    CHECK_FALSE(of_pay[1].is_money);
    const auto amount = amount_of(session, of_pay[0]);
    REQUIRE(amount);
    CHECK(amount->coefficient == 125);
    CHECK(amount->scale == 1);
    CHECK(currency_name(amount->currency) == "USD");
    CHECK_FALSE(amount_of(session, of_pay[1]));
}

TEST_CASE("a call that was let through elsewhere is counted, whatever is decided of it") {
    const PolicyPtr policy = observed_policy();
    CHECK(counts_calls(*policy));
    CHECK(longest_period_us(*policy) == 86'400'000'000);
    const Engine engine(policy);
    Session session(engine);
    const Call call = observed_pay("2026-11-20T00:00:00Z").attribute("risk", 1);
    const auto outcome = [&] { return session.preview(call).outcome; };
    CHECK(outcome() != Outcome::block);
    CHECK(outcome() != Outcome::block);  // a preview counts nothing
    CHECK(count_last_call(session));
    CHECK(outcome() == Outcome::block);
    CHECK(count_last_call(session, "stand-in"));
    CHECK(session.decision().totals.at(0).before == "1");
    CHECK(outcome() == Outcome::block);
    CHECK(session.decision().totals.at(0).before == "2");
    // An id counts once.
    Call named = call;
    named.id("c-1");
    session.preview(named);
    CHECK(count_last_call(session));
    CHECK(session.preview(named).repeat);
    CHECK_FALSE(count_last_call(session));
    session.preview(Call("pay"));
    CHECK_FALSE(count_last_call(session));
}

}  // namespace
}  // namespace proviso::observed
