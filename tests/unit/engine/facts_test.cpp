// Facts by setters and by layouts; their JSON form is in tests/golden/decide/facts.
#include <catch2/catch.hpp>

#include "proviso/proviso.h"

using namespace proviso;  // NOLINT(google-build-using-namespace)

namespace {

constexpr auto facts_rules = R"(policy p version "1"
tool refund { args { customer : string } }
facts customer for args.customer { tier : free < gold, note : string? }
allow good on refund when customer.tier == gold
block noted on refund when has customer.note
)";

PolicyPtr policy() {
    CompileResult compiled = compile_text(facts_rules);
    INFO(compiled.text);
    REQUIRE(compiled.policy);
    return compiled.policy;
}

Outcome decided(const Call& call) {
    return Engine(policy()).decide(call).outcome;
}

Call refund_of(std::string_view customer) {
    Call call("refund");
    call.arg("customer", customer);
    return call;
}

LayoutField field(std::string pointer, std::string target) {
    LayoutField made;
    made.pointer = std::move(pointer);
    made.target = std::move(target);
    return made;
}

}  // namespace

TEST_CASE("facts by setters") {
    Call call = refund_of("c-1");
    CHECK(decided(call) == Outcome::block);
    call.facts("customer", "c-1", {{"tier", "gold"}});
    CHECK(decided(call) == Outcome::allow);
    call.facts("customer", "c-2", {{"tier", "gold"}});
    CHECK(decided(call) == Outcome::block);
    call.facts("customer", "c-1", {{"tier", "gold"}, {"note", "x"}});
    CHECK(decided(call) == Outcome::block);
    call.facts("customer", "c-1", {{"tier", "gold"}}).unknown("customer.note");
    const Decision decision = Engine(policy()).decide(call);
    CHECK(decision.outcome == Outcome::block);
    REQUIRE(decision.missing.size() == 1);
    CHECK(decision.missing[0] == Missing{"customer.note", "host unknown"});
}

TEST_CASE("facts that no set declares are passed over") {
    Call call = refund_of("c-1");
    call.facts("vendor", 5, {{"x", 1}}).facts("customer", "c-1", {{"tier", "gold"}, {"other", 1}});
    CHECK(decided(call) == Outcome::allow);
}

TEST_CASE("facts from anybody's log") {
    const std::string document =
        R"({"t": "refund", "a": {"customer": "c-1"}, "who": "c-1", "crm": {"tier": "gold"},)"
        R"( "all": {"customer": {"key": "c-1", "values": {"tier": "gold"}}}})";
    const auto outcome = [&](std::vector<LayoutField> fields) {
        fields.push_back(field("/t", "tool"));
        fields.push_back(field("/a", "args"));
        Layout::MakeResult made = Layout::make(std::move(fields));
        INFO(made.error);
        REQUIRE(made.layout);
        const Engine engine(policy());
        return Session(engine).decide(*made.layout, document).outcome;
    };
    CHECK(outcome({}) == Outcome::block);
    CHECK(outcome({field("/all", "facts")}) == Outcome::allow);
    CHECK(outcome({field("/all/customer", "facts.customer")}) == Outcome::allow);
    CHECK(outcome({field("/who", "facts.customer.key"), field("/crm", "facts.customer.values")}) ==
          Outcome::allow);
    CHECK(outcome({field("/who", "facts.customer.key"),
                   field("/crm/tier", "facts.customer.values.tier")}) == Outcome::allow);
    CHECK(outcome({field("/t", "facts.customer.key"), field("/crm", "facts.customer.values")}) ==
          Outcome::block);
    CHECK(outcome({field("/crm", "facts.vendor"), field("/all", "facts")}) == Outcome::allow);
}
