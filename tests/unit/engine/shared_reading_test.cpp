// When one reading of a call serves two policies, and when it does not.
#include "engine/decide/shared_reading.h"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "engine/observed.h"
#include "engine/policy_impl.h"
#include <proviso/proviso.h>

namespace proviso {
namespace {

constexpr const char* shared_rules = R"(policy p version "1.0.0"
attributes { region : eu | us = eu
             risk   : int in 0 .. 100 }
facts customer for args.customer { tier : free | gold }
tool pay { tier operational
           args { customer : string
                  amount   : money in USD
                  goods    : [{ name : string, count : int }]? } }
tool look { args { customer : string } }
role lead { }
bind lead to "ann"
allow pays on pay, look
gate risky on pay when risk > 3 by lead
)";

PolicyPtr shared_policy(const std::string& text, const Limits& limits = {}) {
    CompileOptions options;
    options.limits = limits;
    const CompileResult made = compile_text(text, "p.proviso", options);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

std::string with(std::string_view what, std::string_view instead) {
    std::string text = shared_rules;
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), instead);
}

decide::SharedReading reading(const PolicyPtr& from, const PolicyPtr& to) {
    return {from->impl().tables, to->impl().tables};
}

bool shares(const std::string& other, const char* tool = "pay", const Limits& limits = {}) {
    const PolicyPtr from = shared_policy(shared_rules);
    const PolicyPtr to = shared_policy(other, limits);
    const Engine engine(from);
    Session session(engine);
    const Call call = Call(tool).arg("customer", "c");  // the record views it
    session.preview(call);
    return reading(from, to).applies(bound_of(session));
}

TEST_CASE("rules, params and the order of declarations leave the reading as it is") {
    CHECK(shares(shared_rules));
    CHECK(shares(with("risk > 3", "risk > 4")));
    CHECK(shares(with("gate risky", "block worse on pay when region == us\ngate risky")));
    CHECK(shares(with("bind lead", "limit much on pay count over 1h > 3 : block\nbind lead")));
    CHECK(shares(with("region : eu | us = eu\n             risk   : int in 0 .. 100",
                      "risk   : int in 0 .. 100\n             region : eu | us = eu")));
}

TEST_CASE("a tool that is declared otherwise is read again, the others are not") {
    for (const std::string& other :
         {with("money in USD", "money in EUR"), with("amount   : money in USD", "amount : money"),
          with("name : string, count : int", "name : string, count : decimal"),
          with("}]? }", "}] }"), with("amount   :", "extra : int?\n amount :"),
          with("tier operational", "tier high_impact"),
          with("tier operational", "stages propose, execute"), with("tool pay", "tool pays_out")}) {
        // a name that no tool has is taken out of the rules as well
        std::string text = other;
        if (text.find("tool pays_out") != std::string::npos) {
            for (std::string_view name : {"on pay, look", "on pay when"}) {
                text.replace(text.find(name), 6, "on pays_out");
            }
        }
        INFO(text);
        CHECK_FALSE(shares(text));
        CHECK(shares(text, "look"));
    }
}

TEST_CASE("what the host tells, declared otherwise, is read again of every tool") {
    for (const std::string& other :
         {with("eu | us = eu", "eu | us = us"), with("eu | us = eu", "us | eu = eu"),
          with("0 .. 100", "0 .. 99"), with("risk   :", "more : int\n risk :"),
          with("free | gold", "gold | free"), with("role lead { }", "role lead { }\nrole boss { }"),
          with("bind lead to \"ann\"", "bind lead to \"joe\"")}) {
        INFO(other);
        CHECK_FALSE(shares(other));
        CHECK_FALSE(shares(other, "look"));
    }
    Limits limits;
    limits.list_length = 3;
    CHECK_FALSE(shares(shared_rules, "pay", limits));
}

TEST_CASE("a name that only one of two catalogues has is read again") {
    CHECK(shares(shared_rules, "unheard"));
    CHECK_FALSE(shares(with("tool look", "tool unheard { }\ntool look"), "unheard"));
    CHECK_FALSE(shares(with("allow pays", "catalogue open\nallow pays"), "unheard"));
}

TEST_CASE("the record itself serves where numbers are the same and nothing is remembered") {
    const PolicyPtr policy = shared_policy(shared_rules);
    const auto same = [&](const std::string& other) {
        return reading(policy, shared_policy(other)).same_numbers();
    };
    CHECK(same(shared_rules));
    CHECK(same(with("risk > 3", "risk > 4")));
    CHECK_FALSE(same(with("bind lead", "limit much on pay count over 1h > 3 : block\nbind lead")));
    CHECK_FALSE(same(with("risk > 3", "risk + risk > risk + 3")));
    CHECK_FALSE(same(with("amount   :", "units : int?\n amount :")));
}

TEST_CASE("after a swap the other policy is gone by") {
    Engine reads(shared_policy(shared_rules));
    Engine shares_it(shared_policy(shared_rules));
    Session reading_one(reads);
    Session sharing_one(shares_it);
    const std::string call = R"({"tool":"pay","risk":50,)"
                             R"("args":{"customer":"c","amount":{"amount":"1","currency":"USD"}}})";
    const auto both = [&] {
        reading_one.preview(Layout::native(), call);
        return preview_read_call(sharing_one, reading_one, Layout::native(), call).outcome;
    };
    CHECK(both() == Outcome::gate);
    const PolicyPtr looser = shared_policy(with("risk > 3", "risk > 60"));
    REQUIRE(shares_it.swap(looser));
    CHECK(both() == Outcome::allow);
    REQUIRE(reads.swap(shared_policy(with("tier operational", "tier high_impact"))));
    CHECK(both() == Outcome::allow);
}

}  // namespace
}  // namespace proviso
