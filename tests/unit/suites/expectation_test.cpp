#include "suites/expectation.h"

#include <string>

#include <catch2/catch.hpp>

namespace proviso::suites {
namespace {

Match match(const std::string& name, const std::string& because = {}) {
    Match one;
    one.name = name;
    one.because = because;
    return one;
}

Decision sample() {
    Decision decision;
    decision.outcome = Outcome::gate;
    decision.reason = Reason::rule;
    decision.best_case = Outcome::allow;
    decision.base = {match("refunds")};
    decision.restrictions = {match("caps[> 500 USD]", "too much"), match("off_hours")};
    decision.missing = {{"customer.id", "missing"}};
    decision.gates.resize(2);
    decision.gates[0].rule = "caps[> 500 USD]";
    decision.gates[0].open = true;
    decision.gates[0].role = "chief";
    decision.gates[1].rule = "off_hours";
    decision.gates[1].needs = {{2, "approvers", {"lead", "cfo"}}};
    decision.reviews = {{"desk", 3600, "off_hours"}};
    decision.obligations = {{"log_to", {{"channel", "\"d1\""}, {"level", "2"}}, "refunds"}};
    decision.totals = {{"caps", "100 USD", "600 USD"}};
    return decision;
}

/// What is otherwise, as "asked: expected | got", or the mistakes of the text.
std::string otherwise(const std::string& yaml, const Decision& decision = sample()) {
    const std::string name = "e";
    simulator::YamlReader reader(name);
    Expectation expectation;
    reader.load(yaml,
                [&](const YAML::Node& node) { expectation = read_expectation(reader, node); });
    if (reader.errors() > 0) return reader.all_errors();
    std::string text;
    for (const Difference& one : differences(expectation, decision)) {
        if (!text.empty()) text += "; ";
        text += one.asked + ": " + one.expected.front() + " | " + one.got.front();
    }
    return text;
}

TEST_CASE("words are held against the decision") {
    CHECK(otherwise("gate").empty());
    CHECK(otherwise("{outcome: gate, reason: rule, best: allow, repeat: false}").empty());
    CHECK(otherwise("block") == "outcome: block | gate");
    CHECK(otherwise("{best: gate, repeat: true}") == "best: gate | allow; repeat: true | false");
}

TEST_CASE("names are sets, and exactly these") {
    CHECK(otherwise("{rules: [off_hours, refunds, 'caps[> 500 USD]', refunds]}").empty());
    CHECK(otherwise("{rules: [off_hours, refunds]}") ==
          "rules: off_hours, refunds | caps[> 500 USD], off_hours, refunds");
    CHECK(otherwise("{missing: customer.id, trials: [], open: [caps]}").empty());
    CHECK(otherwise("{missing: []}") == "missing: none | customer.id");
}

TEST_CASE("a limit or matrix stands for its steps and cells") {
    CHECK(otherwise("{rules: [off_hours, refunds, caps]}").empty());
    CHECK(otherwise("{rules: {not: [caps]}}") ==
          "rules: not caps | caps[> 500 USD], off_hours, refunds");
    CHECK(otherwise("{rules: {has: [cap]}}") ==
          "rules: among others cap | caps[> 500 USD], off_hours, refunds");
}

TEST_CASE("a part of the names may be asked") {
    CHECK(otherwise("{rules: {has: [refunds], not: [other]}}").empty());
    CHECK(otherwise("{rules: {has: [a, b], not: [refunds]}}") ==
          "rules: among others a, b, not refunds | caps[> 500 USD], off_hours, refunds");
}

TEST_CASE("people are those of gates that are closed, and reviewers") {
    CHECK(otherwise("{roles: [cfo, lead, desk]}").empty());
    CHECK(otherwise("{gates: [caps, off_hours]}").empty());
}

TEST_CASE("one text is among them, a list is all of them") {
    CHECK(otherwise("{because: too much}").empty());
    CHECK(otherwise("{because: [too much], fix: []}").empty());
    CHECK(otherwise("{because: too}") == "because: too | too much");
    CHECK(otherwise("{because: []}") == "because: none | too much");
}

TEST_CASE("duties with their arguments, limits with their totals") {
    CHECK(otherwise("{obligations: [log_to], totals: [caps]}").empty());
    CHECK(otherwise("{obligations: {log_to: {channel: d1}}, totals: {caps: 600 USD}}").empty());
    CHECK(otherwise("{obligations: {log_to: ~}}").empty());
    CHECK(otherwise("{obligations: {log_to: {channel: '\"d1\"', level: 2}}}").empty());
    CHECK(otherwise("{obligations: {log_to: {channel: d2}}}") ==
          "obligations: log_to: channel = d2 | log_to: channel = \"d1\", level = 2");
    CHECK(otherwise("{obligations: {}}").find("asks nothing") != std::string::npos);
    for (const char* same : {"600.00 USD", "6_00 USD", "600.0 USD"}) {
        CAPTURE(same);
        CHECK(otherwise(std::string("{totals: {caps: ") + same + "}}").empty());
    }
    for (const char* other :
         {"600.01 USD", "600.00 EUR", "600.00", "6000 USD", "600. USD", "60 USD"}) {
        CAPTURE(other);
        CHECK_FALSE(otherwise(std::string("{totals: {caps: ") + other + "}}").empty());
    }
    CHECK(otherwise("{totals: {caps: 500 USD}}") == "totals: caps: 500 USD | caps: 600 USD");
}

TEST_CASE("duties and totals that were not expected are told") {
    Decision decision = sample();
    decision.obligations.push_back({"mail_to", {}, "off_hours"});
    decision.totals.push_back({"daily", "1", "2"});
    CHECK(otherwise("{obligations: {log_to: ~, mail_to: ~}, totals: {caps: 600 USD, daily: 2}}",
                    decision)
              .empty());
    CHECK(otherwise("{obligations: {log_to: ~}}", decision) ==
          "obligations: log_to | log_to: channel = \"d1\", level = 2");
    CHECK(otherwise("{totals: {caps: 600 USD}}", decision) ==
          "totals: caps: 600 USD | caps: 600 USD");
}

TEST_CASE("null asks nothing") {
    CHECK(otherwise("{outcome: ~, rules: ~}").empty());
}

}  // namespace
}  // namespace proviso::suites
