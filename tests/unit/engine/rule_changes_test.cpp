// What two policies differ in; tests/golden/compare has how a report tells it.
#include "engine/rule_changes.h"

#include <string>

#include <catch2/catch.hpp>

#include "proviso/proviso.h"

namespace proviso {
namespace {

constexpr const char* compared_rules = R"(policy p version "1.0.0"
param cap : money = 500 USD in 0 USD .. 10_000 USD
let big = args.amount > cap
data names : [string] from "names.yaml"
tool pay { tier operational args { amount : money in USD, to : string } }
role lead { }
role boss { }
approval two { needs 2 of lead }
allow pays on pay when args.to in names
gate large on pay when big by two  # why
block huge on pay when args.amount > 5_000 USD because "never"
limit daily on pay
    count per args.to over 24h
        > 3 : gate by lead
        > 9 : block
default matrix amounts by args.amount {
    <= 5 USD | allow        |
    _        | gate by lead |
}
)";

PolicyPtr compared(std::string text, std::string_view from = {}, std::string_view to = {},
                   const char* names = "[a]") {
    if (!from.empty()) {
        REQUIRE(text.find(from) != std::string::npos);
        text.replace(text.find(from), from.size(), to);
    }
    CompileOptions options;
    options.data_files = {{"names.yaml", names}};
    const CompileResult made = compile_text(text, "p.proviso", options);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

std::string told(const SetChanges& changes, const Policy& before, const Policy& after) {
    const auto mark = [](Difference one) {
        return one == Difference::added ? "+" : one == Difference::removed ? "-" : "~";
    };
    std::string text;
    for (const RuleChange& one : changes.rules) {
        text += mark(one.difference);
        text += one.after ? after.rules()[*one.after].name : before.rules()[*one.before].name;
        for (const std::string& name : one.through) text += " by " + name;
        text += '\n';
    }
    for (const StatementChange& one : changes.statements) {
        text +=
            std::string{mark(one.difference)} + one.what + ':' + std::to_string(one.line) + '\n';
    }
    return text;
}

std::string change_to(std::string_view from, std::string_view to, const char* names = "[a]") {
    const PolicyPtr before = compared(compared_rules);
    const PolicyPtr after = compared(compared_rules, from, to, names);
    return told(changes_between(*before, *after), *before, *after);
}

TEST_CASE("layout, comments and docs are no difference, and a version is none of a rule") {
    CHECK(change_to("", "").empty());
    CHECK(change_to("gate large on pay when big by two  # why",
                    "## Why.\ngate large\n    on pay # here\n    when big by two")
              .empty());
    CHECK(change_to("\"1.0.0\"", "\"1.0.1\"").empty());
}

TEST_CASE("a rule differs by its own words") {
    CHECK(change_to("5_000", "6_000") == "~huge\n");
    CHECK(change_to("\"never\"", "\"not ever\"") == "~huge\n");
    CHECK(change_to("block huge", "block vast") == "+vast\n-huge\n");
}

TEST_CASE("a rule differs by what it names, in turn too") {
    CHECK(change_to("= 500 USD", "= 600 USD") == "~large by cap\n~param cap:2\n");
    CHECK(change_to("> cap", ">= cap") == "~large by big\n~let big:3\n");
    CHECK(change_to("needs 2 of lead", "needs 1 of boss") == "~large by two\n~approval two:8\n");
    CHECK(change_to("", "", "[a, b]") == "~pays by names\n~data names:0\n");
}

TEST_CASE("of a limit the steps differ that do, of a matrix the cells") {
    CHECK(change_to("> 9 : block", "> 9 : gate by boss") == "~daily[> 9]\n");
    CHECK(change_to("over 24h", "over 48h") == "~daily\n~daily[> 3]\n~daily[> 9]\n");
    CHECK(change_to("_        | gate by lead", "_        | gate by boss") == "~amounts[_]\n");
    // the rest begins where the band ends
    CHECK(change_to("<= 5 USD", "<= 6 USD") ==
          "+amounts[<= 6 USD]\n~amounts[_]\n-amounts[<= 5 USD]\n");
}

TEST_CASE("statements that no rule names are told by themselves") {
    CHECK(change_to("role boss { }", "role boss { }\nrole chief { }") == "+role chief:8\n");
    CHECK(change_to("tier operational", "tier reversible") == "~tool pay:5\n");
}

TEST_CASE("statements that say who may act or approve come first") {
    const std::string bound = "role boss { }\nbind boss to data names";
    const PolicyPtr before = compared(compared_rules, "role boss { }", bound);
    const PolicyPtr after = compared(compared_rules, "role boss { }",
                                     bound + "\nattributes { env : dev | prod }", "[a, b]");
    CHECK(told(changes_between(*before, *after), *before, *after) ==
          "~pays by names\n~bind boss:8\n~data names:0\n+attribute env:9\n");
}

TEST_CASE("a compiled file is compared by the sources in it and its data count as others") {
    const PolicyPtr before = compared(compared_rules);
    const PolicyPtr after = compared(compared_rules, "5_000", "6_000");
    const LoadResult loaded = load_policy(after->save());
    REQUIRE(loaded.policy != nullptr);
    CHECK(told(changes_between(*before, *loaded.policy), *before, *loaded.policy) ==
          "~huge\n~pays by names\n~data names:0\n");
}

}  // namespace
}  // namespace proviso
