// The reference's plans: what changes them and what does not.
#include "tests/reference/plan.h"

#include <catch2/catch.hpp>

#include "tests/reference/checked_set.h"

namespace proviso::reference {
namespace {

class Plans {
  public:
    std::optional<std::string> of(const std::string& members, const std::string& args) const {
        const std::string call = R"({"tool":"pay","args":)" + args + members + "}";
        return plan_of(set_->inputs(), json_of(call));
    }

  private:
    std::unique_ptr<CheckedSet> set_ = checked_set(
        "attributes {\n    environment : dev | live volatile\n    customer.id : string\n"
        "    mood : string volatile\n    weight : int\n}\n"
        "tool pay {\n    args open { amount : decimal, note : string?, at : time }\n}\n"
        "allow all on *\n    when weight < 5 and args.extra == \"x\"\n");
};

const std::string plain = R"({"amount":12.5,"at":"2026-11-25T10:00:00Z"})";

}  // namespace

TEST_CASE("a plan is the same however its values are written") {
    const Plans plans;
    const auto plan = plans.of("", plain);
    REQUIRE(plan);
    CHECK(plan == plans.of("", R"({"at":"2026-11-25T11:00:00+01:00","amount":12.50})"));
    CHECK(plan == plans.of("", R"({"amount":125e-1,"at":"2026-11-25T10:00Z","note":null})"));
    CHECK(plan == plans.of(R"(,"time":"2026-11-25T10:00:00Z","mood":"bad")", plain));
    CHECK(plan == plans.of(R"(,"agent":{"model":"m-4","roles":[]})", plain));
    const auto more = plans.of("", R"({"amount":1,"at":"2026-11-25T10:00Z","m":{"b":1.0,"a":2}})");
    CHECK(more == plans.of("", R"({"amount":1,"at":"2026-11-25T10:00Z","m":{"a":2,"b":1}})"));
}

TEST_CASE("a plan is another one where anything else is") {
    const Plans plans;
    const auto plan = plans.of("", plain);
    for (const char* members :
         {R"(,"id":"c-1")", R"(,"principal":{"id":"ann"})", R"(,"agent":{"id":"bot"})",
          R"(,"workflow":{"name":"w"})", R"(,"environment":"dev")", R"(,"weight":0)",
          R"(,"customer.id":"")", R"(,"unknown":["weight"])"}) {
        INFO(members);
        const auto other = plans.of(members, plain);
        CHECK(other);
        CHECK(other != plan);
    }
    for (const char* args : {R"({"amount":12.51,"at":"2026-11-25T10:00:00Z"})",
                             R"({"amount":12.5,"at":"2026-11-25T10:00:00.000001Z"})",
                             R"({"amount":12.5,"at":"2026-11-25T10:00:00Z","note":""})",
                             R"({"amount":12.5,"at":"2026-11-25T10:00:00Z","extra":"x"})"}) {
        INFO(args);
        CHECK(plans.of("", args) != plan);
    }
}

TEST_CASE("what has no value to approve has no plan") {
    const Plans plans;
    CHECK_FALSE(plans.of(R"(,"weight":"heavy")", plain));
    CHECK_FALSE(plans.of("", R"({"amount":1,"at":"2026-11-25T10:00Z","m":1e99999})"));
    CHECK_FALSE(plans.of("", R"({"at":"2026-11-25T10:00:00Z"})"));  // no good form
}

}  // namespace proviso::reference
