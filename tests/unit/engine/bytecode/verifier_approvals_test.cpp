// Approvals of a program: a break a check, and what is saved comes back.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/bytecode/serialize.h"
#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"
#include "tests/unit/engine/bytecode/verifier_faults.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;

namespace {

/// A gate by two people, one of them a lead, never the customer.
Program with_approval() {
    Builder b;
    const std::uint32_t customer =
        b.slot("customer", b.scalar(Kind::string), SlotSource::attribute);
    b.slot("amount", b.scalar(Kind::money), SlotSource::attribute);
    b.program.roles = {{"cfo", "", {0}, {}}, {"lead", "", {1}, {}}};
    b.program.role_sets = {{0}};
    Approval approval{.name = "two"};
    approval.needs = {{.roles = {1}}, {.approvers = true}};
    approval.within_seconds = 3'600;
    approval.valid_seconds = 600;
    approval.escalations = {{.role = 0, .after_seconds = 60}};
    approval.never = {{{none, customer, false, b.scalar(Kind::string)}, {}}};
    b.program.approvals = {approval};
    const std::uint32_t rule = b.rule("large", Effect::gate, none);
    b.program.rules[rule].approval = 0;
    return std::move(b.program);
}

}  // namespace

TEST_CASE("A program with an approval verifies, and comes back as it was saved") {
    const Program program = with_approval();
    CHECK(fault(program).empty());
    const std::string bytes = save(program);
    const LoadResult loaded = load(bytes, Limits{});
    REQUIRE(loaded.program);
    CHECK(save(*loaded.program) == bytes);
    CHECK(loaded.program->approvals[0].needs[1].approvers);
    CHECK(loaded.program->approvals[0].escalations[0].after_seconds == 60);
}

TEST_CASE("An approval says of whom, how many and in what time") {
    const std::vector<Break> breaks{
        {"it needs nobody", [](Program& p) { p.approvals[0].needs.clear(); }},
        {"a need of it has no places", [](Program& p) { p.approvals[0].needs[0].count = 0; }},
        {"a need of it has no places, or too many",
         [](Program& p) { p.approvals[0].needs[0].count = 1'000'000; }},
        {"more places than the limit",
         [](Program& p) {
             p.approvals[0].needs.resize(Limits{}.approval_places + 1, {1, {1}});
         }},
        {"does not say of whom", [](Program& p) { p.approvals[0].needs[0].roles.clear(); }},
        {"does not say of whom", [](Program& p) { p.approvals[0].needs[0].approvers = true; }},
        {"does not say of whom", [](Program& p) { p.approvals[0].needs[1].principal = true; }},
        {"role 7 is out of range", [](Program& p) { p.approvals[0].needs[0].roles = {7}; }},
        {"it leaves no time", [](Program& p) { p.approvals[0].within_seconds = 0; }},
        {"it leaves no time", [](Program& p) { p.approvals[0].valid_seconds = -1; }},
        {"role 7 is out of range", [](Program& p) { p.approvals[0].escalations[0].role = 7; }},
        {"its time is negative",
         [](Program& p) { p.approvals[0].escalations[0].after_seconds = -1; }},
        {"more places than the limit",
         [](Program& p) { p.approvals[0].escalations.resize(Limits{}.approval_places + 1); }},
        {"it excludes what is no id",
         [](Program& p) {
             ValueRef& excluded = p.approvals[0].never[0].value;
             excluded.type = p.types.scalar(Kind::money);
             excluded.value += 1;
         }},
        {"place 999 is out of range",
         [](Program& p) { p.approvals[0].never[0].value.value = 999; }},
        {"block 999 is out of range",
         [](Program& p) { p.approvals[0].never[0].value.block = 999; }},
        {"does not come after the one before",
         [](Program& p) { p.approvals.push_back(p.approvals[0]); }},
        {"approval 1 is out of range", [](Program& p) { p.rules[1].approval = 1; }},
        {"it has an approval and is opened by none",
         [](Program& p) { p.rules[1].effect = Effect::block; }},
        {"it has an approval and is opened by none", [](Program& p) { p.rules[1].role = 0; }},
    };
    for (const Break& one : breaks) {
        Program program = with_approval();
        one.apply(program);
        INFO(one.fault);
        CHECK_THAT(fault(program), Catch::Contains(one.fault));
    }
}
