#include "simulator/replay/tally.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

constexpr Verdict allowed{Outcome::allow, Reason::allowed, Outcome::allow};
constexpr Verdict gated{Outcome::gate, Reason::rule, Outcome::gate};
constexpr Verdict unsure{Outcome::gate, Reason::missing_data, Outcome::allow};

RuleInfo rule(const std::string& name, Outcome effect) {
    RuleInfo info;
    info.name = name;
    info.kind = "rule";
    info.effect = effect;
    return info;
}

ToolInfo tool(const std::string& name) {
    ToolInfo info;
    info.name = name;
    return info;
}

std::string shown(const ToolTally::Rows& rows) {
    std::string text;
    for (const ToolRow& row : rows.tools) {
        text += row.name + (row.declared ? "! " : " ") + std::to_string(row.counts.calls()) + '\n';
    }
    return text + "others " + std::to_string(rows.others.calls());
}

}  // namespace

TEST_CASE("counts are by outcome, and by what missing data decided") {
    Counts counts;
    for (const Verdict& verdict : {allowed, gated, unsure, unsure}) add(counts, verdict);
    CHECK(counts.calls() == 4);
    CHECK(counts.of(Outcome::gate) == 3);
    CHECK(counts.unknown_of(Outcome::gate) == 2);
    CHECK(counts.unknown_calls() == 2);
}

TEST_CASE("tools are ordered by calls, then by name") {
    ToolTally tally{{tool("b"), tool("never")}};
    for (const char* name : {"b", "c", "a", "c", "a"}) tally.add(name, allowed);
    CHECK(shown(tally.rows()) == "a 2\nc 2\nb! 1\nothers 0");
}

TEST_CASE("names without end are counted together, the same in any order and on any thread") {
    std::vector<std::string> names;
    for (int i = 0; i < 500; ++i) {
        for (int j = 0; j <= i % 3; ++j) names.push_back("made_up_" + std::to_string(i));
        names.push_back("declared");
    }
    constexpr std::size_t bound = 10;
    ToolTally forth{{tool("declared")}, bound};
    for (const std::string& name : names) forth.add(name, gated);
    const std::string expected = shown(forth.rows());
    CHECK(std::count(expected.begin(), expected.end(), '\n') == 11);
    CHECK_THAT(expected, Catch::StartsWith("declared! 500\n"));

    ToolTally back{{tool("declared")}, bound};
    ToolTally halves[2] = {ToolTally{{tool("declared")}, bound},
                           ToolTally{{tool("declared")}, bound}};
    std::reverse(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
        back.add(names[i], gated);
        halves[i * 7 % 3 == 0 ? 0 : 1].add(names[i], gated);
    }
    CHECK(shown(back.rows()) == expected);
    halves[0].merge(halves[1]);
    CHECK(shown(halves[0].rows()) == expected);
}

TEST_CASE("a name of any length takes a bounded part of memory") {
    const std::string longest(tool_name_bytes, 'x');
    const std::string declared(tool_name_bytes + 1, 'd');
    ToolTally tally{{tool(declared.c_str())}};
    for (int i = 0; i < 2; ++i) {
        tally.add(longest, allowed);
        tally.add(longest + 'y', allowed);
        tally.add(longest + std::to_string(i), allowed);
        tally.add(declared, allowed);
    }
    CHECK(shown(tally.rows()) == declared + "! 2\n" + longest + " 2\nothers 4");
}

TEST_CASE("a rule is decisive where the outcome is its effect and nothing else decided") {
    const std::vector<RuleInfo> rules{rule("open", Outcome::allow), rule("hold", Outcome::gate),
                                      rule("stop", Outcome::block)};
    const std::vector<Outcome> effects{Outcome::allow, Outcome::gate, Outcome::block};
    std::vector<RuleTally> tallies(rules.size());
    const std::vector<Session::Part> parts{
        {0, true, false, true}, {1, false, false, false}, {2, true, true, false}};
    add_parts(tallies, effects, parts, gated);
    add_parts(tallies, effects, {{0, true, false, true}}, allowed);
    add_parts(tallies, effects, {{2, true, false, false}},
              {Outcome::block, Reason::no_grant, Outcome::block});
    CHECK(tallies[0].hits == 2);
    CHECK(tallies[0].decisive == 1);
    CHECK(tallies[1].hits == 1);
    CHECK(tallies[1].unsure == 1);
    CHECK(tallies[1].decisive == 1);
    CHECK(tallies[2].hits == 1);
    CHECK(tallies[2].decisive == 0);
    CHECK(tallies[2].trial_hits == 1);
    CHECK(tallies[2].trial_tighter == 1);

    const std::vector<RuleRow> rows = rule_rows(tallies, rules);
    CHECK(rows[0].name == "open");
    CHECK(rows[1].name == "hold");
    CHECK(rows[2].name == "stop");
}

TEST_CASE("recorded outcomes are compared with today's") {
    Recorded recorded;
    add_recorded(recorded, Outcome::allow, Outcome::allow);
    add_recorded(recorded, Outcome::allow, Outcome::block);
    add_recorded(recorded, Outcome::block, Outcome::notify);
    CHECK(recorded.calls == 3);
    CHECK(recorded.same == 1);
    CHECK(recorded.tighter == 1);
    CHECK(recorded.looser == 1);
    CHECK(recorded.table[0][3] == 1);
    CHECK(recorded.table[3][1] == 1);
}
